import Foundation

/// The third-party suites, which are not part of the repository: in `$BREAKWATER_SHARED/suites`, or in `shared/suites`
/// beside the project's folder.
enum SharedSuites {
    static let tlog = folder("tlog")

    static func isPresent(_ path: String) -> Bool {
        guard let tlog else {
            print("SKIPPED: the tlog suite is missing (\(path))")
            return false
        }
        let isPresent = FileManager.default.fileExists(atPath: tlog.appending(path: path).path)
        if !isPresent { print("SKIPPED: \(path) of the tlog suite is missing") }
        return isPresent
    }

    /// All files below a folder of the tlog suite whose names end so, in order.
    static func files(below path: String, suffix: String) -> [URL] {
        guard let root = tlog?.appending(path: path),
            let walk = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
        else { return [] }
        return walk.compactMap { $0 as? URL }.filter { $0.path.hasSuffix(suffix) }.sorted { $0.path < $1.path }
    }

    static func bytes(_ path: String) throws -> [UInt8] {
        guard let tlog else { throw CocoaError(.fileNoSuchFile) }
        return try [UInt8](Data(contentsOf: tlog.appending(path: path)))
    }

    static func text(_ path: String) throws -> String {
        String(decoding: try bytes(path), as: UTF8.self)
    }

    private static func folder(_ name: String) -> URL? {
        if let shared = ProcessInfo.processInfo.environment["BREAKWATER_SHARED"] {
            return existing(URL(filePath: shared).appending(path: "suites/\(name)"))
        }
        var folder = URL(filePath: #filePath).resolvingSymlinksInPath()
        while folder.path != "/" {
            folder.deleteLastPathComponent()
            if let found = existing(folder.appending(path: "shared/suites/\(name)")) { return found }
        }
        return nil
    }

    private static func existing(_ folder: URL) -> URL? {
        FileManager.default.fileExists(atPath: folder.path) ? folder : nil
    }
}

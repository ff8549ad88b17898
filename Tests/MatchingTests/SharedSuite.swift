import Foundation

/// Third-party conformance data, read in place and never committed.
enum SharedSuite {
    /// The file below `shared/suites`, or nil when this machine does not have it.
    static func file(_ path: String) -> URL? {
        let url = root.appendingPathComponent("suites").appendingPathComponent(path)
        return FileManager.default.fileExists(atPath: url.path) ? url : nil
    }

    static func has(_ path: String) -> Bool {
        if file(path) != nil { return true }
        print("SKIPPED: shared/suites/\(path) is missing")
        return false
    }

    static func json(_ path: String) throws -> Any {
        guard let url = file(path) else { throw CocoaError(.fileNoSuchFile) }
        return try JSONSerialization.jsonObject(with: Data(contentsOf: url))
    }

    /// The JSON objects of a compressed file with one of them a line.
    static func records(_ path: String) throws -> [[String: Any]] {
        guard let url = file(path) else { throw CocoaError(.fileNoSuchFile) }
        return try Program.run("zstd", ["-dcq", url.path]).split(separator: UInt8(ascii: "\n")).map { line in
            try JSONSerialization.jsonObject(with: line) as? [String: Any] ?? [:]
        }
    }

    /// `BREAKWATER_SHARED`, or the folder `shared` beside the project root, which is found by walking up from this file.
    private static let root: URL = {
        if let path = ProcessInfo.processInfo.environment["BREAKWATER_SHARED"] { return URL(fileURLWithPath: path) }
        var folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        while folder.path != "/", !FileManager.default.fileExists(atPath: folder.path + "/Package.swift") {
            folder = folder.deletingLastPathComponent()
        }
        return folder.deletingLastPathComponent().appendingPathComponent("shared")
    }()
}

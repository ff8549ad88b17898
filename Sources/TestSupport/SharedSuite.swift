package import Foundation

/// Third-party conformance data below `shared/suites`, read in place and never committed.
///
/// Where a suite is missing, `has` says so on the output: a skipped test must not look like a passed one.
package enum SharedSuite {
    /// `BREAKWATER_SHARED`, or the folder `shared` beside the project root, which is found by walking up from this file,
    /// whatever link led to it.
    private static let root: URL = {
        if let path = ProcessInfo.processInfo.environment["BREAKWATER_SHARED"] {
            return URL(filePath: path).appending(path: "suites")
        }
        var folder = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        while folder.path != "/", !FileManager.default.fileExists(atPath: folder.path + "/Package.swift") {
            folder = folder.deletingLastPathComponent()
        }
        return folder.deletingLastPathComponent().appending(path: "shared/suites")
    }()

    /// The file or folder at a path below `shared/suites`, or nil when this machine does not have it.
    package static func file(_ path: String) -> URL? {
        let url = root.appending(path: path)
        return FileManager.default.fileExists(atPath: url.path) ? url : nil
    }

    package static func has(_ path: String) -> Bool {
        if file(path) != nil { return true }
        print("SKIPPED: \(root.appending(path: path).path) is missing")
        return false
    }

    package static func bytes(_ path: String) throws -> [UInt8] {
        try [UInt8](Data(contentsOf: required(path)))
    }

    package static func text(_ path: String) throws -> String {
        try String(contentsOf: required(path), encoding: .utf8)
    }

    /// The lines of a text file without the empty ones.
    package static func lines(_ path: String) throws -> [String] {
        try text(path).split(separator: "\n").map(String.init)
    }

    package static func json(_ path: String) throws -> Any {
        try JSONSerialization.jsonObject(with: Data(contentsOf: required(path)))
    }

    /// What lies directly in a folder, in order; nothing where the folder is missing.
    package static func files(in path: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: path).path)) ?? []
        return names.sorted().map { path + "/" + $0 }
    }

    /// The files at any depth below a folder whose names end so, in order.
    package static func files(below path: String, suffix: String = "") throws -> [String] {
        let folder = try required(path)
        return try FileManager.default.subpathsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(suffix) && isFile(folder.appending(path: $0).path) }.sorted().map { path + "/" + $0 }
    }

    private static func isFile(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue
    }

    private static func required(_ path: String) throws -> URL {
        guard let url = file(path) else { throw CocoaError(.fileNoSuchFile, userInfo: [NSFilePathErrorKey: path]) }
        return url
    }
}

/// Compressed suites, unpacked by the programs of the system.
extension SharedSuite {
    /// The content of a `.zst` file.
    package static func unpacked(_ path: String) throws -> [UInt8] {
        try [UInt8](Program.run("zstd", ["-dcq", required(path).path]))
    }

    /// The JSON objects of a `.jsonl.zst` file.
    package static func records(_ path: String) throws -> [[String: Any]] {
        try Program.run("zstd", ["-dcq", required(path).path]).split(separator: UInt8(ascii: "\n")).map { line in
            try JSONSerialization.jsonObject(with: line) as? [String: Any] ?? [:]
        }
    }

    /// The content of a `.tar.zst` file in a new temporary folder, which the caller removes.
    package static func unpackedArchive(_ path: String) throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "suite-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        _ = try Program.run("tar", ["--zstd", "-xf", required(path).path, "-C", folder.path])
        return folder
    }
}

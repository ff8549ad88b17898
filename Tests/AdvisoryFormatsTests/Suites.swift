import Foundation

/// The third-party suites, which lie beside the project and are never part of it.
enum Suites {
    /// `BREAKWATER_SHARED`, or `../shared` of the project root, whatever link led to this file.
    static let root: URL = {
        if let path = ProcessInfo.processInfo.environment["BREAKWATER_SHARED"] {
            return URL(fileURLWithPath: path).appendingPathComponent("suites")
        }
        let file = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        let project = file.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return project.deletingLastPathComponent().appendingPathComponent("shared/suites")
    }()

    /// Whether a suite is there; says so when it is not, because a skipped test must not look like a passed one.
    static func has(_ path: String) -> Bool {
        let isThere = FileManager.default.fileExists(atPath: root.appendingPathComponent(path).path)
        if !isThere { print("SKIPPED: \(root.appendingPathComponent(path).path) is missing") }
        return isThere
    }

    static func bytes(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: root.appendingPathComponent(path)))
    }

    static func files(in path: String, suffix: String) throws -> [String] {
        let names = try FileManager.default.subpathsOfDirectory(atPath: root.appendingPathComponent(path).path)
        return names.filter { $0.hasSuffix(suffix) }.sorted().map { "\(path)/\($0)" }
    }

    /// Unpacks a `.zst` file with the `zstd` program.
    static func unpack(_ path: String) throws -> [UInt8] {
        try run(["zstd", "-dcq", root.appendingPathComponent(path).path])
    }

    /// Unpacks a `.tar.zst` file into a new temporary directory.
    static func unpackArchive(_ path: String) throws -> URL {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("suite-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        _ = try run(["tar", "--zstd", "-xf", root.appendingPathComponent(path).path, "-C", directory.path])
        return directory
    }

    private struct Failure: Error { let command: [String] }

    private static func run(_ command: [String]) throws -> [UInt8] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(command: command) }
        return [UInt8](output)
    }
}

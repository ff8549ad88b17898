import Foundation

/// Documents of one advisory source on disk, read in batches with flat memory.
///
/// A source is a directory of `.json` files, a `.json` file, a file of lines (`.jsonl`, `.ndjson`, also `.zst`), a `.zip` as
/// OSV.dev distributes it, or a directory of any of these. `zstd` and `unzip` do the unpacking.
package enum AdvisoryArchive {
    /// One document and what to call it in reports.
    package struct Document: Sendable {
        package let name: String
        package let bytes: [UInt8]
    }

    /// The files of a source, in order of their names, and those that are not read, with the reason.
    package static func files(at path: String) throws -> (files: [String], skipped: [String]) {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
            throw ArchiveError(reason: "\(path) is not there")
        }
        guard isDirectory.boolValue else { return ([path], []) }
        let names = try FileManager.default.contentsOfDirectory(atPath: path).sorted().filter(isArchive)
        // `native-` marks databases kept in their own format, which is not OSV.
        let native = names.filter { $0.hasPrefix("native-") }
        return (names.filter { !$0.hasPrefix("native-") }.map { "\(path)/\($0)" }, native.map { "\($0): not in OSV format" })
    }

    /// A reader of one file's documents.
    package static func reader(of file: String) throws -> any ArchiveReader {
        if file.hasSuffix(".zip") { return try ZipReader(file: file) }
        if file.hasSuffix(".json") { return FileListReader(files: [file]) }
        return try LineReader(file: file)
    }

    private static func isArchive(_ name: String) -> Bool {
        [".json", ".jsonl", ".ndjson", ".jsonl.zst", ".ndjson.zst", ".zip"].contains { name.hasSuffix($0) }
            && !name.hasSuffix("-outside-range.json")
    }
}

package struct ArchiveError: Error, CustomStringConvertible {
    package let reason: String
    package var description: String { reason }
}

/// Gives the documents of a file, some at a time; an empty batch is the end.
package protocol ArchiveReader {
    mutating func next(_ count: Int) throws -> [AdvisoryArchive.Document]
}

/// Files of one document each.
struct FileListReader: ArchiveReader {
    private var files: ArraySlice<String>

    init(files: [String]) {
        self.files = files[...]
    }

    mutating func next(_ count: Int) throws -> [AdvisoryArchive.Document] {
        let batch = files.prefix(count)
        files = files.dropFirst(count)
        return try batch.map { file in
            guard let bytes = FileManager.default.contents(atPath: file) else {
                throw ArchiveError(reason: "\(file) can't be read")
            }
            return .init(name: file, bytes: Array(bytes))
        }
    }
}

/// A zip of JSON files, unpacked into a temporary directory for as long as it is read.
final class ZipReader: ArchiveReader {
    private let directory: URL
    private var files = FileListReader(files: [])

    init(file: String) throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "breakwater-zip-\(UUID())")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        let unzip = Process()
        unzip.executableURL = URL(fileURLWithPath: "/usr/bin/unzip")
        unzip.arguments = ["-q", "-o", file, "-d", directory.path]
        do {
            try unzip.run()
        } catch {
            throw ArchiveError(reason: "unzip is needed to read \(file); install the package unzip")
        }
        unzip.waitUntilExit()
        guard unzip.terminationStatus == 0 else { throw ArchiveError(reason: "\(file) is not a whole zip archive") }
        let names = try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted()
        files = FileListReader(files: names.filter { $0.hasSuffix(".json") }.map { "\(directory.path)/\($0)" })
    }

    deinit {
        try? FileManager.default.removeItem(at: directory)
    }

    func next(_ count: Int) throws -> [AdvisoryArchive.Document] {
        try files.next(count)
    }
}

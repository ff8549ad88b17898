import Foundation

/// Advisory sources on disk, read in batches with flat memory.
///
/// A source is a file of lines (`.jsonl`, `.ndjson`, also `.zst`), a `.zip` as OSV.dev distributes it, a document (`.json`, and
/// `.yml`, `.yaml`, `.csv`; also packed, see `PackedDocument`), or the documents of a directory together. `zstd` and `unzip` do the
/// unpacking.
package enum AdvisoryArchive {
    /// Bytes after which a batch ends, so that its memory does not go with the size of the documents.
    static let batchByteCount = 32 * 1024 * 1024

    /// One document and what to call it in reports.
    package struct Document: Sendable {
        package let name: String
        package let bytes: [UInt8]
        /// Its number in the source, from 1; for a line that of the line.
        package let number: Int
        /// Where reading can go on behind it.
        package let end: Place
    }

    /// A place between two documents of a source.
    package struct Place: Sendable, Hashable {
        /// Documents before it; lines, also empty ones, where documents are lines.
        package var documentCount: Int
        /// Bytes before it, unpacked; 0 where documents are not lines.
        package var byteCount: Int

        package static let start = Place(documentCount: 0, byteCount: 0)

        package init(documentCount: Int, byteCount: Int) {
            self.documentCount = documentCount
            self.byteCount = byteCount
        }
    }

    package struct Source: Sendable, Hashable {
        /// `pypa` for `…/pypa.jsonl.zst`; the directory's name for the documents that lie in it one by one.
        package let name: String
        /// One archive, or any number of documents.
        let files: [String]
        /// False where it was found in a directory, and so may hold something else altogether.
        package let isNamed: Bool

        /// - Parameter place: where a reader of the same files has been.
        package func reader(from place: Place = .start) throws -> any ArchiveReader {
            guard let file = files.first, !isDocument(file) else { return FileListReader(files: files, from: place) }
            return file.hasSuffix(".zip") ? try ZipReader(file: file, from: place) : try LineReader(file: file, from: place)
        }

        /// One source for each file.
        package var parts: [Source] {
            files.count == 1 ? [self] : files.map { Source(name: name, files: [$0], isNamed: isNamed) }
        }

        /// The absolute path of the file, of the first where there are several.
        package var path: String { URL(fileURLWithPath: files.first ?? "").standardizedFileURL.path }

        /// Whether it is a file of lines that is not packed: the bytes before a place are then bytes of the file.
        package var isPlainLines: Bool { files.count == 1 && [".jsonl", ".ndjson"].contains { files[0].hasSuffix($0) } }
    }

    /// The sources at a path, in order of their names; a directory's own documents come last.
    /// - Parameter isDeep: whether a directory stands for what lies in it at any depth, and not for its `.json` files and archives
    ///   alone; what begins with a dot is passed over.
    package static func sources(at path: String, isDeep: Bool = false) throws -> [Source] {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
            throw ArchiveError(reason: "\(path) is not there")
        }
        guard isDirectory.boolValue else { return [Source(name: name(of: path), files: [path], isNamed: true)] }
        let directory = URL(fileURLWithPath: path).standardizedFileURL.lastPathComponent
        let path = URL(fileURLWithPath: path).relativePath
        let names = isDeep ? try paths(below: path) : try FileManager.default.contentsOfDirectory(atPath: path).sorted()
        let archives = names.filter(isArchive).map { file in
            Source(name: name(of: file), files: ["\(path)/\(file)"], isNamed: false)
        }
        let documents = names.filter { isDeep ? isDocument($0) : $0.hasSuffix(".json") }.map { "\(path)/\($0)" }
        guard !documents.isEmpty else { return archives }
        return archives + [Source(name: directory, files: documents, isNamed: false)]
    }

    private static func paths(below path: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: path)
            .filter { !$0.hasPrefix(".") && !$0.contains("/.") }.sorted()
    }

    static func isDocument(_ name: String) -> Bool {
        let name = PackedDocument.unpackedName(name)
        return [".json", ".yml", ".yaml", ".csv"].contains { name.hasSuffix($0) }
    }

    private static func isArchive(_ name: String) -> Bool {
        [".jsonl", ".ndjson", ".jsonl.zst", ".ndjson.zst", ".zip"].contains { name.hasSuffix($0) }
    }

    private static func name(of path: String) -> String {
        let last = URL(fileURLWithPath: path).lastPathComponent
        return last.split(separator: ".").first.map(String.init) ?? last
    }
}

package struct ArchiveError: Error, CustomStringConvertible {
    package let reason: String
    /// True where it was given up because it unpacks to more than was allowed.
    package var isTooLarge = false
    package var description: String { reason }
}

/// Gives the documents of a file, some at a time; an empty batch is the end.
package protocol ArchiveReader {
    mutating func next(_ count: Int) throws -> [AdvisoryArchive.Document]
}

/// Files of one document each.
struct FileListReader: ArchiveReader {
    private var files: ArraySlice<String>
    /// What stands before each of them, and is no part of its name in reports.
    private let folder: String

    init(files: [String], in folder: String = "", from place: AdvisoryArchive.Place = .start) {
        self.files = files.dropFirst(place.documentCount)
        self.folder = folder
    }

    mutating func next(_ count: Int) throws -> [AdvisoryArchive.Document] {
        var batch: [AdvisoryArchive.Document] = []
        var byteCount = 0
        while batch.count < count, byteCount < AdvisoryArchive.batchByteCount, let file = files.popFirst() {
            let document = try PackedDocument.unpacked(try bytes(of: file), name: file)
            let number = files.startIndex
            batch.append(
                .init(name: file, bytes: document, number: number, end: .init(documentCount: number, byteCount: 0))
            )
            byteCount += document.count
        }
        return batch
    }

    /// A byte more than any document may have is enough to refuse it.
    private func bytes(of file: String) throws -> [UInt8] {
        guard let handle = FileHandle(forReadingAtPath: folder + file) else {
            throw ArchiveError(reason: "\(file) can't be read")
        }
        defer { try? handle.close() }
        do {
            return [UInt8](try handle.read(upToCount: PackedDocument.maximumByteCount + 1) ?? Data())
        } catch {
            throw ArchiveError(reason: "\(file) can't be read")
        }
    }
}

import Foundation
import Glibc

/// Advisory sources on disk, read in batches with flat memory, and with nothing unpacked to disk.
///
/// A source is a file of lines (`.jsonl`, `.ndjson`), a `.zip` as OSV.dev distributes it, a `.tar`, a document (`.json`, and `.yml`,
/// `.yaml`, `.csv`), or the documents of a directory together. All but a zip may be packed (`.gz`, `.bz2`, `.xz`, `.zst`; also
/// `.tgz`); the programs of the system do the unpacking, `unzip` among them.
package enum AdvisoryArchive {
    /// Bytes after which a batch ends, so that its memory does not go with the size of the documents.
    static let batchByteCount = 32 * 1024 * 1024

    /// One document and what to call it in reports.
    package struct Document: Sendable {
        package let name: String
        /// Empty where it could not be read.
        package let bytes: [UInt8]
        /// Why it could not be read, while others can; nil where it was.
        package let failure: ArchiveError?
        /// Its number in the source, from 1; for a line that of the line.
        package let number: Int
        /// Where reading can go on behind it.
        package let end: Place

        init(name: String, bytes: [UInt8], number: Int, end: Place) {
            self.init(name: name, .success(bytes), number: number, end: end)
        }

        init(name: String, _ content: Result<[UInt8], ArchiveError>, number: Int, end: Place) {
            self.name = name
            self.number = number
            self.end = end
            switch content {
            case .success(let bytes): (self.bytes, failure) = (bytes, nil)
            case .failure(let error): (bytes, failure) = ([], error)
            }
        }
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
        /// One archive, or any number of documents; where it can't be read, what that is.
        let files: [String]
        /// False where it was found in a directory, and so may hold something else altogether.
        package let isNamed: Bool
        /// Why nothing of it can be read; nil where it can.
        private(set) var failure: ArchiveError?

        /// Whether it is documents, each a file of its own.
        package var isOfDocuments: Bool { files.first.map(isDocument) ?? true }

        /// - Parameter place: where a reader of the same files has been.
        package func reader(from place: Place = .start) throws -> any ArchiveReader {
            if let failure { throw failure }
            guard let file = files.first, !isDocument(file) else { return FileListReader(files: files, from: place) }
            if file.hasSuffix(".zip") {
                let walk = try ZipWalk(file: file)
                return MemberReader(file: file, try walk.unpacked(), walk, from: place)
            }
            guard isTar(file) else { return try LineReader(file: file, from: place) }
            return MemberReader(file: file, try UnpackedFile(file), TarWalk(file: file), from: place)
        }

        /// A directory that can't be read.
        static func unreadable(_ path: String, _ reason: String) -> Source {
            var source = Source(name: AdvisoryArchive.name(of: path), files: [path], isNamed: false)
            source.failure = ArchiveError(reason: "\(path) can't be read: \(reason)")
            return source
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

    /// The sources at a path, in order of their names; a directory's own documents come last, and then what can't be read.
    /// - Parameter isDeep: whether a directory stands for what lies in it at any depth, and not for its `.json` files and archives
    ///   alone; what begins with a dot is passed over.
    package static func sources(at path: String, isDeep: Bool = false) throws -> [Source] {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
            throw ArchiveError(reason: "\(path) is not there")
        }
        guard isDirectory.boolValue else { return [Source(name: name(of: path), files: [path], isNamed: true)] }
        let directory = URL(fileURLWithPath: path).standardizedFileURL.lastPathComponent
        let listing = DirectoryListing(of: URL(fileURLWithPath: path).relativePath, isDeep: isDeep)
        let archives = listing.files.filter(isArchive).map { Source(name: name(of: $0), files: [$0], isNamed: false) }
        let documents = listing.files.filter { isDeep ? isDocument($0) : $0.lowercased().hasSuffix(".json") }
        let loose = documents.isEmpty ? [] : [Source(name: directory, files: documents, isNamed: false)]
        return archives + loose + listing.unreadable.map { Source.unreadable($0.path, $0.reason) }
    }

    static func isDocument(_ name: String) -> Bool {
        let name = PackedDocument.unpackedName(name).lowercased()
        return [".json", ".yml", ".yaml", ".csv"].contains { name.hasSuffix($0) }
    }

    private static func isArchive(_ name: String) -> Bool {
        let unpacked = PackedDocument.unpackedName(name)
        return [".jsonl", ".ndjson"].contains { unpacked.hasSuffix($0) } || name.hasSuffix(".zip") || isTar(name)
    }

    private static func isTar(_ name: String) -> Bool { PackedDocument.unpackedName(name).hasSuffix(".tar") }

    private static func name(of path: String) -> String {
        let last = URL(fileURLWithPath: path).lastPathComponent
        return last.split(separator: ".").first.map(String.init) ?? last
    }
}

package struct ArchiveError: Error, Hashable, CustomStringConvertible {
    package let reason: String
    /// True where it was given up because it unpacks to more than was allowed.
    package var isTooLarge = false
    package var description: String { reason }
}

/// Gives the documents of a file, some at a time; an empty batch is the end.
package protocol ArchiveReader {
    mutating func next(_ count: Int) throws -> [AdvisoryArchive.Document]
}

/// Files of one document each. One that can't be read is a document that failed, and takes nothing of the others with it.
struct FileListReader: ArchiveReader {
    private var files: ArraySlice<String>

    init(files: [String], from place: AdvisoryArchive.Place = .start) {
        self.files = files.dropFirst(place.documentCount)
    }

    mutating func next(_ count: Int) throws -> [AdvisoryArchive.Document] {
        var batch: [AdvisoryArchive.Document] = []
        var byteCount = 0
        while batch.count < count, byteCount < AdvisoryArchive.batchByteCount, let file = files.popFirst() {
            let content = bytes(of: file).flatMap { PackedDocument.result(of: $0, name: file) }
            let number = files.startIndex
            let document = AdvisoryArchive.Document(
                name: file, content, number: number, end: .init(documentCount: number, byteCount: 0)
            )
            batch.append(document)
            byteCount += document.bytes.count
        }
        return batch
    }

    /// A byte more than any document may have is enough to refuse it.
    private func bytes(of file: String) -> Result<[UInt8], ArchiveError> {
        do {
            let handle = try FileHandle(reading: file)
            defer { try? handle.close() }
            return .success([UInt8](try handle.read(upToCount: PackedDocument.maximumByteCount + 1) ?? Data()))
        } catch {
            return .failure(error as? ArchiveError ?? ArchiveError(reason: "\(file) can't be read"))
        }
    }
}

extension FileHandle {
    /// - Throws: `ArchiveError` with the reason where the file can't be opened.
    convenience init(reading path: String) throws {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw ArchiveError(reason: "\(path) can't be read: \(String(cString: strerror(errno)))") }
        self.init(fileDescriptor: file, closeOnDealloc: true)
    }
}

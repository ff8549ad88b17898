import Foundation
import Glibc

/// A file of one document a line, unpacked on the way where it is compressed.
final class LineReader: ArchiveReader {
    private let file: String
    private let unpacked: UnpackedFile
    private var buffer: [UInt8] = []
    private var start = 0
    private var lineNumber: Int
    private var isAtEnd = false
    /// What ended the reading, while the lines before it are still given.
    private var damage: ArchiveError?

    /// - Parameter place: behind a whole line that was read before.
    init(file: String, from place: AdvisoryArchive.Place = .start) throws {
        self.file = file
        lineNumber = place.documentCount
        unpacked = try UnpackedFile(file)
        guard try unpacked.pass(place.byteCount) else {
            throw ArchiveError(reason: "\(file) is damaged: it ends after \(unpacked.offset) bytes")
        }
    }

    /// Bytes of the unpacked file before those that are still to be given.
    private var place: Int { unpacked.offset - buffer.count + start }

    func next(_ count: Int) throws -> [AdvisoryArchive.Document] {
        if let damage { throw damage }
        var documents: [AdvisoryArchive.Document] = []
        var byteCount = 0
        while documents.count < count, byteCount < AdvisoryArchive.batchByteCount {
            let before = AdvisoryArchive.Place(documentCount: lineNumber, byteCount: place)
            guard let line = try wholeLine(after: documents) else { break }
            lineNumber += 1
            if case .success(let bytes) = line.content {
                byteCount += bytes.count
                if bytes.isEmpty { continue }
            }
            // A last line that is not ended may be half of one: whoever goes on reads it again.
            let end = line.isEnded ? AdvisoryArchive.Place(documentCount: lineNumber, byteCount: place) : before
            documents.append(.init(name: "\(name) line \(lineNumber)", line.content, number: lineNumber, end: end))
        }
        return documents
    }

    /// Nil at the end, and where the file is damaged behind lines that were read: they count, and the next batch says so.
    private func wholeLine(after documents: [AdvisoryArchive.Document]) throws -> Line? {
        do {
            return try nextLine()
        } catch let error as ArchiveError where !documents.isEmpty {
            damage = error
            return nil
        }
    }

    private var name: String { file.split(separator: "/").last.map(String.init) ?? file }

    private struct Line {
        let content: Result<[UInt8], ArchiveError>
        /// False for the last one of a file that does not end with the end of a line.
        let isEnded: Bool
    }

    private func nextLine() throws -> Line? {
        var searched = start
        while true {
            if let end = lineEnd(from: searched) {
                defer { start = end + 1 }
                return Line(content: .success(Array(buffer[start..<end])), isEnded: true)
            }
            searched = buffer.count
            if isAtEnd {
                defer { start = buffer.count }
                return start < buffer.count ? Line(content: .success(Array(buffer[start...])), isEnded: false) : nil
            }
            searched -= start
            guard searched <= PackedDocument.maximumByteCount else { return try tooLongLine() }
            try fill()
        }
    }

    /// Passes the rest of a line that is no document by its length; nothing of it is kept.
    private func tooLongLine() throws -> Line {
        let reason = "\(file) line \(lineNumber + 1) is longer than \(PackedDocument.maximumByteCount) bytes"
        let content = Result<[UInt8], ArchiveError>.failure(ArchiveError(reason: reason, isTooLarge: true))
        while !isAtEnd {
            start = buffer.count
            try fill()
            guard let end = lineEnd(from: start) else { continue }
            start = end + 1
            return Line(content: content, isEnded: true)
        }
        return Line(content: content, isEnded: false)
    }

    private func lineEnd(from index: Int) -> Int? {
        buffer.withUnsafeBytes { bytes in
            guard index < bytes.count, let base = bytes.baseAddress else { return nil }
            return memchr(base + index, 0x0A, bytes.count - index).map { UnsafeRawPointer($0) - base }
        }
    }

    /// Moves what is left to the front and reads more behind it.
    private func fill() throws {
        buffer.removeFirst(start)
        start = 0
        let chunk = try unpacked.chunk()
        buffer.append(contentsOf: chunk)
        guard chunk.isEmpty else { return }
        isAtEnd = true
        if let failure = unpacked.failure {
            throw ArchiveError(reason: "\(file) is damaged: \(failure) after line \(lineNumber)")
        }
    }
}

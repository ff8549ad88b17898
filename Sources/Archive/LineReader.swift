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
            byteCount += line.count
            if line.isEmpty { continue }
            // A last line that is not ended may be half of one: whoever goes on reads it again.
            let isEnded = place > before.byteCount + line.count
            let end = AdvisoryArchive.Place(documentCount: lineNumber, byteCount: place)
            documents.append(
                .init(name: "\(name) line \(lineNumber)", bytes: line, number: lineNumber, end: isEnded ? end : before)
            )
        }
        return documents
    }

    /// Nil at the end, and where the file is damaged behind lines that were read: they count, and the next batch says so.
    private func wholeLine(after documents: [AdvisoryArchive.Document]) throws -> [UInt8]? {
        do {
            return try nextLine()
        } catch let error as ArchiveError where !documents.isEmpty {
            damage = error
            return nil
        }
    }

    private var name: String { file.split(separator: "/").last.map(String.init) ?? file }

    private func nextLine() throws -> [UInt8]? {
        var searched = start
        while true {
            if let end = lineEnd(from: searched) {
                defer { start = end + 1 }
                return Array(buffer[start..<end])
            }
            searched = buffer.count
            if isAtEnd {
                defer { start = buffer.count }
                return start < buffer.count ? Array(buffer[start...]) : nil
            }
            searched -= start
            guard searched <= PackedDocument.maximumByteCount else {
                throw ArchiveError(
                    reason: "\(file) line \(lineNumber + 1) is longer than \(PackedDocument.maximumByteCount) bytes",
                    isTooLarge: true)
            }
            try fill()
        }
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

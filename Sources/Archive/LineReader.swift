import Foundation
import Glibc

/// A file of one document a line, unpacked by `zstd` on the way where it is compressed.
final class LineReader: ArchiveReader {
    private let file: String
    private let handle: FileHandle
    private let unpacker: Process?
    private var buffer: [UInt8] = []
    /// Bytes of the unpacked file before the buffer.
    private var bufferOffset = 0
    private var start = 0
    private var lineNumber: Int
    private var isAtEnd = false
    /// What ended the reading, while the lines before it are still given.
    private var damage: ArchiveError?

    /// Bytes read at once.
    private static let chunkByteCount = 1 << 20

    /// - Parameter place: behind a whole line that was read before.
    init(file: String, from place: AdvisoryArchive.Place = .start) throws {
        self.file = file
        lineNumber = place.documentCount
        guard file.hasSuffix(".zst") else {
            guard let handle = FileHandle(forReadingAtPath: file) else {
                throw ArchiveError(reason: "\(file) can't be read")
            }
            self.handle = handle
            unpacker = nil
            try handle.seek(toOffset: UInt64(place.byteCount))
            bufferOffset = place.byteCount
            return
        }
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/zstd")
        process.arguments = ["-dcq", "--", file]
        process.standardOutput = pipe
        do {
            try process.run()
        } catch {
            throw ArchiveError(reason: "zstd is needed to read \(file); install the package zstd")
        }
        handle = pipe.fileHandleForReading
        unpacker = process
        try pass(place.byteCount)
    }

    /// A packed file has no places to go to: what lies before one is unpacked again.
    private func pass(_ count: Int) throws {
        while bufferOffset < count {
            let chunk = try handle.read(upToCount: min(count - bufferOffset, LineReader.chunkByteCount)) ?? Data()
            guard !chunk.isEmpty else { throw ArchiveError(reason: "\(file) is damaged: it ends after \(bufferOffset) bytes") }
            bufferOffset += chunk.count
        }
    }

    func next(_ count: Int) throws -> [AdvisoryArchive.Document] {
        if let damage { throw damage }
        var documents: [AdvisoryArchive.Document] = []
        var byteCount = 0
        while documents.count < count, byteCount < AdvisoryArchive.batchByteCount {
            let before = AdvisoryArchive.Place(documentCount: lineNumber, byteCount: bufferOffset + start)
            guard let line = try wholeLine(after: documents) else { break }
            lineNumber += 1
            byteCount += line.count
            if line.isEmpty { continue }
            // A last line that is not ended may be half of one: whoever goes on reads it again.
            let isEnded = bufferOffset + start > before.byteCount + line.count
            let end = AdvisoryArchive.Place(documentCount: lineNumber, byteCount: bufferOffset + start)
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
        bufferOffset += start
        start = 0
        let chunk = try handle.read(upToCount: LineReader.chunkByteCount) ?? Data()
        buffer.append(contentsOf: chunk)
        guard chunk.isEmpty else { return }
        isAtEnd = true
        unpacker?.waitUntilExit()
        if let unpacker, unpacker.terminationStatus != 0 {
            throw ArchiveError(reason: "\(file) is damaged: zstd stopped after line \(lineNumber)")
        }
    }
}

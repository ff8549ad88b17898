import Foundation
import Glibc

/// A file of one document a line, unpacked by `zstd` on the way where it is compressed.
final class LineReader: ArchiveReader {
    private let file: String
    private let handle: FileHandle
    private let unpacker: Process?
    private var buffer: [UInt8] = []
    private var start = 0
    private var lineNumber = 0
    private var isAtEnd = false

    /// Bytes read at once.
    private static let chunkByteCount = 1 << 20

    init(file: String) throws {
        self.file = file
        guard file.hasSuffix(".zst") else {
            guard let handle = FileHandle(forReadingAtPath: file) else {
                throw ArchiveError(reason: "\(file) can't be read")
            }
            self.handle = handle
            unpacker = nil
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
    }

    func next(_ count: Int) throws -> [AdvisoryArchive.Document] {
        var documents: [AdvisoryArchive.Document] = []
        var byteCount = 0
        while documents.count < count, byteCount < AdvisoryArchive.batchByteCount {
            guard let line = try nextLine() else { break }
            lineNumber += 1
            byteCount += line.count
            if !line.isEmpty { documents.append(.init(name: "\(name) line \(lineNumber)", bytes: line)) }
        }
        return documents
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

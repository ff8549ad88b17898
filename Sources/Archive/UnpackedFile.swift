import Foundation

/// The bytes of a file in their order, unpacked on the way by the programs of the system where its name says that it is packed. Nothing
/// of it is kept, on disk or in memory.
final class UnpackedFile {
    private let file: String
    private let handle: FileHandle
    private let unpacker: UnpackingProgram?
    private let harmlessStatuses: ClosedRange<Int32>
    private let maximumByteCount: Int
    private var isAtEnd = false
    /// Bytes given so far, and where it goes on.
    private(set) var offset = 0

    /// Bytes read at once.
    static let chunkByteCount = 1 << 20

    /// - Throws: `ArchiveError` where the file can't be read, or the program is missing.
    convenience init(_ file: String) throws {
        guard let program = PackedDocument.program(ofName: file) else {
            try self.init(unpacked: file)
            return
        }
        try self.init(file, program: program)
    }

    /// What a program writes about a file.
    /// - Parameter harmlessStatuses: with which it ends where it wrote everything.
    init(
        _ file: String, program: String, _ arguments: [String] = UnpackingProgram.arguments,
        harmlessStatuses: ClosedRange<Int32> = 0...0
    ) throws {
        let packed = try FileHandle(reading: file)
        defer { try? packed.close() }
        let packedByteCount = Int(try packed.seekToEnd())
        try packed.seek(toOffset: 0)
        let unpacker = try UnpackingProgram(program, arguments, input: packed, of: file)
        self.file = file
        handle = unpacker.output
        self.unpacker = unpacker
        self.harmlessStatuses = harmlessStatuses
        maximumByteCount = Self.maximumByteCount(ofPacked: packedByteCount)
    }

    private init(unpacked file: String) throws {
        self.file = file
        handle = try FileHandle(reading: file)
        unpacker = nil
        harmlessStatuses = 0...0
        maximumByteCount = .max
    }

    /// More than any collection of documents unpacks to: those of the CVE list give 30 bytes for one, a bomb a thousand.
    private static func maximumByteCount(ofPacked byteCount: Int) -> Int { (1 << 30) + 250 * byteCount }

    /// Some of the bytes that follow; none at the end.
    /// - Throws: `ArchiveError` where the file is damaged, or unpacks to more than is allowed.
    func chunk(_ maximum: Int = chunkByteCount) throws -> Data {
        guard !isAtEnd else { return Data() }
        let chunk = try handle.read(upToCount: maximum) ?? Data()
        offset += chunk.count
        guard offset <= maximumByteCount else {
            throw ArchiveError(reason: "\(file) unpacks to more than \(maximumByteCount) bytes", isTooLarge: true)
        }
        if chunk.isEmpty { isAtEnd = true }
        return chunk
    }

    /// Why the program that unpacks ended as it should not, once the end is reached: `zstd stopped`.
    var failure: String? {
        guard isAtEnd, let unpacker, !harmlessStatuses.contains(unpacker.status) else { return nil }
        return "\(unpacker.name) stopped"
    }

    /// So many bytes; fewer at the end.
    func bytes(_ count: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        while bytes.count < count, case let chunk = try chunk(min(count - bytes.count, Self.chunkByteCount)), !chunk.isEmpty {
            bytes += chunk
        }
        return bytes
    }

    /// Passes so many bytes.
    /// - Returns: whether there were as many.
    func pass(_ count: Int) throws -> Bool {
        var left = count
        // A file that is not packed has places to go to.
        if unpacker == nil, left > Self.chunkByteCount {
            let end = Int(try handle.seekToEnd())
            // A length that an archive claims may be any: nothing is added to it.
            let target = left > end - offset ? max(end, offset) : offset + left
            try handle.seek(toOffset: UInt64(target))
            left -= target - offset
            offset = target
        }
        while left > 0, case let chunk = try chunk(min(left, Self.chunkByteCount)), !chunk.isEmpty { left -= chunk.count }
        return left == 0
    }
}

import Foundation
import JSONText

/// A document that may be compressed: by gzip, bzip2, xz or zstd, told by its first bytes. The programs of the system unpack it.
package enum PackedDocument {
    /// Bytes of an unpacked document: what the readers take, and a byte more, so that a bomb is refused and never held.
    package static let maximumByteCount = JSONLimits.defaultMaximumBytes

    private static let magics: [(bytes: [UInt8], program: String)] = [
        ([0x1F, 0x8B], "gzip"), (Array("BZh".utf8), "bzip2"), ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "xz"),
        ([0x28, 0xB5, 0x2F, 0xFD], "zstd")
    ]

    private static let endings = [".gz": "gzip", ".tgz": "gzip", ".bz2": "bzip2", ".xz": "xz", ".zst": "zstd"]

    /// The program that unpacks files whose name ends so; nil where it says nothing of packing.
    static func program(ofName name: String) -> String? { endings.first { name.hasSuffix($0.key) }?.value }

    /// The document's name, which may tell its format, without the ending that a packed file has.
    package static func unpackedName(_ name: String) -> String {
        guard let ending = endings.keys.first(where: name.hasSuffix) else { return name }
        return String(name.dropLast(ending.count)) + (ending == ".tgz" ? ".tar" : "")
    }

    /// The bytes as they are, or unpacked where they are compressed.
    /// - Parameter name: the document's name for errors.
    /// - Throws: `ArchiveError` where the program is missing, the bytes are damaged or unpack to more than the limit.
    package static func unpacked(
        _ bytes: [UInt8], name: String, maximumByteCount: Int = maximumByteCount
    ) throws -> [UInt8] {
        guard let program = magics.first(where: { bytes.starts(with: $0.bytes) })?.program else { return bytes }
        let input = try unnamedFile(holding: bytes)
        defer { try? input.close() }
        let unpacker = try UnpackingProgram(program, input: input, of: name)
        var result: [UInt8] = []
        while let chunk = try unpacker.output.read(upToCount: UnpackedFile.chunkByteCount), !chunk.isEmpty {
            result.append(contentsOf: chunk)
            guard result.count <= maximumByteCount else {
                throw ArchiveError(reason: "\(name) unpacks to more than \(maximumByteCount) bytes", isTooLarge: true)
            }
        }
        guard unpacker.status == 0 else { throw ArchiveError(reason: "\(name) is damaged: \(program) can't unpack it") }
        return result
    }

    /// The same as a value, for whoever goes on without a document.
    static func result(of bytes: [UInt8], name: String) -> Result<[UInt8], ArchiveError> {
        do {
            return .success(try unpacked(bytes, name: name))
        } catch {
            return .failure(error as? ArchiveError ?? ArchiveError(reason: "\(name) can't be unpacked: \(error)"))
        }
    }

    /// A file that nobody else can name: a pipe would have to be filled beside the reading, and break where the program stops.
    private static func unnamedFile(holding bytes: [UInt8]) throws -> FileHandle {
        let url = FileManager.default.temporaryDirectory.appending(path: "breakwater-\(UUID())")
        try Data(bytes).write(to: url, options: .withoutOverwriting)
        defer { try? FileManager.default.removeItem(at: url) }
        return try FileHandle(forReadingFrom: url)
    }
}

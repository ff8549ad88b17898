/// Reads the files that the collecting shell sent back as a ustar archive (POSIX.1-2001, pax, "ustar Interchange
/// Format"). The archive was made inside the sandbox, so nothing in it is trusted: only names that were asked for,
/// only regular files, only whole ones are taken, and nothing is ever written to a disk.
enum CollectedArchive {
    private static let blockSize = 512

    static func files(in archive: [UInt8], wanted: [String]) -> [String: [UInt8]] {
        var result: [String: [UInt8]] = [:]
        var offset = 0
        while offset + blockSize <= archive.count, archive[offset] != 0 {
            guard let size = octal(archive[(offset + 124)..<(offset + 136)]) else { break }
            let start = offset + blockSize
            guard size <= archive.count - start else { break }
            let kind = archive[offset + 156]
            let name = text(archive[offset..<(offset + 100)])
            if kind == UInt8(ascii: "0") || kind == 0, wanted.contains(name), result[name] == nil {
                result[name] = Array(archive[start..<(start + size)])
            }
            offset = start + (size + blockSize - 1) / blockSize * blockSize
        }
        return result
    }

    private static func text(_ field: ArraySlice<UInt8>) -> String {
        String(decoding: field.prefix { $0 != 0 }, as: UTF8.self)
    }

    /// A number in octal digits, ended by a space or NUL; nil for anything else, GNU's base-256 form included, which
    /// only sizes over 8 GiB need.
    private static func octal(_ field: ArraySlice<UInt8>) -> Int? {
        var value = 0
        for byte in field {
            if byte == 0 || byte == UInt8(ascii: " ") { break }
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "7") else { return nil }
            value = value << 3 | Int(byte - UInt8(ascii: "0"))
        }
        return value
    }
}

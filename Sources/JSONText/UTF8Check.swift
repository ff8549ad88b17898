/// Up-front UTF-8 validation, so that every later step may treat the bytes as text.
enum UTF8Check {
    /// Offset of the first byte that is not well-formed UTF-8, or nil when all of them are.
    static func firstInvalidOffset(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        let ascii = asciiPrefixLength(bytes)
        if ascii == bytes.count { return nil }
        let rest = UnsafeBufferPointer(rebasing: bytes[ascii...])
        do throws(UTF8.ValidationError) {
            _ = try UTF8Span(validating: rest.span)
            return nil
        } catch {
            return ascii + error.byteOffsets.lowerBound
        }
    }

    /// Length of the leading run of ASCII, in steps of 32 bytes: most documents are ASCII to the end.
    private static func asciiPrefixLength(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        let raw = UnsafeRawBufferPointer(bytes)
        var offset = 0
        while offset + 32 <= raw.count {
            let a = raw.loadUnaligned(fromByteOffset: offset, as: SIMD4<UInt64>.self)
            if (a[0] | a[1] | a[2] | a[3]) & 0x8080_8080_8080_8080 != 0 { return offset }
            offset += 32
        }
        while offset < raw.count, raw[offset] < 0x80 { offset += 1 }
        return offset
    }
}

/// Base 64 as RFC 4648 defines it, read strictly: one byte string has exactly one text.
///
/// Decoding refuses what section 3 allows an implementation to refuse and what makes two texts mean the same bytes:
/// characters outside the alphabet (line breaks and spaces too), wrong padding, and non-zero trailing bits (section
/// 3.5). A signature or a digest therefore cannot be rewritten into a different-looking equal one.
public enum Base64 {
    /// Which 64 characters.
    public enum Alphabet: Sendable {
        /// Section 4, with `+` and `/`.
        case standard
        /// Section 5, "URL and filename safe", with `-` and `_`.
        case url
    }

    /// What to do about the `=` at the end.
    public enum Padding: Sendable {
        /// Written; required when read.
        case required
        /// Not written; refused when read (RFC 7515 section 2 and others).
        case absent
        /// Written; may be missing as a whole when read.
        case optional
    }

    /// The text of the bytes.
    public static func encode(
        _ bytes: UnsafeRawBufferPointer, alphabet: Alphabet = .standard, padding: Padding = .required
    ) -> String {
        let full = (bytes.count + 2) / 3 * 4
        return String(unsafeUninitializedCapacity: full) { text in
            let written = write(bytes, to: text, alphabet)
            if padding == .absent { return written }
            for index in written..<full { text[index] = pad }
            return full
        }
    }

    /// The text of the bytes.
    public static func encode(
        _ bytes: [UInt8], alphabet: Alphabet = .standard, padding: Padding = .required
    ) -> String {
        bytes.withUnsafeBytes { encode($0, alphabet: alphabet, padding: padding) }
    }

    /// The bytes that the text writes.
    ///
    /// - Throws: `malformedBase64` with the offset of the first offending character.
    public static func decode(
        _ text: String, alphabet: Alphabet = .standard, padding: Padding = .required
    ) throws(SealingError) -> [UInt8] {
        try decode(text.utf8.span, alphabet: alphabet, padding: padding)
    }

    /// The bytes that the ASCII characters write.
    ///
    /// - Throws: `malformedBase64` with the offset of the first offending character.
    public static func decode(
        _ characters: Span<UInt8>, alphabet: Alphabet = .standard, padding: Padding = .required
    ) throws(SealingError) -> [UInt8] {
        let length = try unpaddedLength(characters, padding)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(length / 4 * 3 + 2)
        var pending: UInt32 = 0
        for index in 0..<length {
            let value = sextet(characters[index], alphabet)
            guard value < 64 else { throw malformed("a character outside the alphabet", index) }
            pending = pending << 6 | UInt32(value)
            if index & 3 == 3 {
                bytes.append(UInt8(truncatingIfNeeded: pending >> 16))
                bytes.append(UInt8(truncatingIfNeeded: pending >> 8))
                bytes.append(UInt8(truncatingIfNeeded: pending))
            }
        }
        try finish(&bytes, pending, length)
        return bytes
    }
}

extension Base64 {
    private static let pad: UInt8 = 0x3D

    private static func malformed(_ reason: String, _ offset: Int) -> SealingError {
        SealingError(.malformedBase64, reason, at: "byte \(offset)")
    }

    private static func unpaddedLength(
        _ characters: Span<UInt8>, _ padding: Padding
    ) throws(SealingError) -> Int {
        var length = characters.count
        while length > 0, characters.count - length < 2, characters[length - 1] == pad { length -= 1 }
        let isPadded = characters.count > length
        if padding == .absent && isPadded { throw malformed("padding where none belongs", length) }
        if padding == .required || isPadded, !characters.count.isMultiple(of: 4) {
            throw malformed("a length that is not a multiple of four", length)
        }
        return length
    }

    /// The last group: one character cannot write a byte; two write one, and three write two, with 4 or 2 bits left
    /// over, which must be zero.
    private static func finish(_ bytes: inout [UInt8], _ pending: UInt32, _ length: Int) throws(SealingError) {
        switch length & 3 {
        case 1: throw malformed("a group of one character", length - 1)
        case 2:
            guard pending & 0x0F == 0 else { throw malformed("trailing bits that are not zero", length - 1) }
            bytes.append(UInt8(truncatingIfNeeded: pending >> 4))
        case 3:
            guard pending & 0x03 == 0 else { throw malformed("trailing bits that are not zero", length - 1) }
            bytes.append(UInt8(truncatingIfNeeded: pending >> 10))
            bytes.append(UInt8(truncatingIfNeeded: pending >> 2))
        default: break
        }
    }

    private static func sextet(_ character: UInt8, _ alphabet: Alphabet) -> UInt8 {
        switch (character, alphabet) {
        case (0x41...0x5A, _): character - 0x41
        case (0x61...0x7A, _): character - 0x47
        case (0x30...0x39, _): character + 4
        case (0x2B, .standard), (0x2D, .url): 62
        case (0x2F, .standard), (0x5F, .url): 63
        default: 255
        }
    }

    /// The 64 characters in the order of their values.
    private static func characters(_ alphabet: Alphabet) -> StaticString {
        switch alphabet {
        case .standard: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
        case .url: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        }
    }

    /// Writes the characters without padding and says how many.
    private static func write(
        _ bytes: UnsafeRawBufferPointer, to text: UnsafeMutableBufferPointer<UInt8>, _ alphabet: Alphabet
    ) -> Int {
        let characters = UnsafeBufferPointer(start: self.characters(alphabet).utf8Start, count: 64)
        var (read, written) = (0, 0)
        while read + 3 <= bytes.count {
            let group = UInt32(bytes[read]) << 16 | UInt32(bytes[read + 1]) << 8 | UInt32(bytes[read + 2])
            text[written] = characters[Int(group >> 18)]
            text[written + 1] = characters[Int(group >> 12 & 63)]
            text[written + 2] = characters[Int(group >> 6 & 63)]
            text[written + 3] = characters[Int(group & 63)]
            read += 3
            written += 4
        }
        let left = bytes.count - read
        guard left > 0 else { return written }
        let group = UInt32(bytes[read]) << 16 | (left == 2 ? UInt32(bytes[read + 1]) << 8 : 0)
        for position in 0...left {
            text[written] = characters[Int(group >> UInt32(18 - 6 * position) & 63)]
            written += 1
        }
        return written
    }
}

/// Characters as they stand in the bytes: checked, not yet decoded.
///
/// They point into the reader's bytes: do not keep them beyond the closure of `XMLReader.read`; make a `String` of them.
public struct XMLCharacters {
    enum Kind {
        /// References are replaced and line ends normalised (XML 1.0 section 2.11).
        case text
        /// Only line ends are normalised.
        case section
        /// References are replaced, and white space written as such becomes spaces (section 3.3.3).
        case value
    }

    let bytes: UnsafeBufferPointer<UInt8>
    let kind: Kind
    /// Whether the decoded text is exactly the bytes.
    let isPlain: Bool
    /// Offset of the first byte.
    public let byteOffset: Int

    /// The decoded text.
    public var string: String {
        if isPlain { return String(copying: UTF8Span(unchecked: bytes.span)) }
        let decoded = decodedBytes()
        return String(copying: UTF8Span(unchecked: decoded.span))
    }

    /// Whether there is nothing but white space; a character reference is none, even to a space.
    public var isWhitespace: Bool { kind != .section && bytes.allSatisfy(XMLCharacterClass.isSpace) }

    private func decodedBytes() -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "&") where kind != .section: decodeReference(&index, into: &output)
            case 0x0D:
                if index + 1 < bytes.count, bytes[index + 1] == 0x0A { index += 1 }
                output.append(kind == .value ? 0x20 : 0x0A)
                index += 1
            case 0x09 where kind == .value, 0x0A where kind == .value:
                output.append(0x20)
                index += 1
            case let byte:
                output.append(byte)
                index += 1
            }
        }
        return output
    }

    /// Appends what a reference stands for; the reader has checked it.
    private func decodeReference(_ index: inout Int, into output: inout [UInt8]) {
        guard let reference = XMLReference(bytes, at: index) else { return index += 1 }
        output.append(contentsOf: String(reference.scalar).utf8)
        index = reference.end
    }
}

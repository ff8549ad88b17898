internal import Sealing

/// One signature line of a note: `— <key name> <Base 64 of key ID and signature>`.
public struct NoteSignature: Sendable, Hashable {
    /// U+2014 and a space.
    private static let prefix: [UInt8] = [0xE2, 0x80, 0x94, 0x20]

    /// Who claims to have signed.
    public let name: NoteKeyName
    /// Which of their keys, by a hint of 32 bits that anyone can compute to collide.
    public let keyID: UInt32
    /// What they signed it with; how to read it depends on the key.
    public let bytes: [UInt8]

    /// A signature.
    public init(name: NoteKeyName, keyID: UInt32, bytes: [UInt8]) {
        self.name = name
        self.keyID = keyID
        self.bytes = bytes
    }

    /// Reads a line without its line feed; nil if it is not one. At least one byte must follow the key ID.
    init?(line: ArraySlice<UInt8>) {
        guard line.starts(with: NoteSignature.prefix) else { return nil }
        let rest = line.dropFirst(NoteSignature.prefix.count)
        guard let space = rest.firstIndex(of: UInt8(ascii: " ")),
            let name = try? NoteKeyName(String(decoding: rest[..<space], as: UTF8.self)),
            let payload = try? Base64.decode(String(decoding: rest[(space + 1)...], as: UTF8.self)),
            payload.count >= 5
        else { return nil }
        self.name = name
        self.keyID = payload[..<4].reduce(0) { $0 << 8 | UInt32($1) }
        self.bytes = [UInt8](payload[4...])
    }

    /// The line, with its line feed.
    public var line: [UInt8] {
        let payload = (0..<4).map { UInt8(truncatingIfNeeded: keyID >> (24 - 8 * UInt32($0))) } + bytes
        return NoteSignature.prefix + Array("\(name) \(Base64.encode(payload))\n".utf8)
    }
}

/// Who signs a note, as its signature lines spell it; usually a URL without scheme.
///
/// https://c2sp.org/signed-note, "Format". Names are compared byte by byte, never by Unicode equivalence.
public struct NoteKeyName: Sendable {
    /// The name.
    public let text: String

    /// A name.
    ///
    /// - Throws: `malformedKey` if it is empty or has a Unicode space, a plus sign or an ASCII control character.
    public init(_ text: String) throws(TransparencyLogError) {
        let isAllowed = text.unicodeScalars.allSatisfy { scalar in
            scalar.value >= 0x20 && scalar != "+" && !scalar.properties.isWhitespace
        }
        guard isAllowed, !text.isEmpty else {
            throw TransparencyLogError(.malformedKey, "a key name has no spaces, plus signs or control characters")
        }
        self.text = text
    }
}

extension NoteKeyName: Hashable {
    public static func == (left: NoteKeyName, right: NoteKeyName) -> Bool {
        left.text.utf8.elementsEqual(right.text.utf8)
    }

    public func hash(into hasher: inout Hasher) {
        for byte in text.utf8 { hasher.combine(byte) }
    }
}

extension NoteKeyName: CustomStringConvertible {
    /// The same as `text`.
    public var description: String { text }
}

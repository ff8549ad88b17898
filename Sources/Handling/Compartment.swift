/// A circle of people and organisations that information is kept in: a case, a member, a community.
///
/// Who is in it, and how, is known to the floors above.
public struct Compartment: Sendable, Hashable {
    /// The longest name, in bytes. Identifiers are short; the limit keeps labels small in every record.
    public static let maximumByteCount = 200

    /// The name, a kind and an identifier joined by a colon: `case:BWC-2026-0001`.
    public let name: String

    /// The compartment of that name, or nil unless it is lowercase letters, a colon, and printable ASCII characters other
    /// than space and comma, at most 200 bytes in all.
    public init?(_ name: String) {
        let bytes = Array(name.utf8)
        let kind = bytes.prefix { (0x61...0x7A).contains($0) }
        let identifier = bytes.dropFirst(kind.count + 1)
        let isAllowed = identifier.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: ",") }
        guard !kind.isEmpty, bytes.dropFirst(kind.count).first == UInt8(ascii: ":"), !identifier.isEmpty, isAllowed,
            bytes.count <= Compartment.maximumByteCount
        else { return nil }
        self.name = name
    }
}

extension Compartment: Comparable {
    /// By the bytes of the names; only to have one order to print in.
    public static func < (left: Compartment, right: Compartment) -> Bool {
        left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
    }
}

extension Compartment: CustomStringConvertible {
    /// The name.
    public var description: String { name }
}

/// A CPE name: a class of products, by eleven attributes.
///
/// Implements the well-formed names of NIST IR 7695 (https://csrc.nist.gov/pubs/ir/7695/final) with both their bindings, the
/// formatted string of CPE 2.3 and the URI of CPE 2.2, and the comparison of NIST IR 7696
/// (https://csrc.nist.gov/pubs/ir/7696/final). Names are equal when their values are, letters without regard to case.
///
///     let name = try CPE(parsing: "cpe:/a:microsoft:internet_explorer:8.%02:sp%01")
///     name.formattedString   // "cpe:2.3:a:microsoft:internet_explorer:8.*:sp?:*:*:*:*:*:*"
///
/// Limits: a text of at most `CPE.maximumLength` bytes.
public struct CPE: Hashable, Sendable {
    /// The longest text that is parsed, in bytes; the names of the official dictionary stay below 300.
    public static let maximumLength = 4_096

    /// The attributes in the order of the formatted string.
    public enum Attribute: Int, Hashable, Sendable, CaseIterable {
        /// `a` an application, `o` an operating system, `h` hardware.
        case part
        /// Who made the product.
        case vendor
        /// The most common name of the product.
        case product
        /// The version as the vendor writes it.
        case version
        /// The update, service pack or point release of the version.
        case update
        /// The edition of CPE 2.2; deprecated where the last four attributes are used.
        case edition
        /// The language of the user interface, an RFC 5646 tag with at most a region.
        case language
        /// How the product is tailored to a market.
        case softwareEdition
        /// The computing environment the product runs in.
        case targetSoftware
        /// The instruction set the product runs on.
        case targetHardware
        /// Anything else.
        case other
    }

    private let values: [CPEValue]

    /// Builds a name from values; an attribute without one is ANY.
    ///
    /// - Throws: `CPEError` with code `part` or `language` and offset 0.
    public init(_ values: [Attribute: CPEValue]) throws(CPEError) {
        try self.init(Attribute.allCases.map { (values[$0] ?? .any, 0) })
    }

    /// - Parameter placed: eleven values in the order of the attributes, each with its place in the text.
    init(_ placed: [(value: CPEValue, offset: Int)]) throws(CPEError) {
        let values = placed.map(\.value)
        if case .pattern = values[Attribute.part.rawValue] {
            guard let part = values[Attribute.part.rawValue].literal, ["a", "o", "h"].contains(part.lowercased()) else {
                throw CPEError(.part, at: placed[Attribute.part.rawValue].offset, "The part is 'a', 'o' or 'h'.")
            }
        }
        if case .pattern(let language) = values[Attribute.language.rawValue], !Self.isLanguage(language) {
            throw CPEError(.language, at: placed[Attribute.language.rawValue].offset, "The language is a tag such as 'en-us'.")
        }
        self.values = values
    }

    /// The value of an attribute.
    public subscript(attribute: Attribute) -> CPEValue { values[attribute.rawValue] }

    /// Parses a name in either binding: a formatted string if it begins with `cpe:2.3:`, else a URI.
    ///
    /// - Throws: `CPEError`; the offset is the byte of `text` at which the fault stands or its component begins.
    public init(parsing text: String) throws(CPEError) {
        if text.utf8.count > Self.maximumLength {
            throw CPEError(.length, at: Self.maximumLength, "The text is longer than a CPE name may be.")
        }
        let bytes = Array(text.utf8)[...]
        self = bytes.starts(with: "cpe:2.3:".utf8) ? try Self.formattedString(bytes.dropFirst(8)) : try Self.uri(bytes)
    }

    /// Two or three letters, and a region of two letters or three digits (clause 5.3.3.7); no wildcards.
    private static func isLanguage(_ pattern: CPEPattern) -> Bool {
        if pattern.hasWildcards { return false }
        let parts = pattern.literal.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard (2...3).contains(parts[0].count), parts[0].allSatisfy(\.isASCIILetter), parts.count <= 2 else { return false }
        guard parts.count == 2 else { return true }
        return parts[1].count == 2 && parts[1].allSatisfy(\.isASCIILetter)
            || parts[1].count == 3 && parts[1].allSatisfy(\.isASCIIDigit)
    }
}

extension CPE: CustomStringConvertible {
    /// The formatted string.
    public var description: String { formattedString }
}

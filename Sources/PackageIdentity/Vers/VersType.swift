/// What is particular about one VERS type: the order of its versions, and what it permits.
enum VersType {
    /// `vers:all/*`, every version of everything.
    static let all = "all"
    /// `vers:none/*`, no version at all.
    static let none = "none"
    /// Time stamps of RFC 3339.
    static let datetime = "datetime"

    /// The order of the versions of a type; `unknown` for a type that is not known or has no order here.
    static func scheme(named type: String) -> VersionScheme { VersionScheme(versType: type) ?? .unknown }

    /// Whether `*` is the only constraint of the type.
    static func permitsOnlyStar(_ type: String) -> Bool { type == all || type == none }

    /// "In canonical VERS, datetime values use an uppercase 'T' date/time separator and an uppercase 'Z' UTC designator."
    static func permits(version: some Collection<UInt8>, of type: String) -> Bool {
        type != datetime || !version.contains { $0 == UInt8(ascii: "t") || $0 == UInt8(ascii: "z") }
    }

    /// The version that a bound stands for. Composer has four numbers and drops what follows a `+`; the VERS project writes the
    /// fourth behind a `+` (`1.2.3+4`), and so does `NativeSpelling`.
    static func meant(byBound version: String, in scheme: VersionScheme) -> String {
        guard scheme == .composerNormalized, let plus = version.utf8.firstIndex(of: UInt8(ascii: "+")) else { return version }
        let (core, rest) = (version[..<plus], version[version.utf8.index(after: plus)...])
        let numbers = core.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard numbers.count == 3, numbers.allSatisfy({ $0.allSatisfy(\.isASCIIDigit) }), rest.utf8.first?.isASCIIDigit == true
        else {
            return version
        }
        return core + "." + rest
    }
}

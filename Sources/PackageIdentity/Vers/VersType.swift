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
}

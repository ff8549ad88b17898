/// A CVSS 2.0, 3.0 or 3.1 vector that was checked, with its base score.
///
/// Specifications: https://www.first.org/cvss/v2/guide, https://www.first.org/cvss/v3.0/specification-document and
/// https://www.first.org/cvss/v3.1/specification-document. Temporal and environmental metrics are checked and do not change
/// the base score. The parts may stand in any order. CVSS 4.0 is refused with the code `version`: its scores are looked up in
/// a table and not computed.
package struct CVSSVector: Sendable, Hashable {
    /// The versions of the standard that are scored, as they write themselves.
    package enum Version: String, Sendable, CaseIterable {
        case v20 = "2.0"
        case v30 = "3.0"
        case v31 = "3.1"
    }

    package let version: Version
    /// The vector as it was written.
    package let text: String
    /// The base score in tenths, 0 to 100: scores have one decimal, and whole numbers compare exactly.
    package let baseScoreInTenths: Int

    /// The base score, 0 to 10.
    package var baseScore: Double { Double(baseScoreInTenths) / 10 }

    /// - Throws: `version` for any other version, `malformed` for a part that is no metric with one of its values, `repeated`
    ///   and `incomplete` for metrics named twice and base metrics not named.
    package init(_ text: String) throws(CVSSError) {
        let (version, parts) = try CVSSVector.split(text)
        let values = try version.metrics.values(in: parts)
        self.version = version
        self.text = text
        baseScoreInTenths =
            switch version {
            case .v20: CVSS2Score.baseInTenths(values)
            case .v30: CVSS3Score.base(values).nextTenth
            case .v31: CVSS3Score.base(values).nextTenthOfFiveDecimals
            }
    }

    /// The version a vector's prefix tells, and what follows it; vectors of version 2 have none.
    private static func split(_ text: String) throws(CVSSError) -> (version: Version, parts: Substring) {
        for version in [Version.v30, .v31] where text.hasPrefix("CVSS:\(version.rawValue)/") {
            return (version, text.dropFirst("CVSS:\(version.rawValue)/".utf8.count))
        }
        guard !text.hasPrefix("CVSS:") else { throw CVSSError(.version, "CVSS is scored in version 2.0, 3.0 and 3.1") }
        return (.v20, text[...])
    }
}

/// Why a text is no vector.
package struct CVSSError: Error, Sendable, Hashable {
    package enum Code: String, Sendable {
        case version, malformed, repeated, incomplete
    }

    package let code: Code
    /// One sentence for people, without the text that was refused.
    package let reason: String

    init(_ code: Code, _ reason: String) {
        self.code = code
        self.reason = reason
    }
}

import JSONText
import Matching

extension Match.Boundaries {
    /// How the members of a format are called.
    struct Names {
        let introduced, fixed, lastAffected, limit: String

        static let ofJSON = Names(introduced: "introduced", fixed: "fixed", lastAffected: "last_affected", limit: "limit")
        static let ofSARIF = Names(introduced: "introduced", fixed: "fixed", lastAffected: "lastAffected", limit: "limit")
    }

    /// The beginning, and the end where there is one.
    func write(_ names: Names, _ writer: inout JSONWriter) {
        writer.member(names.introduced, introduced)
        switch end {
        case .fixed(let version): writer.member(names.fixed, version)
        case .lastAffected(let version): writer.member(names.lastAffected, version)
        case .limit(let version): writer.member(names.limit, version)
        case .none: break
        }
    }
}

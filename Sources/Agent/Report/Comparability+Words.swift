import JSONText
import Matching
import PackageIdentity

extension Comparability.Obstacle {
    /// What is said of the entries that have it, behind their number.
    fileprivate var words: String {
        switch self {
        case .unread: "can't be read"
        case .noIdentifier: "without a package URL or CPE name"
        case .invalidIdentifier: "with a package URL or CPE name that is none"
        case .unknownRelease: "of a system whose release is not known"
        case .unknownEcosystem: "of a kind that no advisories are about"
        case .noVersion: "without a version"
        case .noEpoch: "of a list without epochs, which were compared under those of the advisories"
        case .unreadableVersion: "with a version that can't be read"
        case .unknownProduct: "whose vendor and product no advisory names in these words"
        }
    }
}

/// What was not compared in inventories, for reports of every kind. Names in it are bounded in number and in length.
struct NotCompared {
    /// `12 without a package URL or CPE name (firmware, boot and 10 more)`, one for each obstacle that was met.
    let obstacles: [(obstacle: Comparability.Obstacle, text: String)]
    /// `Debian:13 (3 components)`, one for each ecosystem that the index knows nothing of, most components first.
    let ecosystems: [String]
    /// Why inventories and VEX documents can't be read.
    let failures: [String]

    /// Names of one obstacle, and ecosystems, that are shown to people.
    private static let shownCount = 5

    init(
        _ sources: [MatchReport.Source], unknownToIndex: [(ecosystem: Ecosystem, count: Int)], vex: VEXCollection
    ) {
        obstacles = Comparability.Obstacle.allCases.compactMap { obstacle in
            let entries = sources.compactMap { $0.comparability.obstructed[obstacle] }
            let count = entries.reduce(0) { $0 + $1.count }
            guard count > 0 else { return nil }
            return (obstacle, "\(count) \(obstacle.words) (\(Self.list(entries.flatMap(\.names), of: count)))")
        }
        ecosystems = unknownToIndex.map {
            "\($0.ecosystem.description.oneLine) (\($0.count) component\($0.count == 1 ? "" : "s"))"
        }
        failures = sources.compactMap { source in source.failure } + vex.failures
    }

    private static func list(_ names: [String], of count: Int) -> String {
        let shown = names.prefix(shownCount).map(\.oneLine).joined(separator: ", ")
        return count > shownCount ? "\(shown) and \(count - shownCount) more" : shown
    }

    /// For people, a line each.
    var lines: [String] {
        let known =
            obstacles.isEmpty ? [] : ["Not compared, or not surely: " + obstacles.map(\.text).joined(separator: "; ") + "."]
        return failures.map { "Not read: " + $0.oneLine } + known + unknown(limit: Self.shownCount)
    }

    /// One sentence for each kind of thing, for programs that show it to people.
    var sentences: [String] { obstacles.map { "Entries \($0.text)" } + unknown(limit: Comparability.Entries.maximumNames) }

    private func unknown(limit: Int) -> [String] {
        guard !ecosystems.isEmpty else { return [] }
        let more = ecosystems.count > limit ? " and \(ecosystems.count - limit) more" : ""
        return ["The index knows no advisory of: " + ecosystems.prefix(limit).joined(separator: ", ") + more + "."]
    }
}

extension Comparability {
    /// The member `not_compared`: one for each obstacle that was met, with the number of entries and the names of some.
    func write(_ writer: inout JSONWriter) {
        let met = Obstacle.allCases.compactMap { obstacle in obstructed[obstacle].map { (obstacle, $0) } }
        writer.array("not_compared", ifNotEmpty: met) { writer, met in
            writer.object { writer in
                writer.member("reason", met.0.rawValue)
                writer.member("count", Int64(met.1.count))
                writer.member("names", ifNotEmpty: met.1.names)
            }
        }
    }
}

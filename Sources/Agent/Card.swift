import AdvisoryFormats
import CivilTime
import JSONText
import Matching
import Scoring

/// One plain card for the person who has to act: what, where, by when, and why. Everything else is in the list below it.
package struct Card: Sendable {
    private let matches: [LocalMatch]
    private let isPubliclyExposed: Bool?

    /// - Parameter isPubliclyExposed: whether the systems concerned can be reached from the internet, which only their operator
    ///   knows; nil leaves the date open where it matters.
    package init(_ matches: [LocalMatch], isPubliclyExposed: Bool?) {
        self.matches = matches
        self.isPubliclyExposed = isPubliclyExposed
    }

    /// Affected components first by what this clearinghouse published, then by what is known to be exploited, then by how many
    /// advisories concern them.
    private var groups: [(component: Component, matches: [LocalMatch])] {
        let affected = matches.filter { $0.match.verdict == .affected && !$0.isSuppressed }
        let byComponent = Dictionary(grouping: affected) { $0.component }
        return byComponent.map { (component: $0.key, matches: $0.value) }.sorted { left, right in
            let (mine, theirs) = (
                left.matches.contains(where: \.isPublishedHere), right.matches.contains(where: \.isPublishedHere)
            )
            if mine != theirs { return mine }
            let (hot, cold) = (left.matches.contains(where: \.isExploited), right.matches.contains(where: \.isExploited))
            if hot != cold { return hot }
            let (many, few) = (Card.names(left.matches).count, Card.names(right.matches).count)
            if many != few { return many > few }
            return left.component.displayName < right.component.displayName
        }
    }

    package var text: String {
        guard let first = groups.first?.matches,
            let chosen = first.first(where: \.isPublishedHere) ?? first.first(where: \.isExploited) ?? first.first
        else {
            let suppressed = matches.contains(where: \.isSuppressed) ? " but for what VEX says of it" : ""
            return "Nothing you run is known to be affected\(suppressed)."
        }
        let advice = RemediationAdvice(chosen.facts(isPubliclyExposed), published: chosen.published)
        var lines = ["\(headline(chosen)) \(advice.instruction)", ""]
        lines.append("  What     \(chosen.advisory.summary ?? chosen.advisory.id)")
        lines.append("  Where    \(chosen.component.displayName) \(chosen.component.version ?? "?") (from \(chosen.inventory))")
        lines.append("  Why      \(chosen.match.evidence.text); you run \(chosen.component.version ?? "?")")
        for (index, reason) in advice.reasons.enumerated() { lines.append("  \(index == 0 ? "Urgency " : "        ") \(reason)") }
        if !chosen.signals.isEmpty { lines.append("  Signals  \(chosen.signals.mark)") }
        if let statement = chosen.statement { lines.append("  Said     \(statement.remark)") }
        lines.append("  Advisory \(chosen.advisory.id), verified against the log")
        lines.append("  Done?    breakwater agent done \(chosen.advisory.id)")
        return lines.joined(separator: "\n")
    }

    private func headline(_ match: LocalMatch) -> String {
        let action =
            match.match.fixedVersion.map { "Update \(match.component.displayName) to \($0)" }
            ?? "Protect \(match.component.displayName): there is no fixed version yet"
        return "\(action)."
    }

    /// One line a further component; beyond the limit, one that says how many there are.
    package func others(limit: Int) -> [String] {
        let further = groups.dropFirst()
        let left = further.count - limit
        let rest = left > 0 ? ["\(left) more component\(left == 1 ? "" : "s")"] : []
        return further.prefix(limit).map { group in
            let fix = group.matches.compactMap(\.match.fixedVersion).first.map { ", fixed in \($0)" } ?? ""
            let names = Card.names(group.matches)
            let more = names.count > Card.namesALine ? " and \(names.count - Card.namesALine) more" : ""
            let shown = names.prefix(Card.namesALine).joined(separator: ", ")
            let marks = Card.worst(group.matches).map { "; \($0)" } ?? ""
            return "\(group.component.displayName) \(group.component.version ?? "?"): \(shown)\(more)\(fix)\(marks)"
        } + rest
    }

    private static let namesALine = 3

    /// What is known of the advisory that most has to be feared for: the exploited one with the earliest date, else the likeliest.
    private static func worst(_ matches: [LocalMatch]) -> String? {
        let known = matches.map(\.signals).filter { !$0.isEmpty }
        let exploited = known.compactMap { signals in signals.exploited.map { (due: $0.due, signals: signals) } }
            .min { $0.due < $1.due }?.signals
        return (exploited ?? known.max { $0.epss?.score ?? 0 < $1.epss?.score ?? 0 })?.mark
    }

    /// Each advisory once, in the order of its first match: two inventories may have found the same component.
    private static func names(_ matches: [LocalMatch]) -> [String] {
        var seen: Set<String> = []
        return matches.map(\.advisory.id).filter { seen.insert($0).inserted }
    }

    package var affectedComponentCount: Int { groups.count }
    package var undecidedCount: Int { matches.count { $0.match.verdict != .affected && !$0.isSuppressed } }

    /// One line for a component and an advisory that a VEX statement suppresses, with the reason and who says so.
    package var suppressed: [String] {
        var seen: Set<String> = []
        return matches.compactMap { match in
            guard match.isSuppressed, let statement = match.statement else { return nil }
            let version = match.component.version ?? "?"
            return
                "\(match.component.displayName) \(version): \(match.advisory.id), \(statement.reason) (\(statement.source.oneLine))"
        }.filter { seen.insert($0).inserted }
    }
}

extension LocalMatch {
    /// Whether the clearinghouse itself published the advisory, after validating the bug and its fix.
    var isPublishedHere: Bool { advisory.id.hasPrefix("x_BREAKWATER-") }

    /// Whether the catalogue of known exploited vulnerabilities has it.
    var isExploited: Bool { signals.exploited != nil }

    /// Days count from the first publication; an imported record may know only when it last changed.
    var published: Timestamp {
        Timestamp(millisecondsSinceEpoch: (advisory.published ?? advisory.modified).secondsSince1970 * 1_000)
    }

    /// What the advisory says about the decision points, beside the one only the operator can answer. That the catalogue of known
    /// exploited vulnerabilities has it says more than an advisory that was written before; that it has not says nothing.
    func facts(_ isPubliclyExposed: Bool?) -> RemediationFacts {
        let stated = advisory.databaseSpecific?.value["ssvc"]
        return RemediationFacts(
            isKnownExploited: isExploited ? true : stated?["knownExploited"]?.string.flatMap(RemediationFacts.answer),
            isPubliclyExposed: isPubliclyExposed, automatable: stated?["automatable"]?.string,
            technicalImpact: stated?["technicalImpact"]?.string
        )
    }
}

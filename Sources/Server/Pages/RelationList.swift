import CivilTime
import Clearinghouse

/// Relations with their signals, and the command that changes each.
enum RelationList {
    static func markup(_ relations: [FindingRelation]) -> HTML {
        guard !relations.isEmpty else { return "<p>Nothing else resembles it.</p>" }
        return "<ul class=\"list\">\n\(relations.map(item))</ul>"
    }

    private static func item(_ relation: FindingRelation) -> HTML {
        """
        <li>\(badge(relation).markup) <a href="/findings/\(segment: relation.finding)">\(relation.finding)</a> and \
        <a href="/findings/\(segment: relation.other)">\(relation.other)</a>\(elsewhere(relation))
        <p class="meta">Score \(score(relation)), signals version \(relation.version): \(said: signals(relation))</p>
        \(words(relation))<p class="meta">\(relation.found), <code>\(command(relation))</code></p></li>

        """
    }

    private static func badge(_ relation: FindingRelation) -> Badge {
        if relation.waits { return Badge(word: "\(relation.kind), waits for a person", tone: .bad) }
        return relation.state == .undone
            ? Badge(word: "\(relation.kind), undone", tone: .plain) : Badge(word: relation.kind, tone: .good)
    }

    private static func elsewhere(_ relation: FindingRelation) -> HTML {
        guard relation.vulnerability != relation.otherVulnerability else { return "" }
        return """
             (<a href="/vulnerabilities/\(segment: relation.vulnerability)">\(relation.vulnerability)</a> and \
            <a href="/vulnerabilities/\(segment: relation.otherVulnerability)">\(relation.otherVulnerability)</a>)
            """
    }

    private static func score(_ relation: FindingRelation) -> String {
        let digits = String(relation.scoreInThousandths)
        return "0." + String(repeating: "0", count: max(0, 3 - digits.utf8.count)) + digits
    }

    private static func signals(_ relation: FindingRelation) -> String {
        relation.signals.map { "\($0.name) \($0.logOdds < 0 ? "" : "+")\($0.logOdds)" }.joined(separator: ", ")
    }

    private static func words(_ relation: FindingRelation) -> HTML {
        let said = [
            relation.waits ? relation.obstacle.map { "Nothing was moved: \($0)" } : nil,
            relation.reason.map { "\(relation.state == .undone ? "Undone" : "Restored"): \($0)" }
        ].compactMap(\.self)
        return said.isEmpty ? "" : "<p class=\"meta\">\(said: said.joined(separator: ". "))</p>\n"
    }

    /// Pages change nothing but who is signed in.
    private static func command(_ relation: FindingRelation) -> String {
        let verb = relation.state == .undone ? "restore" : "undo"
        return "breakwater relation \(verb) \(relation.identifier) --reason WHY"
    }
}

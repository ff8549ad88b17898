import CivilTime
import Clearinghouse

/// What the visitor asked blindly, what it may still ask, and its blind cases.
enum QuestionsPage {
    static func page(_ visit: Visit) async throws -> Page {
        let principal = try visit.visitor.member()
        let own = try await visit.rooms.questions.own(limit: Visit.pageSize, for: principal)
        return Page(
            "Questions", in: .findings,
            body: """
                <h1>Questions</h1>
                <p class="quiet">Whether a finding is already known is asked with <code>breakwater ask FILE</code>, which tells nobody \
                what it is about.</p>
                \(budget(own.budget))
                <h2>Blind cases</h2>
                \(own.cases.isEmpty ? "<p>Nobody else is known to hold what you hold.</p>" : list(own.cases.map(item)))
                <h2>Commitments</h2>
                \(own.commitments.isEmpty ? "<p>You lodged none.</p>" : list(own.commitments.map(item)))
                """)
    }

    private static func budget(_ budget: QuestionBudget) -> HTML {
        let next: HTML = budget.next.map { " The next one can be asked at \($0.description)." } ?? ""
        return "<p>\(budget.leftToday) questions are left today, \(budget.leftInEpoch) in this epoch.\(next)</p>"
    }

    private static func list(_ items: [HTML]) -> HTML { "<ul class=\"list\">\n\(items)</ul>" }

    private static func item(_ found: BlindCase) -> HTML {
        """
        <li><span class="name">\(found.identifier)</span>
        \(found.sides.map(side))</li>

        """
    }

    private static func side(_ side: BlindCase.Side) -> HTML {
        let who: HTML
        if side.isCaller {
            who = side.hasAgreed == true ? "You agreed to be named" : "You have not agreed to be named"
        } else {
            who = side.member.map { "\($0) holds the same" } ?? "Somebody who is not named holds the same"
        }
        return "<p class=\"meta\">\(who), since \(side.since.description)</p>\n"
    }

    private static func item(_ lodged: LodgedCommitment) -> HTML {
        let asked: HTML = lodged.asked.map { "asked \($0.description)" } ?? "not asked yet"
        let opened: HTML = lodged.blindCase.map { ", opened blind case \($0)" } ?? ""
        return """
            <li><code>\(lodged.commitment)</code>
            <p class="meta">lodged \(lodged.lodged.description), \(asked)\(opened)</p></li>

            """
    }
}

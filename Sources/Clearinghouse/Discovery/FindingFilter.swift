import Journal

/// Which findings a list is asked for; what is nil says nothing.
package struct FindingFilter: Sendable {
    /// Whether doubts stand that nobody has cleared up.
    package var needsReview: Bool?
    /// The model that found it, by its exact name.
    package var model: String?
    /// The program that ran the model or the analysis, by its exact name.
    package var harness: String?
    /// Whether the finder says that a person looked at it; false also finds those of which nothing is said.
    package var humanReviewed: Bool?

    package init() {}

    /// Parameters $4 to $7 of a query of the table `finding`.
    static let condition = """
        ($4 = -1 OR $4 = (SELECT count(*) FROM awaited_review WHERE awaited_review.finding = finding.id))
        AND ($5 = '' OR model = $5) AND ($6 = '' OR harness = $6) AND ($7 = -1 OR human_reviewed = $7)
        """

    var parameters: [SQLValue] {
        func choice(_ value: Bool?) -> SQLValue { .integer(value.map { $0 ? 1 : 0 } ?? -1) }
        return [choice(needsReview), .text(model ?? ""), .text(harness ?? ""), choice(humanReviewed)]
    }
}

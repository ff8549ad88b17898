import AdvisoryFormats

/// A statement with its place, by which one of several counts.
struct PlacedStatement: Sendable {
    /// Without its products.
    let statement: VEXStatement
    /// The number of its document.
    let document: Int
    /// Whether of two statements of one document with the same time the later one counts: so in OpenVEX; the other formats give
    /// the order of a document no meaning.
    let isOrdered: Bool
    private let names: Set<String>

    init(_ statement: VEXStatement, document: Int, isOrdered: Bool) {
        var copy = statement
        copy.products = []
        self.statement = copy
        self.document = document
        self.isOrdered = isOrdered
        names = Set([statement.vulnerability] + statement.aliases)
    }

    /// Whether it is about one of the vulnerabilities of a group: it names that one, or none of them.
    ///
    /// Aliases are joined from record to record, so the other names of a group with several vulnerabilities may belong to any of
    /// them: one that suppresses and names none must name the advisory by a name of its own.
    func isAbout(_ vulnerability: String?, of group: Set<String>, own: Set<String>) -> Bool {
        guard let vulnerability else { return true }
        if names.contains(vulnerability) { return true }
        if group.contains(where: names.contains) { return false }
        return group.count < 2 || !statement.status.suppresses || !own.isDisjoint(with: names)
    }

    /// The one that counts of statements about the same vulnerability and component, in the order of their documents.
    ///
    /// The latest counts. Where two of one OpenVEX document have the same time the later one does ("statements are chronologically
    /// sorted"); between documents, and in other formats, the one that calls for more care.
    static func standing(_ statements: [PlacedStatement]) -> PlacedStatement? {
        var ofDocuments: [Int: PlacedStatement] = [:]
        for statement in statements {
            if let earlier = ofDocuments[statement.document], !statement.supersedes(earlier) { continue }
            ofDocuments[statement.document] = statement
        }
        return latest(Array(ofDocuments.values))
    }

    /// The order of the statements given decides nothing.
    static func latest(_ statements: [PlacedStatement]) -> PlacedStatement? { statements.max { $0.precedes($1) } }

    private func supersedes(_ earlier: PlacedStatement) -> Bool {
        if isOrdered, statement.timestamp == earlier.statement.timestamp { return true }
        return earlier.precedes(self)
    }

    /// A total order but for statements that say the same.
    private func precedes(_ other: PlacedStatement) -> Bool {
        if moment != other.moment { return moment < other.moment }
        if care != other.care { return care < other.care }
        return content.lexicographicallyPrecedes(other.content)
    }

    /// What has no time could be from any: it stands before all others where it suppresses, behind them where it does not.
    private var moment: (age: Int, seconds: Int64, nanoseconds: Int32) {
        guard let time = statement.timestamp else { return (statement.status.suppresses ? -1 : 1, 0, 0) }
        return (0, time.secondsSince1970, time.nanoseconds)
    }

    private var care: Int {
        switch statement.status {
        case .affected: 3
        case .underInvestigation: 2
        case .notAffected: 1
        case .fixed: 0
        }
    }

    private var content: [String] {
        [
            statement.documentID, statement.author ?? "", statement.vulnerability, statement.justification?.written ?? "",
            statement.impactStatement ?? "", statement.actionStatement ?? "", statement.statusNotes ?? "",
            statement.timestamp?.text ?? ""
        ]
    }
}

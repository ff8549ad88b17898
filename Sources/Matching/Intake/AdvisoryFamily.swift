/// A revision of a document whose advisories have identifiers of their own, which begin with the document's and a slash.
package struct AdvisoryFamily: Sendable {
    /// The document's identifier in an index.
    package let id: String
    /// When the revision was made, in seconds since 1970.
    package let modified: Int64

    /// - Parameters:
    ///   - owner: whose document it is: an identifier of a document is unique for its publisher only.
    ///   - document: the identifier that the publisher gave it.
    init(source: String, owner: String, document: String, modified: Int64) {
        id = "\(source):\(Self.part(owner))/\(Self.part(document))"
        self.modified = modified
    }

    /// The identifier of the advisory that is about a vulnerability of the document.
    /// - Parameter number: which of the vulnerabilities of this name it is, in the order of the document.
    func identifier(ofVulnerability name: String, number: Int) -> String {
        beginning + Self.part(name) + (number == 1 ? "" : "#\(number)")
    }

    /// What the identifiers of its advisories begin with, and no others.
    var beginning: String { id + "/" }

    /// A part of an identifier: what ends a part, or stands before a number, is percent-encoded.
    private static func part(_ text: String) -> String {
        text.replacing("%", with: "%25").replacing("/", with: "%2F").replacing("#", with: "%23")
    }

    /// What becomes of the advisories of one revision, by what is known of the document.
    /// - Parameter known: every advisory of the family, with the time of its revision; the document itself among them where a
    ///   revision had none.
    /// - Returns: the advisories as they are to be added, those that stand no more among them as withdrawn; nil where a later
    ///   revision is known.
    package func taking(_ advisories: [IndexedAdvisory], besides known: [String: Int64]) -> [IndexedAdvisory]? {
        if known.values.contains(where: { $0 > modified }) { return nil }
        let ids = Set(advisories.map(\.id))
        let dropped = known.keys.filter { !ids.contains($0) && $0 != id }.sorted()
        // The document itself keeps the time of a revision that has nothing else to keep it.
        let own = advisories.isEmpty ? [id] : []
        return advisories + (dropped + own).map { IndexedAdvisory(id: $0, modified: modified, isWithdrawn: true) }
    }
}

extension AdvisoryIndex {
    /// The advisories of a document, standing or not, with the times of their revisions.
    package func revisions(of family: AdvisoryFamily) -> [String: Int64] {
        var revisions: [String: Int64] = [:]
        // By themselves: identifiers of other documents may begin with this one's, any number of them.
        if let own = modified(family.id) { revisions[family.id] = own }
        for segment in segments {
            for (id, modified) in segment.revisions(beginningWith: family.beginning) {
                revisions[id] = max(modified, revisions[id] ?? modified)
            }
        }
        return revisions
    }
}

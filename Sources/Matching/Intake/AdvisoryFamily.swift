/// A revision of a document whose advisories have identifiers of their own, which begin with the document's and a slash.
package struct AdvisoryFamily: Sendable {
    /// The document's identifier in an index.
    package let id: String
    /// When the revision was made, in seconds since 1970.
    package let modified: Int64

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

    /// Whether an identifier is the document's or one of its advisories'. Names of vulnerabilities have no slash, and those of other
    /// documents may begin like this one's.
    package func holds(_ other: String) -> Bool {
        guard other != id else { return true }
        return other.hasPrefix(id + "/") && !other.utf8.dropFirst(id.utf8.count + 1).contains(UInt8(ascii: "/"))
    }
}

extension AdvisoryIndex {
    /// The advisories of a document, standing or not, with the times of their revisions.
    package func revisions(of family: AdvisoryFamily) -> [String: Int64] {
        var revisions: [String: Int64] = [:]
        for segment in segments {
            for (id, modified) in segment.revisions(beginningWith: family.id) where family.holds(id) {
                revisions[id] = max(modified, revisions[id] ?? modified)
            }
        }
        return revisions
    }
}

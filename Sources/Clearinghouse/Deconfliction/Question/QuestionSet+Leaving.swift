import BlindQuestion
import Journal

extension Questions {
    /// What goes with a member that leaves: the tags of its findings. Those that findings of others have too return with the earliest of
    /// them, or nobody could ask about it any more.
    static func ending(of member: String, by actor: String, in snapshot: JournalSnapshot) throws -> [RecordDraft] {
        guard let epoch = try snapshot.openEpoch()?.number else { return [] }
        let findings = try snapshot.rows(
            """
            SELECT question_tags.finding FROM question_tags JOIN finding ON finding.id = question_tags.finding
            WHERE question_tags.epoch = $1 AND finding.member = $2 ORDER BY question_tags.finding
            """, [.integer(epoch), .text(member)]
        ).map { try $0.text(0) }
        if findings.isEmpty { return [] }
        let returned = try snapshot.returnedTags(after: member, epoch: epoch)
        return [try QuestionRecords.removed(findings, returned: returned, epoch: epoch, by: actor)]
    }
}

extension JournalSnapshot {
    /// What is published, once a member has left, of findings that have a tag which was published for one of that member's.
    fileprivate func returnedTags(after member: String, epoch: Int64) throws -> [(finding: String, tags: [QuestionTag])] {
        var published: [String: [QuestionTag]] = [:]
        var heirs: [QuestionTag: String] = [:]
        var isStillPublished: Set<QuestionTag> = []
        for (tag, finding, tags) in try sharedTags(with: member, epoch: epoch) {
            published[finding] = tags
            if tags.contains(tag) { isStillPublished.insert(tag) }
            if heirs[tag] == nil { heirs[tag] = finding }
        }
        let returning = Dictionary(grouping: heirs.filter { !isStillPublished.contains($0.key) }, by: \.value)
        return try returning.sorted { $0.key < $1.key }.map { finding, tags in
            let held = Set(try heldTags(of: finding, epoch: epoch))
            let before = published[finding] ?? []
            return (
                finding,
                FindingTags.padded(
                    before.filter(held.contains) + tags.map(\.key), with: before.filter { !held.contains($0) })
            )
        }
    }

    /// Tags that findings of the member have, with the findings of others that have them too, the earliest first, and what is published
    /// of those.
    private func sharedTags(
        with member: String, epoch: Int64
    ) throws -> [(tag: QuestionTag, finding: String, published: [QuestionTag])] {
        try rows(
            """
            SELECT DISTINCT staying.tag, staying.finding, question_tags.tags, kept.sequence
            FROM question_holder AS leaving
            JOIN finding AS gone ON gone.id = leaving.finding
            JOIN question_holder AS staying ON staying.epoch = leaving.epoch AND staying.tag = leaving.tag
            JOIN finding AS kept ON kept.id = staying.finding
            JOIN question_tags ON question_tags.epoch = staying.epoch AND question_tags.finding = staying.finding
            WHERE leaving.epoch = $1 AND gone.member = $2 AND kept.member <> $2 ORDER BY kept.sequence
            """, [.integer(epoch), .text(member)]
        ).map { (QuestionTag(value: UInt64(bitPattern: try $0.integer(0))), try $0.text(1), QuestionTag.list(try $0.blob(2))) }
    }

    private func heldTags(of finding: String, epoch: Int64) throws -> [QuestionTag] {
        try rows("SELECT tag FROM question_holder WHERE epoch = $1 AND finding = $2", [.integer(epoch), .text(finding)])
            .map { QuestionTag(value: UInt64(bitPattern: try $0.integer(0))) }
    }
}

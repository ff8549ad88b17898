import JSONText
import Journal

/// What happened to findings in a stretch of the journal.
struct FindingPage: Sendable {
    enum Event: Sendable {
        case submitted(finding: String, member: String, FindingReport)
        case left(member: String)
    }

    let events: [Event]
    /// Where the next stretch begins.
    let next: Int64
    let isLast: Bool

    /// - Parameters:
    ///   - count: how many records to pass over at most; only those of findings are read.
    ///   - byteCount: how many bytes of them to read at most, beyond the first: a finding may have some megabytes.
    init(
        from start: Int64, upTo count: Int64, bytes byteCount: Int64 = JournalLimits.replayPageByteCount,
        in journal: any Journal
    ) async throws {
        self = try await journal.read { snapshot in
            let end = try snapshot.recordCount()
            var stop = min(end, start + count)
            let rows = try snapshot.rows(
                """
                SELECT sequence, length(payload) FROM record WHERE sequence >= $1 AND sequence < $2 AND kind IN ($3, $4, $5, $6)
                ORDER BY sequence
                """,
                [
                    .integer(start), .integer(stop), .text(DiscoveryRecords.submitted.text),
                    .text(DiscoveryRecords.reviewed.text), .text(MembershipRecords.withdrawn.text),
                    .text(AnonymousReportRecords.withdrawn.text)
                ])
            var (sequences, length): ([Int64], Int64) = ([], 0)
            for row in rows {
                length += try row.integer(1)
                if !sequences.isEmpty, length > byteCount {
                    stop = try row.integer(0)
                    break
                }
                sequences.append(try row.integer(0))
            }
            return FindingPage(
                events: try sequences.compactMap { try snapshot.record(at: $0).flatMap { try Event($0, in: snapshot) } },
                next: stop,
                isLast: stop == end)
        }
    }

    private init(events: [Event], next: Int64, isLast: Bool) {
        (self.events, self.next, self.isLast) = (events, next, isLast)
    }
}

extension FindingPage.Event {
    /// Nil for what can't be read any more: its member left, or its report was taken back.
    ///
    /// What was read with doubts arrives when a person has cleared them up.
    fileprivate init?(_ record: JournalRecord, in snapshot: JournalSnapshot) throws {
        guard let payload = record.payload else { return nil }
        if record.kind == AnonymousReportRecords.withdrawn, let report = payload["report"]?.string {
            self = .left(member: AnonymousReportRecords.reporter(of: report))
            return
        }
        if record.kind == DiscoveryRecords.reviewed {
            guard let finding = payload["finding"]?.string,
                let submitted = try snapshot.records(of: DiscoveryRecords.findingStream(finding)).first
            else { return nil }
            self.init(submitted, isReviewed: true)
        } else {
            self.init(record, isReviewed: false)
        }
    }

    private init?(_ record: JournalRecord, isReviewed: Bool) {
        guard let payload = record.payload, let member = payload["member"]?.string else { return nil }
        guard record.kind == DiscoveryRecords.submitted else {
            self = .left(member: member)
            return
        }
        guard let finding = payload["finding"]?.string, let report = payload["report"].flatMap(FindingReport.init(json:)) else {
            return nil
        }
        guard isReviewed || report.doubts.isEmpty else { return nil }
        self = .submitted(finding: finding, member: member, report)
    }
}

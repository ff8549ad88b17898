package import CivilTime
import JSONText
import Journal

/// One case: the embargo it keeps, the fixes it has, and whether it is public. Pure; folded from the case's stream.
package struct CaseState: Sendable {
    package enum Phase: String, Sendable {
        case absent, open, published
    }

    package enum FixState: String, Sendable {
        case proposed, verified, refuted
    }

    package private(set) var phase = Phase.absent
    package private(set) var vulnerability = ""
    package private(set) var vendor = ""
    package private(set) var embargoUntil = Timestamp(millisecondsSinceEpoch: 0)
    package private(set) var fixes: [String: FixState] = [:]

    init(_ records: [JournalRecord] = []) {
        for record in records { apply(record) }
    }

    mutating func apply(_ record: JournalRecord) {
        guard let payload = record.payload else { return }
        switch record.kind {
        case CoordinationRecords.opened:
            phase = .open
            vulnerability = payload["vulnerability"]?.string ?? ""
            vendor = payload["vendor"]?.string ?? ""
            embargoUntil = payload["embargoUntil"]?.string.flatMap(Timestamp.init(rfc3339:)) ?? embargoUntil
        case CoordinationRecords.embargoMoved:
            embargoUntil = payload["embargoUntil"]?.string.flatMap(Timestamp.init(rfc3339:)) ?? embargoUntil
        case RemediationRecords.attached:
            if let fix = payload["fix"]?.string { fixes[fix] = .proposed }
        case RemediationRecords.judged:
            if let fix = payload["fix"]?.string {
                fixes[fix] = payload["verified"]?.bool == true ? .verified : .refuted
            }
        case CoordinationRecords.published:
            phase = .published
        default: break  // Kinds are open: later rooms may write to this stream.
        }
    }

    /// - Throws: `conflict` where the case exists, `malformed` where the deadline is not in the future.
    func requireOpening(until deadline: Timestamp, now: Timestamp) throws {
        guard phase == .absent else { throw Refusal(.conflict, "the case exists already") }
        guard deadline > now else {
            throw Refusal(.malformed, "the embargo must end in the future", place: "/embargoUntil")
        }
    }

    /// - Throws: `notFound` or `conflict` unless the case is open.
    func requireOpen() throws {
        switch phase {
        case .absent: throw Refusal(.notFound, "there is no such case")
        case .published: throw Refusal(.conflict, "the case is published")
        case .open: return
        }
    }

    /// Publication waits for the deadline unless everybody agreed to be early, and for a fix that held unless the deadline
    /// has passed: after it, silence would help nobody but attackers.
    func requirePublishable(earlyBecause reason: String?, now: Timestamp) throws {
        try requireOpen()
        let isDue = now >= embargoUntil
        guard isDue || reason?.isEmpty == false else {
            throw Refusal(
                .notYet, "the embargo holds until \(embargoUntil); publishing before needs a reason", place: "/earlyBecause")
        }
        guard isDue || fixes.values.contains(.verified) else {
            throw Refusal(.notYet, "no fix has been verified; without one the embargo holds until \(embargoUntil)")
        }
    }
}

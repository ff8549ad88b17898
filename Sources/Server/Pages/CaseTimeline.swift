import CivilTime
import Clearinghouse
import JSONText
import Journal

/// What happened in a case, oldest first: the records of its stream, and the replays of its vulnerability.
///
/// The caller has checked that the visitor takes part in the case.
struct CaseTimeline: Sendable {
    struct Event: Sendable {
        let time: Timestamp
        let actor: String?
        let words: HTML
    }

    let events: [Event]

    init(of file: CaseSummary, for principal: Principal, in journal: any Journal) async throws {
        events = try await journal.read { snapshot in
            let records = try snapshot.records(of: StreamName("case", file.identifier))
                // What the policy suggests is the desk's, until it is followed.
                .filter { principal.seesEverything || $0.kind.text != Event.suggestion }.compactMap(Event.init)
            let replays = try snapshot.rows(
                "SELECT id, concluded, outcome, fix FROM validation WHERE vulnerability = $1 AND concluded IS NOT NULL",
                [.text(file.vulnerability)]
            ).map(Event.init(replay:))
            return (records + replays).sorted { $0.time < $1.time }
        }
    }

    var markup: HTML {
        let items = events.map { event -> HTML in
            let actor: HTML = event.actor.map { " by \($0)" } ?? ""
            return "<li>\(event.words)<p class=\"meta\">\(event.time)\(actor)</p></li>\n"
        }
        return "<ol class=\"line\">\n\(items)</ol>"
    }
}

extension CaseTimeline.Event {
    fileprivate static let suggestion = "case.embargo-suggested"

    /// Nil for records that are no step of the case.
    fileprivate init?(_ record: JournalRecord) {
        guard let payload = record.payload, let words = Self.words(record.kind, payload) else { return nil }
        self.init(time: record.time, actor: record.actor, words: words)
    }

    fileprivate init(replay row: SQLRow) throws {
        let fix = try row.optionalText(3)
        let badge = VerdictBadge.badge(outcome: try row.optionalText(2), onFix: fix != nil)
        let build: HTML = fix.map { "with fix <code>\($0)</code>" } ?? "the build as shipped"
        self.init(
            time: Timestamp(millisecondsSinceEpoch: try row.integer(1)), actor: nil,
            words: "Replayed \(build): \(badge.word) (validation <code>\(try row.text(0))</code>)"
        )
    }

    private static func words(_ kind: RecordKind, _ payload: JSONValue) -> HTML? {
        func text(_ name: String) -> String { payload[name]?.string ?? "" }
        switch kind.text {
        case "case.opened":
            let longer: HTML = payload["longerBecause"]?.string.map { ", longer than the policy says because: \(said: $0)" } ?? ""
            return "Opened, with an embargo until \(utc(payload))\(longer)"
        case "case.embargo-moved": return "Embargo moved to \(utc(payload)): \(said: text("reason"))"
        case suggestion:
            return "The policy suggests an embargo until \(utc(payload)): \(said: text("reason"))"
        case "fix.attached": return "Fix <code>\(text("fix"))</code> attached, for version \(said: text("fixedVersion"))"
        case "fix.judged":
            let verdict: HTML = payload["verified"]?.bool == true ? "verified" : "refuted"
            return "Fix <code>\(text("fix"))</code> \(verdict) by validation <code>\(text("validation"))</code>"
        case "case.published":
            let early: HTML = payload["earlyBecause"]?.string.map { ", before its time because: \(said: $0)" } ?? ""
            return "Published as <a href=\"/advisories/\(segment: text("advisory"))\">\(text("advisory"))</a>\(early)"
        default: return nil
        }
    }

    private static func utc(_ payload: JSONValue) -> HTML {
        payload["embargoUntil"]?.string.flatMap(Timestamp.init(rfc3339:)).map { "\($0)" } ?? ""
    }
}

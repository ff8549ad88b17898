import Handling
import JSONText
import Journal
import Sealing

/// The facts about advisories. They are public from the moment they are recorded: label CLEAR, contents in the clear, and the
/// salt handed out with them, so that anyone can check the log's commitment.
enum DistributionRecords {
    static let published = RecordKind("advisory.published")
    static let imported = RecordKind("advisory.imported")
    static let sourceRead = RecordKind("source.read")

    /// The source of what this clearinghouse publishes itself.
    static let ownSource = "breakwater"

    static func stream(_ advisory: String) -> StreamName { StreamName("advisory", advisory) }

    static func imported(_ advisory: String, osv: Content, source: String, by actor: String) -> RecordDraft {
        RecordDraft(
            imported, in: stream(advisory), by: actor, label: .clear,
            payload: [
                "advisory": .string(advisory), "osv": .string(osv.digest.hex), "source": .string(source)
            ],
            contents: [osv]
        )
    }

    static func published(
        _ advisory: String, of caseIdentifier: String, osv: Content, csaf: Content, statement: [UInt8], by actor: String
    ) -> RecordDraft {
        RecordDraft(
            published, in: stream(advisory), by: actor, label: .clear,
            payload: [
                "advisory": .string(advisory), "case": .string(caseIdentifier), "csaf": .string(csaf.digest.hex),
                "osv": .string(osv.digest.hex), "source": .string(ownSource),
                "statement": .string(String(decoding: statement, as: UTF8.self))
            ],
            contents: [osv, csaf], expectedVersion: 0
        )
    }

    static func sourceRead(_ source: String, _ tally: ImportTally, by actor: String) -> RecordDraft {
        RecordDraft(
            sourceRead, in: StreamName("source", source), by: actor, label: .clear,
            payload: [
                "changed": .number(.init(Int64(tally.changed))), "new": .number(.init(Int64(tally.new))),
                "older": .number(.init(Int64(tally.older))),
                "refused": .array(
                    tally.refused.map { ["name": .string($0.name), "reason": .string($0.reason)] }
                ),
                "source": .string(source), "unchanged": .number(.init(Int64(tally.unchanged)))
            ]
        )
    }
}

import CivilTime
import JSONText
import Sealing
import Testing

@testable import Clearinghouse
@testable import Journal

extension CaseState {
    /// A case folded from records as the journal would hold them.
    static func open(until deadline: Timestamp, fixes: [FixState], thenPublished: Bool = false) throws -> CaseState {
        var payloads: [(RecordKind, JSONValue)] = [
            (
                CoordinationRecords.opened,
                ["embargoUntil": .string(deadline.description), "vendor": "vendor", "vulnerability": "v1"]
            )
        ]
        for (index, fix) in fixes.enumerated() {
            let name = JSONValue.string("x\(index)")
            payloads.append((RemediationRecords.attached, ["fix": name]))
            if fix != .proposed {
                payloads.append((RemediationRecords.judged, ["fix": name, "verified": .bool(fix == .verified)]))
            }
        }
        if thenPublished { payloads.append((CoordinationRecords.published, [:])) }
        return CaseState(try payloads.enumerated().map { try JournalRecord(at: Int64($0), $1.0, $1.1) })
    }
}

extension JournalRecord {
    fileprivate init(at sequence: Int64, _ kind: RecordKind, _ payload: JSONValue) throws {
        let salt = try #require(CommitmentSalt(bytes: Array(repeating: 0, count: CommitmentSalt.byteCount)))
        self.init(
            sequence: sequence, stream: CoordinationRecords.stream("BWC-2026-0001"), version: sequence + 1, kind: kind,
            actor: "clearinghouse", label: "", time: Timestamp(millisecondsSinceEpoch: 0), contentKey: nil,
            storedPayload: payload.canonicalBytes(), payload: payload, salt: salt,
            commitment: Commitment(digest: Digest(hashing: ""))
        )
    }
}

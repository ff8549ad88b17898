import Foundation
import Testing

@testable import Audit

@Suite struct RecordTamperTests {
    private func tampered(_ change: (TamperedDirectory) throws -> Void) async throws -> AuditReport {
        let copy = try await AuditFixture.shared.value.copy()
        try change(copy)
        let report = try copy.audit()
        #expect(!report.isClean && report.hasContradictions, "\(report.text)")
        return report
    }

    /// A record of the kind, by sequence.
    private func sequence(_ kind: String, in copy: TamperedDirectory) throws -> Int64 {
        try copy.integer("SELECT min(sequence) FROM record WHERE kind = '\(kind)'")
    }

    @Test func `names the record whose payload was changed by one bit`() async throws {
        var record: Int64 = 0
        let report = try await tampered { copy in
            record = try sequence("case.opened", in: copy)
            try copy.flip("payload", in: "record", where: "sequence = \(record)", byte: 12)
        }
        #expect(report.findings(.recordCommitment).map(\.place) == ["record \(record)"], "\(report.text)")
        #expect(report.findings(.logTile).isEmpty, "the stored commitment is still the log's: \(report.text)")
    }

    @Test func `names the record whose sealed payload was changed by one bit`() async throws {
        var record: Int64 = 0
        let report = try await tampered { copy in
            record = try sequence("finding.submitted", in: copy)
            let length = try copy.integer("SELECT length(payload) FROM record WHERE sequence = \(record)")
            try copy.flip("payload", in: "record", where: "sequence = \(record)", byte: Int(length) / 2)
        }
        #expect(report.findings(.recordCommitment).map(\.place) == ["record \(record)"], "\(report.text)")
        #expect(report.findings(.recordSealing).map(\.place) == ["record \(record)"], "\(report.text)")
    }

    @Test func `names the record whose salt was changed, and the one whose salt was cut`() async throws {
        let changed = try await tampered { try $0.flip("salt", in: "record", where: "sequence = 4", byte: 31) }
        #expect(changed.findings(.recordCommitment).map(\.place) == ["record 4"], "\(changed.text)")
        let cut = try await tampered { try $0.execute("UPDATE record SET salt = substr(salt, 1, 31) WHERE sequence = 5") }
        #expect(cut.findings(.recordSalt).map(\.place) == ["record 5"], "\(cut.text)")
    }

    @Test func `names the record and the tile where a commitment was changed`() async throws {
        let report = try await tampered { try $0.flip("commitment", in: "record", where: "sequence = 6", byte: 9) }
        #expect(report.findings(.recordCommitment).map(\.place) == ["record 6"], "\(report.text)")
        let tile = try #require(report.findings(.logTile).first)
        #expect(tile.place.hasPrefix("tile/0/000.p/") && tile.detail.contains("hash 6 (record 6)"), "\(report.text)")
        #expect(report.findings(.checkpointRoot).count == 3, "\(report.text)")
    }

    @Test func `names the gap where a record was deleted, and does not blame the log for it`() async throws {
        let report = try await tampered { try $0.execute("DELETE FROM record WHERE sequence = 3") }
        let gap = try #require(report.findings(.recordSequence).first)
        #expect(gap.place == "record 4" && gap.detail == "record 3 is missing before it", "\(report.text)")
        #expect(report.findings(.logTile).isEmpty && report.findings(.checkpointRoot).isEmpty, "\(report.text)")
    }

    @Test func `names the gap in a stream where a record of its middle was deleted`() async throws {
        let report = try await tampered { copy in
            try copy.execute("DELETE FROM record WHERE stream = 'member/lab-a' AND version = 2")
        }
        let gap = try #require(report.findings(.recordVersion).first)
        #expect(gap.place.hasSuffix("stream member/lab-a") && gap.detail.contains("version 3"), "\(report.text)")
    }

    @Test func `says that the log promised records which were cut off at the end`() async throws {
        var size: Int64 = 0
        let report = try await tampered { copy in
            size = try copy.integer("SELECT max(size) FROM checkpoint")
            try copy.execute("DELETE FROM record WHERE sequence >= \(size - 2)")
        }
        #expect(report.findings(.checkpointAhead).map(\.place) == ["checkpoint \(size)"], "\(report.text)")
        #expect(report.findings(.logTile).isEmpty && report.findings(.checkpointRoot).isEmpty, "\(report.text)")
    }

    @Test func `names the hashes of the log where two records were swapped`() async throws {
        let report = try await tampered { copy in
            try copy.execute(
                """
                UPDATE record SET sequence = -1 WHERE sequence = 2;
                UPDATE record SET sequence = 2 WHERE sequence = 3;
                UPDATE record SET sequence = 3 WHERE sequence = -1;
                """
            )
        }
        #expect(report.findings(.recordCommitment).isEmpty, "each record is still whole: \(report.text)")
        #expect(report.findings(.logTile).first?.detail.contains("hash 2 (record 2)") == true, "\(report.text)")
    }

    @Test func `names the record whose time is before the one before it`() async throws {
        let report = try await tampered { try $0.execute("UPDATE record SET time = time - 1 WHERE sequence = 9") }
        #expect(report.findings(.recordTime).map(\.place) == ["record 9"], "\(report.text)")
    }

    @Test func `names every malformed word of a record`() async throws {
        let words: [(AuditCheck, String, String)] = [
            (.recordKind, "kind", "'Submitted'"), (.recordActor, "actor", "'somebody else'"),
            (.recordLabel, "label", "'TLP:PINK'"), (.recordStream, "stream", "'nowhere'"),
            (.recordLabel, "label", "CAST(x'ff' AS TEXT)")
        ]
        for (check, column, value) in words {
            let report = try await tampered { copy in
                try copy.execute("UPDATE record SET \(column) = \(value) WHERE sequence = 7")
            }
            #expect(report.findings(check).map(\.place) == ["record 7"], "\(column): \(report.text)")
            #expect(report.findings(.recordCommitment).map(\.place) == ["record 7"], "\(column): \(report.text)")
        }
    }

    @Test func `names the record whose payload is not canonical JSON, or no JSON`() async throws {
        for payload in ["{\"a\": 1}", "{\"b\":1,\"a\":2}", "{\"a\":1.0}", "{\"a\":1", ""] {
            let report = try await tampered { copy in
                try copy.execute("UPDATE record SET payload = CAST('\(payload)' AS BLOB) WHERE sequence = 1")
            }
            #expect(report.findings(.recordPayload).map(\.place) == ["record 1"], "\(payload): \(report.text)")
        }
    }

    @Test func `names the record that was put under another content key`() async throws {
        var record: Int64 = 0
        let report = try await tampered { copy in
            record = try sequence("finding.submitted", in: copy)
            try copy.execute("UPDATE record SET content_key = 'member/nobody' WHERE sequence = \(record)")
        }
        #expect(report.findings(.recordSealing).map(\.place) == ["record \(record)"], "\(report.text)")
    }

    @Test func `numbers at the ends of their range are findings like others`() async throws {
        for (column, value) in [
            ("sequence", Int64.max), ("sequence", -7), ("version", .max), ("version", .min), ("time", .max), ("time", .min)
        ] {
            let report = try await tampered { copy in
                try copy.execute(
                    "UPDATE record SET \(column) = \(value == .min ? "-9223372036854775807 - 1" : "\(value)") WHERE sequence = 5")
            }
            #expect(report.contradicted.contains(.recordCommitment) || column == "sequence", "\(column) \(value): \(report.text)")
        }
        let negative = try await tampered { try $0.execute("UPDATE record SET sequence = -7 WHERE sequence = 5") }
        #expect(negative.findings(.recordSequence).map(\.place) == ["record -7", "record 6"], "\(negative.text)")
        let far = try await tampered { try $0.execute("UPDATE record SET sequence = \(Int64.max) WHERE sequence = 5") }
        #expect(far.findings(.recordSequence).map(\.place) == ["record 6", "record \(Int64.max)"], "\(far.text)")
        #expect(!far.isComplete, "the log can't be recomputed up to there: \(far.text)")
    }

    @Test func `goes on with every other check after one failed`() async throws {
        let report = try await tampered { copy in
            try copy.execute("DROP TABLE content")
            try copy.flip("salt", in: "record", where: "sequence = 4")
            try copy.flip("hashes", in: "tile", where: "level = 0")
            try copy.execute("UPDATE member SET name = 'other' WHERE id = 'lab-a'")
        }
        let expected: Set<AuditCheck> = [.databaseUnreadable, .contentMissing, .recordCommitment, .logTile, .projectionColumn]
        #expect(report.contradicted.isSuperset(of: expected), "\(report.text)")
    }
}

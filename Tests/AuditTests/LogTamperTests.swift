import Foundation
import Sealing
import Testing
import TransparencyLog

@testable import Audit

@Suite struct LogTamperTests {
    private func tampered(_ change: (TamperedDirectory) throws -> Void) async throws -> AuditReport {
        let copy = try await AuditFixture.shared.value.copy()
        try change(copy)
        return try copy.audit()
    }

    @Test func `names the tile and the hash that were changed by one bit`() async throws {
        let report = try await tampered { try $0.flip("hashes", in: "tile", where: "level = 0", byte: 32 * 11 + 5) }
        #expect(report.contradicted == [.logTile], "\(report.text)")
        #expect(report.findings(.logTile).first?.detail.contains("hash 11 (record 11)") == true, "\(report.text)")
    }

    @Test func `names the tile that was deleted, the one that is too short and the one that is too many`() async throws {
        let deleted = try await tampered { try $0.execute("DELETE FROM tile") }
        #expect(deleted.contradicted == [.logTileMissing], "\(deleted.text)")
        #expect(deleted.findings[0].place.hasPrefix("tile/0/000.p/"), "\(deleted.text)")
        let short = try await tampered { try $0.execute("UPDATE tile SET hashes = substr(hashes, 1, 64)") }
        #expect(short.contradicted == [.logTile], "\(short.text)")
        let many = try await tampered { try $0.execute("INSERT INTO tile VALUES (1, 0, zeroblob(32)), (70, -5, zeroblob(1))") }
        #expect(many.findings(.logTileExtra).map(\.place).sorted() == ["tile level 70 position -5", "tile/1/000"], "\(many.text)")
    }

    @Test func `names the checkpoint that another key signed`() async throws {
        let report = try await tampered { copy in
            let size = try copy.integer("SELECT max(size) FROM checkpoint")
            let root = try #require(Digest(hex: try copy.text("SELECT lower(hex(root)) FROM checkpoint WHERE size = \(size)")))
            try Forgery(seed: 99).store(size: size, root: root, in: copy)
        }
        #expect(report.findings(.checkpointSignature).count == 1, "\(report.text)")
        #expect(report.findings(.checkpointRoot).isEmpty, "the root itself is right: \(report.text)")
    }

    @Test func `names the checkpoint that the log itself signed over another tree`() async throws {
        let report = try await tampered { copy in
            try Forgery(seed: 9).store(size: 5, root: Digest(hashing: [1]), in: copy)
        }
        #expect(report.contradicted == [.checkpointRoot], "\(report.text)")
        #expect(report.findings.first { $0.check == .checkpointRoot }?.place == "checkpoint 5", "\(report.text)")
    }

    @Test func `names the checkpoint that promises records nobody has`() async throws {
        let report = try await tampered { try Forgery(seed: 9).store(size: 400, root: Digest(hashing: [1]), in: $0) }
        #expect(report.findings(.checkpointAhead).map(\.place) == ["checkpoint 400"], "\(report.text)")
    }

    @Test func `names the checkpoint of another log`() async throws {
        let report = try await tampered {
            try Forgery(seed: 9, origin: "log.example/other").store(size: 5, root: Digest(hashing: [1]), in: $0)
        }
        #expect(report.findings(.checkpointOrigin).map(\.place) == ["checkpoint 5"], "\(report.text)")
    }

    @Test func `names the checkpoint whose row or note was changed`() async throws {
        for change in [
            "UPDATE checkpoint SET root = zeroblob(32) WHERE size = (SELECT min(size) FROM checkpoint)",
            "UPDATE checkpoint SET size = 2 WHERE size = (SELECT min(size) FROM checkpoint)",
            "UPDATE checkpoint SET note = 'no note' WHERE size = (SELECT min(size) FROM checkpoint)"
        ] {
            let report = try await tampered { try $0.execute(change) }
            #expect(report.findings(.checkpointNote).count == 1, "\(change): \(report.text)")
        }
        let flipped = try await tampered { copy in
            let size = try copy.integer("SELECT min(size) FROM checkpoint")
            let length = try copy.integer("SELECT length(note) FROM checkpoint WHERE size = \(size)")
            try copy.flip("note", in: "checkpoint", where: "size = \(size)", byte: Int(length) - 20)
        }
        #expect(!flipped.findings(.checkpointSignature).isEmpty || !flipped.findings(.checkpointNote).isEmpty, "\(flipped.text)")
    }

    @Test func `mentions the checkpoint dated before the one below it, since clocks are set back`() async throws {
        let report = try await tampered {
            try $0.execute("UPDATE checkpoint SET time = 5 WHERE size = (SELECT max(size) FROM checkpoint)")
        }
        #expect(report.findings(.checkpointTime).map(\.grade) == [.information], "\(report.text)")
        #expect(report.isClean, "\(report.text)")
    }

    @Test func `a lost checkpoint leaves tiles that are wider than the log that was signed`() async throws {
        let report = try await tampered {
            try $0.execute("DELETE FROM checkpoint WHERE size = (SELECT max(size) FROM checkpoint)")
        }
        #expect(report.contradicted == [.logTile], "\(report.text)")
    }
}

/// Makes checkpoints with a key of choice.
private struct Forgery {
    let seed: UInt8
    var origin = "log.example/test"

    func store(size: Int64, root: Digest, in copy: TamperedDirectory) throws {
        let checkpoint = try Checkpoint(origin: origin, treeHead: TreeHead(size: UInt64(size), root: root))
        let key = try SigningKey(seed: [UInt8](repeating: seed, count: 32))
        let signer = NoteSigner(name: try NoteKeyName(origin), key: key)
        let note = try checkpoint.note(signedBy: [signer.signature(over: checkpoint.text)])
        try copy.execute(
            """
            INSERT OR REPLACE INTO checkpoint
            VALUES (\(size), x'\(root.hex)', CAST(x'\(Hexadecimal.encode(note))' AS TEXT), 1795000000000)
            """
        )
    }
}

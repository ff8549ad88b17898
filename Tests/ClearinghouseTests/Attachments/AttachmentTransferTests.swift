import Foundation
import Journal
import JournalSQLite
import Sealing
import TestKit
import TestSupport
import Testing

@testable import Clearinghouse

/// Transfers as networks and machines make them: chunks in any order and again, and a server that is killed between any two.
@Suite struct AttachmentTransferTests {
    /// A journal that is opened anew after every kill.
    private struct Server {
        let path: String
        let test: TestEnvironment
        let lab = Principal(member: "lab-a", scopes: Scope.usual(for: .finder))

        func attachments(chunkByteCount: Int64) throws -> (rooms: Attachments, discovery: Discovery, journal: SQLiteJournal) {
            let journal = try SQLiteJournal(path: path, environment: test.journal, projections: Projections.all)
            let environment = ClearinghouseEnvironment(
                now: test.journal.now, random: test.journal.random, identifierSecret: Array("a secret".utf8),
                signingKey: House.clearinghouseKey, origin: "breakwater.example"
            )
            return (
                Attachments(journal: journal, environment: environment, chunkByteCount: chunkByteCount),
                Discovery(journal: journal, environment: environment), journal
            )
        }
    }

    @Test(arguments: 0..<12)
    func `whatever the order, the repeats and the kills, every chunk is recorded once and the file comes back`(
        number: Int
    ) async throws {
        let seed = UInt64.random(in: .min ... .max)
        print("attachment transfer \(number): seed \(seed)")
        var random = SeededGenerator(seed: seed)
        let folder = FileManager.default.temporaryDirectory.appending(path: "breakwater-transfer-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let server = Server(path: folder.appending(path: "journal.db").path, test: try TestEnvironment(seed: seed))
        // Few values, so that chunks of equal bytes come up at several offsets.
        let size = Int.random(in: 1...600, using: &random)
        let file = (0..<size).map { _ in UInt8.random(in: 0...1, using: &random) }
        let chunk = Int64.random(in: 1...97, using: &random)
        let offsets = Array(stride(from: 0, to: size, by: Int(chunk)))

        var open = try server.attachments(chunkByteCount: chunk)
        let finding = try #require(
            try await open.discovery.submit([Sample.submission(Sample.report(), key: "k")], by: server.lab).first
        ).get().finding
        let declaration = try AttachmentDeclaration(
            finding: finding, name: "dump", mediaType: "text/plain", sizeInBytes: Int64(size), sha256: Digest(hashing: file).hex
        )
        var state = try await open.rooms.declare(declaration, by: server.lab)
        var received: Int64 = 0
        while received < Int64(size) {
            if Int.random(in: 0..<8, using: &random) == 0 {
                // Killed: what was answered is there, under whatever chunk size the next server has for new attachments.
                open = try server.attachments(chunkByteCount: Int64.random(in: 1...97, using: &random))
                state = try await open.rooms.declare(declaration, by: server.lab)
                #expect(state.receivedByteCount == received && state.chunkByteCount == chunk, "seed \(seed)")
            }
            let isNext = Int.random(in: 0..<3, using: &random) == 0
            let offset = isNext ? Int(received) : try #require(offsets.randomElement(using: &random))
            let bytes = Array(file[offset..<min(offset + Int(chunk), size)])
            switch try await open.rooms.receive(bytes, at: Int64(offset), of: state.identifier, by: server.lab) {
            case .wrongOffset(let right): #expect(right == received && offset > Int(received), "seed \(seed)")
            case .taken(let after):
                #expect(offset <= Int(received), "seed \(seed)")
                received = max(received, Int64(offset + bytes.count))
                #expect(after.receivedByteCount == received, "seed \(seed)")
            }
        }
        _ = try await open.rooms.complete(state.identifier, by: server.lab)
        var back: [UInt8] = []
        while back.count < size {
            back += try await open.rooms.bytes(of: state.identifier, from: Int64(back.count), for: server.lab)
        }
        #expect(back == file, "seed \(seed)")
        let chunks = try await open.journal.read { try $0.records(from: 0, limit: .max) }
            .count { $0.kind == AttachmentRecords.received }
        #expect(chunks == offsets.count, "seed \(seed)")
        let before = try await open.journal.read { try TableDump.lines(of: Projections.all.flatMap(\.tables), in: $0) }
        _ = try await open.journal.rebuild()
        let after = try await open.journal.read { try TableDump.lines(of: Projections.all.flatMap(\.tables), in: $0) }
        expectSame(before, after, "a rebuild gives the same rows, seed \(seed)")
    }
}

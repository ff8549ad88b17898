import Clearinghouse
import Handling
import JSONText
import Journal
import Sealing
import Server
import TestKit
import Testing
import TransparencyLog

@testable import JournalPostgres

extension PostgresTests {
    @Suite struct TwoServersAtOnce {
        @Test func `answer the same idempotency key the same, whichever is asked first`() async throws {
            try await withDatabase { database in
                let servers = try await TwoServers(on: database)
                let (first, second) = (servers.first, servers.second)
                try await withThrowingTaskGroup(of: [FindingReceipt].self) { group in
                    for index in 0..<60 {
                        // Every third has the fingerprint of the two before it.
                        let submission = try TwoServers.submission("key-\(index)", function: "f\(index / 3)")
                        group.addTask {
                            async let one = first.discovery.submit([submission], by: TwoServers.finder)
                            async let two = second.discovery.submit([submission], by: TwoServers.finder)
                            return try await [one[0].get(), two[0].get()]
                        }
                    }
                    var (findings, vulnerabilities) = (Set<String>(), Set<String>())
                    for try await answers in group {
                        #expect(answers[0].finding == answers[1].finding, "\(answers)")
                        #expect(answers[0].vulnerability == answers[1].vulnerability, "\(answers)")
                        #expect(answers[0].joinedExisting == answers[1].joinedExisting, "\(answers)")
                        #expect(answers.count { $0.isRepeat } == 1, "\(answers)")
                        findings.insert(answers[0].finding)
                        vulnerabilities.insert(answers[0].vulnerability)
                    }
                    #expect(findings.count == 60 && vulnerabilities.count == 20)
                }
                #expect(try await first.journal.read { try $0.recordCount() } == 120)
            }
        }

        @Test func `make one member of several starts at once`() async throws {
            try await withDatabase { database in
                let servers = try await TwoServers(on: database)
                let texts = [servers.first.membership.newTokenText(), servers.second.membership.newTokenText()]
                async let one = servers.first.membership.bootstrap(tokenText: texts[0])
                async let two = servers.second.membership.bootstrap(tokenText: texts[1])
                let stands = try await [one, two]
                #expect(stands.filter { $0 }.count == 1)
                let token = stands[0] ? texts[0] : texts[1]
                _ = try await servers.first.membership.authenticate(token)
                _ = try await servers.second.membership.authenticate(token)
            }
        }

        @Test func `grow one log with two sequencers`() async throws {
            try await withDatabase { database in
                let servers = try await TwoServers(on: database)
                async let one = sequence(servers.first, upTo: 800)
                async let two = sequence(servers.second, upTo: 800)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for index in 0..<400 {
                        let rooms = index.isMultiple(of: 2) ? servers.first : servers.second
                        let submission = try TwoServers.submission("key-\(index)", function: "f\(index)")
                        group.addTask { _ = try await rooms.discovery.submit([submission], by: TwoServers.finder) }
                    }
                    try await group.waitForAll()
                }
                try await audit(await one + two, of: servers)
            }
        }

        /// Integrates as often as it can, until the log has this size, whoever brought it there.
        /// - Returns: the checkpoints this server signed.
        private func sequence(_ rooms: Rooms, upTo size: Int64) async throws -> [StoredCheckpoint] {
            var signed: [StoredCheckpoint] = []
            while try await rooms.journal.read({ try $0.latestCheckpoint()?.size }) != size {
                try Task.checkCancellation()
                if let checkpoint = try await rooms.journal.integrate() { signed.append(checkpoint) }
            }
            return signed
        }

        /// Every checkpoint was signed once, by the log, and its root is that of the records up to its size; so are the tiles.
        private func audit(_ signed: [StoredCheckpoint], of servers: TwoServers) async throws {
            let journal = servers.second.journal
            let records = try await journal.read { try $0.records(from: 0, limit: 10_000) }
            let stored = try await journal.read { try $0.rows("SELECT size, note FROM checkpoint ORDER BY size") }
            #expect(try signed.map(\.size).sorted() == stored.map { try $0.integer(0) }, "each size was signed once")
            #expect(records.count == 800 && signed.contains { $0.size == 800 })
            let log = TrustedLog(
                origin: servers.log.origin, verifiers: [try NoteVerifier(vkey: servers.log.verifierKeyText())]
            )
            var builder = TileBuilder()
            for record in records {
                try builder.append(MerkleHash.leaf(record.commitment))
                for checkpoint in signed where checkpoint.size == record.sequence + 1 {
                    let note = try UnverifiedCheckpoint(parsing: Array(checkpoint.note.utf8)).verified(as: log)
                    #expect(note.checkpoint.treeHead == builder.treeHead, "the checkpoint at \(checkpoint.size)")
                }
            }
            for tile in builder.takeChangedTiles() {
                let (level, index) = (Int64(tile.coordinate.level), Int64(tile.coordinate.index))
                let hashes = try await journal.read {
                    try $0.firstRow(
                        "SELECT hashes FROM tile WHERE level = $1 AND position = $2", [.integer(level), .integer(index)]
                    )?.blob(0)
                }
                #expect(hashes == tile.bytes, "tile \(index) of level \(level)")
            }
        }

        @Test func `run each replay once`() async throws {
            try await withDatabase { database in
                let (one, two) = (CountingSandbox(), CountingSandbox())
                let servers = try await TwoServers(on: database, firstSandbox: one.runner, secondSandbox: two.runner)
                var asked: [String] = []
                for index in 0..<12 {
                    asked.append("r\(index)")
                    _ = try await servers.requestReplay("r\(index)")
                }
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for rooms in [servers.first, servers.second] {
                        group.addTask { while try await rooms.validation.runNextReplay() {} }
                    }
                    try await group.waitForAll()
                }
                #expect((one.ran + two.ran).sorted() == asked.sorted(), "\(one.ran) and \(two.ran)")
                #expect(try await servers.verdictCount() == 12)
            }
        }

        @Test func `take over the replay of a server that died, whose late verdict then changes nothing`() async throws {
            try await withDatabase { database in
                let (one, two) = (CountingSandbox(waits: true), CountingSandbox())
                let servers = try await TwoServers(on: database, firstSandbox: one.runner, secondSandbox: two.runner)
                let validation = try await servers.requestReplay("r")
                let (first, second) = (servers.first.validation, servers.second.validation)
                async let late = first.runNextReplay()
                _ = await one.started.first { _ in true }
                #expect(try await second.runNextReplay() == false, "it is leased")
                servers.clock.advance(by: .seconds(2_699))
                #expect(try await second.runNextReplay() == false, "it is still leased")
                servers.clock.advance(by: .seconds(1))
                #expect(try await second.runNextReplay() == true, "its lease ended")
                let verdict = try await servers.second.verdictSalt(of: validation)
                one.goOn()
                #expect(try await late == true)
                #expect(try await servers.verdictCount() == 1 && two.ran == ["r"])
                #expect(try await servers.first.verdictSalt(of: validation) == verdict)
                #expect(try await first.runNextReplay() == false, "it is done")
            }
        }
    }

    @Suite struct Ownership {
        @Test func `asks checkpoint and content key of a database that nothing was written down of`() async throws {
            try await withDatabase { database in
                let key = ContentKeyName("member/lab")
                let sealed = RecordDraft(
                    CounterProjection.counted, in: StreamName("counter", "a"), by: "tester", label: .green,
                    payload: ["note": .null], sealedUnder: key
                )
                let (journal, environment) = try await database.journal()
                try await journal.append([sealed])
                _ = try await journal.integrate()
                let right = environment.journal
                let otherLog = LogIdentity(
                    origin: right.log.origin, signingKey: try SigningKey(seed: Array(repeating: 1, count: 32)))
                let otherKey = try ContentKey(bytes: Array(repeating: 1, count: 32))
                let wrong = [(right.masterKey, otherLog), (otherKey, right.log)].map { masterKey, log in
                    JournalEnvironment(now: right.now, random: right.random, masterKey: masterKey, log: log)
                }
                try TestDatabase.run("DELETE FROM setting", on: database.connectionString)
                for environment in wrong {
                    let error = try await journalError { _ = try await database.journal(environment) }
                    #expect(error?.code == .otherClearinghouse, "\(error?.reason ?? "")")
                }
                _ = try await database.journal(right)
                let error = try await journalError { _ = try await database.journal(wrong[0]) }
                #expect(error?.code == .otherClearinghouse, "\(error?.reason ?? "")")
            }
        }
    }
}

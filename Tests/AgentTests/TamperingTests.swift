import Agent
import Client
import JSONText
import Journal
import JournalSQLite
import Sealing
import Testing
import TransparencyLog

@Suite
struct TamperingTests {
    private typealias Change = @Sendable (String, [UInt8]) -> [UInt8]

    /// Changes one member of every line of the feed.
    private static func feed(_ member: String, _ change: @escaping @Sendable (String) -> String) -> Change {
        { path, bytes in
            guard path.hasPrefix("/v1/feed") else { return bytes }
            let lines = bytes.split(separator: UInt8(ascii: "\n")).map { line in
                guard var object = (try? JSONValue(parsing: Array(line)))?.object else { return Array(line) }
                object[member] = .string(change(object[member]?.string ?? ""))
                return JSONValue.object(object).bytes()
            }
            return Array(lines.joined(separator: [UInt8(ascii: "\n")]))
        }
    }

    private static func text(_ prefix: String, _ change: @escaping @Sendable (String) -> String) -> Change {
        { path, bytes in
            path.hasPrefix(prefix) ? Array(change(String(decoding: bytes, as: UTF8.self)).utf8) : bytes
        }
    }

    /// Another signature of the same length.
    private static func resigned(_ checkpoint: String) -> String {
        guard let space = checkpoint.lastIndex(of: " ") else { return checkpoint }
        let place = checkpoint.index(space, offsetBy: 40)
        var changed = checkpoint
        changed.replaceSubrange(place...place, with: checkpoint[place] == "A" ? "B" : "A")
        return changed
    }

    private static let unverified: [(String, Change, reason: String)] = [
        ("OSV document", feed("osv") { $0.replacing("a bug", with: "no bug") }, "is not the one it names"),
        ("CSAF document", feed("csaf") { _ in "{}" }, "is not the one it names"),
        ("body", feed("body") { $0.replacing("\"version\":1", with: "\"version\":2") }, "is not the one the log committed to"),
        ("salt", feed("salt") { _ in String(repeating: "00", count: 32) }, "is not the one the log committed to"),
        ("signature", text("/log/checkpoint", resigned), "checkpoint does not verify"),
        ("root", text("/log/checkpoint") { $0.replacing("=\n\n", with: "A\n\n") }, "checkpoint does not verify"),
        (
            "new leaf",
            { path, bytes in path.hasPrefix("/log/tile/0/") ? bytes.dropLast() + [bytes[bytes.count - 1] ^ 1] : bytes },
            "do not give the root"
        ),
        (
            "old leaf", { path, bytes in path.hasPrefix("/log/tile/0/") ? [bytes[0] ^ 1] + bytes.dropFirst() : bytes },
            "was rewritten"
        )
    ]

    /// Expects a refusal that leaves what the agent keeps as it was.
    private static func expectRefusal(
        _ house: LiveHouse, from url: String, _ code: AgentError.Code, _ reason: String, _ what: String
    ) async {
        let before = house.kept()
        let error = await #expect(throws: AgentError.self, "\(what) was changed") { try await house.pull(from: url) }
        #expect(error?.code == code, "\(what): \(error?.reason ?? "")")
        #expect(error?.reason.contains(reason) == true, "\(what): \(error?.reason ?? "")")
        #expect(house.kept() == before, "\(what) was changed, and the copy with it")
    }

    @Test
    func `refuses changed documents, records, salts, checkpoints and leaves, and keeps its copy as it was`() async throws {
        try await LiveHouse.open { house in
            try await house.publish([SampleRecord.text("GO-1")])
            _ = try await house.pull()
            try await house.publish([SampleRecord.text("GO-2"), SampleRecord.text("GO-3")])
            for (what, change, reason) in Self.unverified {
                try await TamperingProxy.open(to: house.url, changing: change) { url in
                    await Self.expectRefusal(house, from: url, .unverified, reason, what)
                }
            }
            // Nothing of that stands in the way of an honest answer.
            try await TamperingProxy.open(to: house.url, changing: { $1 }) { url in
                let summary = try await house.pull(from: url)
                #expect(summary.taken == 2)
            }
        }
    }

    @Test
    func `refuses a document sent along with a record that names none`() async throws {
        try await LiveHouse.open { house in
            try await house.publish([SampleRecord.text("GO-1")])
            _ = try await house.pull()
            _ = try await house.administrator.json(
                .post, "/v1/members", ["id": "lab-a", "name": "Lab A", "roles": ["finder"]])
            _ = try await house.journal.integrate()
            let last = try await house.journal.read { try $0.record(at: $0.recordCount() - 1) }
            let record = try #require(last)
            let line: JSONValue = [
                "sequence": .number(JSONNumber(record.sequence)),
                "body": .string(String(decoding: record.body, as: UTF8.self)),
                "salt": .string(Hexadecimal.encode(record.salt.bytes)), "osv": .string(SampleRecord.text("GO-2"))
            ]
            try await TamperingProxy.open(
                to: house.url, changing: { path, bytes in path.hasPrefix("/v1/feed") ? line.bytes() : bytes }
            ) { url in
                await Self.expectRefusal(house, from: url, .unverified, "is not the one it names", "another record")
            }
        }
    }

    @Test
    func `refuses a clearinghouse that shows another key than the pinned one`() async throws {
        try await LiveHouse.open { house in
            try await house.publish([SampleRecord.text("GO-1")])
            _ = try await house.pull()
            let other = Hexadecimal.encode(try SigningKey(seed: Array(repeating: 6, count: 32)).verificationKey.bytes)
            let change: Change = { path, bytes in
                guard path == "/v1/identity", var shown = (try? JSONValue(parsing: bytes))?.object else { return bytes }
                shown["signingKey"] = .string(other)
                return JSONValue.object(shown).bytes()
            }
            try await TamperingProxy.open(to: house.url, changing: change) { url in
                await Self.expectRefusal(house, from: url, .identityChanged, "other keys", "the key")
            }
        }
    }

    @Test
    func `refuses a log that shrank`() async throws {
        try await LiveHouse.open { house in
            try await house.publish([SampleRecord.text("GO-1")])
            let old = try await house.administrator.bytes(.get, "/log/checkpoint")
            try await house.publish([SampleRecord.text("GO-2")])
            _ = try await house.pull()
            let change: Change = { path, bytes in path == "/log/checkpoint" ? old : bytes }
            try await TamperingProxy.open(to: house.url, changing: change) { url in
                await Self.expectRefusal(house, from: url, .unverified, "shrank", "the size")
            }
        }
    }

    @Test
    func `refuses a log that was rewritten, though the same keys sign it`() async throws {
        try await LiveHouse.open { house in
            try await house.publish([SampleRecord.text("GO-1")])
            _ = try await house.pull()
            try await LiveHouse.open(seed: 2) { other in
                for size in [1, 4] {
                    try await other.publish((0..<size).map { SampleRecord.text("GO-\(size)\($0)") })
                    await Self.expectRefusal(house, from: other.url, .unverified, "rewritten", "the past")
                }
            }
        }
    }

    @Test
    func `refuses lines and identities that are not complete`() async throws {
        try await LiveHouse.open { house in
            try await house.publish([SampleRecord.text("GO-1")])
            _ = try await house.pull()
            for (prefix, answer) in [("/v1/feed", "{\"sequence\":1}"), ("/v1/identity", "{\"origin\":\"x\"}")] {
                try await TamperingProxy.open(to: house.url, changing: Self.text(prefix) { _ in answer }) { url in
                    await Self.expectRefusal(house, from: url, .malformed, "is not complete", prefix)
                }
            }
        }
    }
}

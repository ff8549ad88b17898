import Agent
import Foundation
import Sealing
import Testing

@Suite
struct FeedPullTests {
    @Test
    func `takes what is new each time, and pins the clearinghouse on first contact`() async throws {
        try await LiveHouse.open { house in
            // More than one tile of the log, the last of them partial.
            try await house.publish((0..<300).map { SampleRecord.text("GO-\($0)") })
            #expect(try house.agent.pinnedIdentity() == nil)
            let first = try await house.pull()
            #expect(first.taken == 300 && first.isFirstContact && first.logSize > 300)
            let pinned = try #require(try house.agent.pinnedIdentity())
            #expect(pinned.origin == "log.example/test")
            let second = try await house.pull()
            #expect(second.taken == 0 && !second.isFirstContact)
            try await house.publish([SampleRecord.text("GO-7", summary: "worse").replacing("01-02T", with: "01-03T")])
            #expect(try await house.pull().taken == 1)
            let matching = try LocalMatching(house.agent)
            #expect(matching.advisoryCount == 300 && matching.damagedLineCount == 0)
            #expect(String(decoding: house.agent.advisoryLines(), as: UTF8.self).contains("worse"))
            #expect(try house.agent.pinnedIdentity() == pinned)
        }
    }

    @Test
    func `loses no advisory to a pull that was killed while it wrote`() async throws {
        try await LiveHouse.open { house in
            try await house.publish((0..<5).map { SampleRecord.text("GO-\($0)") })
            _ = try await house.pull()
            let file = house.agent.path + "/advisories.ndjson"
            let before = try #require(FileManager.default.contents(atPath: file))
            try await house.publish((5..<8).map { SampleRecord.text("GO-\($0)") })
            // Killed after half a line; the state was not saved, so the next pull starts where the last whole one ended.
            let half = SampleRecord.text("GO-5").prefix(60)
            try (before + Data("\n\(half)".utf8)).write(to: URL(fileURLWithPath: file))
            #expect(try LocalMatching(house.agent).damagedLineCount == 1)
            #expect(try await house.pull().taken == 3)
            let matching = try LocalMatching(house.agent)
            #expect(matching.advisoryCount == 8)
            #expect(matching.damagedLineCount == 1)
        }
    }

    @Test
    func `vouches for no document but those it has verified`() async throws {
        try await LiveHouse.open { house in
            try await house.publish([SampleRecord.text("GO-1"), SampleRecord.text("GO-2")])
            let (text, other) = (Array(SampleRecord.text("GO-1").utf8), Array(SampleRecord.text("GO-1", summary: "x").utf8))
            #expect(throws: AgentError.self, "nothing was pulled") { try house.agent.requireVerified(text, as: "GO-1") }
            _ = try await house.pull()
            try house.agent.requireVerified(text, as: "GO-1")
            for (bytes, identifier, reason) in [(other, "GO-1", "another revision"), (text, "GO-3", "pull first")] {
                let error = #expect(throws: AgentError.self) { try house.agent.requireVerified(bytes, as: identifier) }
                #expect(error?.code == .unverified && error?.reason.contains(reason) == true)
            }
        }
    }

    @Test
    func `says in words that its own state is damaged`() async throws {
        try await LiveHouse.open { house in
            try await house.publish([SampleRecord.text("GO-1")])
            _ = try await house.pull()
            try TemporaryDirectory.write("{\"lastSequence\":true}", to: house.agent.path + "/state.json")
            let error = await #expect(throws: AgentError.self) { try await house.pull() }
            #expect(error?.code == .storage && error?.reason.contains("damaged") == true)
        }
    }

    @Test
    func `keeps its secrets readable by their owner only`() async throws {
        try await TemporaryDirectory.make { path in
            let directory = try AgentDirectory(path: path + "/agent")
            let key = try directory.signingKey { Array(repeating: 4, count: $0) }
            let again = try directory.signingKey { Array(repeating: 9, count: $0) }
            #expect(key.verificationKey == again.verificationKey, "made once")
            func permissions(_ name: String) throws -> Int? {
                try FileManager.default.attributesOfItem(atPath: directory.path + name)[.posixPermissions] as? Int
            }
            #expect(try permissions("") == 0o700)
            #expect(try permissions("/operator.seed") == 0o600)
        }
    }
}

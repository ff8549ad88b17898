import Foundation
import JSONText
package import Sealing

/// What the agent keeps on the operator's machine, and nothing of it leaves: the clearinghouse's pinned identity, the
/// operator's signing key, verified advisories, and what was done.
package struct AgentDirectory: Sendable {
    package let path: String

    package init(path: String) throws {
        self.path = path
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700]
        )
    }

    /// The identity pinned when the agent first connected; nil before.
    package func pinnedIdentity() throws -> ClearinghouseIdentity? {
        guard let bytes = read("identity.json") else { return nil }
        return try ClearinghouseIdentity(json: JSONValue(parsing: bytes))
    }

    package func pin(_ identity: ClearinghouseIdentity) throws {
        try write(identity.json.bytes(pretty: true), to: "identity.json")
    }

    /// The operator's key, made on first use with `random`.
    package func signingKey(random: (Int) -> [UInt8]) throws -> SigningKey {
        if let text = read("operator.seed"), let seed = Hexadecimal.decode(String(decoding: text, as: UTF8.self)) {
            return try SigningKey(seed: seed)
        }
        let seed = random(32)
        try write(Array(Hexadecimal.encode(seed).utf8), to: "operator.seed")
        return try SigningKey(seed: seed)
    }

    /// The verified feed as of the last pull.
    package func state() throws -> AgentState {
        guard let bytes = read("state.json") else { return AgentState() }
        return try AgentState(json: JSONValue(parsing: bytes))
    }

    package func save(_ state: AgentState) throws {
        try write(state.json.bytes(), to: "state.json")
    }

    /// The file of `advisoryLines`.
    package var advisoriesPath: String { path + "/advisories.ndjson" }

    /// The index of `advisoryLines`.
    package var index: IndexDirectory { IndexDirectory(path: path + "/index") }

    /// Verified OSV documents, one a line, in the order of the feed; a later line replaces an earlier one of the same id.
    package func advisoryLines() -> [UInt8] {
        read("advisories.ndjson") ?? []
    }

    /// Nothing is signed about a document that was not verified here.
    /// - Throws: `unverified` where the advisory is not among those pulled, or is another revision of it.
    package func requireVerified(_ osv: [UInt8], as identifier: String) throws {
        let shown = osv.filter { $0 != UInt8(ascii: "\n") }
        let pulled = advisoryLines().split(separator: UInt8(ascii: "\n")).last { line in
            (try? JSONValue(parsing: Array(line)))?["id"]?.string == identifier
        }
        guard let pulled else {
            throw AgentError(.unverified, "\(identifier) is not among the advisories verified in \(path); pull first")
        }
        guard pulled.elementsEqual(shown) else {
            throw AgentError(.unverified, "\(identifier) is another revision than the one verified in \(path); pull again")
        }
    }

    package func appendAdvisories(_ lines: [UInt8]) throws {
        let file = advisoriesPath
        if !FileManager.default.fileExists(atPath: file) { try write([], to: "advisories.ndjson") }
        guard let handle = FileHandle(forWritingAtPath: file) else {
            throw AgentError(.storage, "\(file) can't be written")
        }
        defer { try? handle.close() }
        _ = try handle.seekToEnd()
        // On a line of its own, whatever a killed pull left behind: half a line there must not swallow a whole one.
        try handle.write(contentsOf: Data([UInt8(ascii: "\n")] + lines))
        try handle.synchronize()
    }

    private func read(_ name: String) -> [UInt8]? {
        FileManager.default.contents(atPath: path + "/" + name).map(Array.init)
    }

    /// Whole or not at all: written beside, then renamed.
    private func write(_ bytes: [UInt8], to name: String) throws {
        let file = URL(fileURLWithPath: path + "/" + name)
        try Data(bytes).write(to: file, options: .atomic)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
    }
}

/// Where the agent stands in the feed.
package struct AgentState: Sendable {
    /// The sequence of the last record taken; -1 before the first.
    package var lastSequence: Int64 = -1
    /// The last checkpoint verified: every later one must be consistent with it.
    package var checkpointSize: UInt64 = 0
    package var checkpointRoot: Digest?

    package init() {}

    init(json: JSONValue) throws {
        guard let last = json["lastSequence"]?.integer, let size = json["checkpointSize"]?.integer else {
            throw AgentError(.storage, "the agent's state is damaged; delete its directory to start again")
        }
        lastSequence = last
        checkpointSize = UInt64(max(0, size))
        checkpointRoot = json["checkpointRoot"]?.string.flatMap(Digest.init(hex:))
    }

    var json: JSONValue {
        [
            "lastSequence": .number(JSONNumber(lastSequence)),
            "checkpointSize": .number(JSONNumber(Int64(checkpointSize))),
            "checkpointRoot": checkpointRoot.map { .string($0.hex) } ?? .null
        ]
    }
}

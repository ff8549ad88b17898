import Clearinghouse
import HTTPTypes
import HummingbirdCore
import JSONText
import Journal
import Sealing
import TransparencyLog

/// The transparency log as C2SP tlog-tiles serves it: static-looking resources under one prefix.
enum LogEndpoints {
    static let all = [key, checkpoint, tile]

    private static let key = Endpoint(
        .get, "/v1/identity", "readIdentity",
        "The name of this clearinghouse and the keys it signs with; pin them when you first connect", access: .anyone,
        answers: [
            .json(
                200, "The keys",
                Schema.object([("origin", Schema.text), ("logKey", Schema.text), ("signingKey", Schema.text)])
            )
        ]
    ) { call in
        Answer.json([
            "origin": .string(call.rooms.environment.origin), "logKey": .string(call.rooms.logKey),
            "signingKey": .string(Hexadecimal.encode(call.rooms.environment.signingKey.verificationKey.bytes))
        ])
    }

    private static let checkpoint = Endpoint(
        .get, "/log/checkpoint", "readCheckpoint", "The latest signed checkpoint (C2SP tlog-checkpoint)", access: .anyone,
        answers: [.init(status: 200, meaning: "A signed note", mediaType: "text/plain", schema: Schema.text)]
    ) { call in
        guard let checkpoint = try await call.rooms.journal.read({ try $0.latestCheckpoint() }) else {
            throw Refusal(.notFound, "the log is empty")
        }
        return Answer.text(checkpoint.note)
    }

    private static let tile = Endpoint(
        .get, "/log/tile/{resource*}", "readTile", "A tile of hashes or a bundle of entries (C2SP tlog-tiles)", access: .anyone,
        answers: [
            .init(status: 200, meaning: "Hashes, or entries", mediaType: "application/octet-stream", schema: Schema.text)
        ]
    ) { call in
        let path = call.request.uri.path
        guard let resource = try? TileResource(path: String(path.dropFirst("/log/".count))) else {
            throw Refusal(.malformed, "not a path of tlog-tiles", place: path)
        }
        let bytes = try await call.rooms.journal.read { snapshot in
            switch resource {
            case .tile(let coordinate): try snapshot.tile(coordinate)
            case .entries(let coordinate): try snapshot.entries(coordinate)
            }
        }
        guard let bytes else { throw Refusal(.notFound, "the log has no \(path) yet") }
        return Answer.bytes(bytes, "application/octet-stream")
    }
}

extension JournalSnapshot {
    /// A wider tile answers for its prefixes, so partial tiles stay readable after they grew.
    fileprivate func tile(_ coordinate: TileCoordinate) throws -> [UInt8]? {
        // Paths name indexes up to 2^64 - 1; the database keeps signed numbers.
        guard let index = Int64(exactly: coordinate.index) else { return nil }
        let row = try firstRow(
            "SELECT hashes FROM tile WHERE level = $1 AND position = $2",
            [.integer(Int64(coordinate.level)), .integer(index)]
        )
        guard let hashes = try row?.blob(0), hashes.count >= coordinate.width * 32 else { return nil }
        return Array(hashes.prefix(coordinate.width * 32))
    }

    /// Entries are the commitments of the records, read from the journal itself; only what a checkpoint covers is served.
    fileprivate func entries(_ coordinate: EntryBundleCoordinate) throws -> [UInt8]? {
        let size = try latestCheckpoint()?.size ?? 0
        let width = Int64(TileCoordinate.fullWidth)
        guard let index = Int64(exactly: coordinate.index), index <= size / width else { return nil }
        let first = index * width
        guard first + Int64(coordinate.width) <= size else { return nil }
        let entries = try rows(
            "SELECT commitment FROM record WHERE sequence >= $1 AND sequence < $2 ORDER BY sequence",
            [.integer(first), .integer(first + Int64(coordinate.width))]
        ).map { try $0.blob(0) }
        return try EntryBundle(coordinate, entries: entries).bytes
    }
}

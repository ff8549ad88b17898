import CivilTime
import Clearinghouse
import HTTPTypes
import Hummingbird
import JSONText
import NIOCore
import Sealing

/// Advisories: read by anyone, imported by members, and handed out as one verifiable feed.
enum AdvisoryEndpoints {
    static let all = [list, readOSV, readCSAF, importOSV, feed]

    private static let list = Endpoint(
        .get, "/v1/advisories", "listAdvisories", "Advisories, latest first", access: .anyone,
        query: Paging.parameters + [.init(name: "source", meaning: "only those of this source", isInteger: false)],
        answers: [
            .json(
                200, "A page",
                Schema.object([
                    (
                        "advisories",
                        Schema.list(
                            Schema.object([
                                ("id", Schema.text), ("source", Schema.text), ("summary", Schema.text),
                                ("modified", Schema.moment), ("withdrawn", Schema.boolean), ("sequence", Schema.integer)
                            ])
                        )
                    ), ("next", ["type": ["integer", "null"]])
                ])
            )
        ]
    ) { call in
        let page = try Paging(call)
        let found = try await call.rooms.distribution.advisories(
            before: page.before, limit: page.limit, source: call.query("source")
        )
        return Answer.json(["advisories": .array(found.map(json)), "next": page.next(found.map(\.sequence))])
    }

    private static let readOSV = Endpoint(
        .get, "/v1/advisories/{advisory}/osv", "readAdvisoryOSV", "The advisory as OSV, byte for byte as it was recorded",
        access: .anyone, answers: [.json(200, "An OSV record", ["type": "object"])]
    ) { call in
        Answer.bytes(try await call.rooms.distribution.osv(try call.parameter("advisory")), "application/json")
    }

    private static let readCSAF = Endpoint(
        .get, "/v1/advisories/{advisory}/csaf", "readAdvisoryCSAF", "The advisory as CSAF 2.0", access: .anyone,
        answers: [.json(200, "A CSAF document", ["type": "object"])]
    ) { call in
        Answer.bytes(try await call.rooms.distribution.csaf(try call.parameter("advisory")), "application/json")
    }

    private static let importOSV = Endpoint(
        .post, "/v1/advisories/import", "importAdvisories",
        "Import OSV records as NDJSON; each is validated, refused ones are named with the reason and the place",
        access: .member(.importAdvisories),
        query: [.init(name: "source", meaning: "what to call the source", isInteger: false)],
        body: .init(mediaTypes: ["application/x-ndjson"], schema: Schema.text, maximumByteCount: .max),
        answers: [
            .json(
                200, "What became of every record",
                Schema.object([
                    ("new", Schema.integer), ("changed", Schema.integer), ("unchanged", Schema.integer),
                    ("older", Schema.integer),
                    (
                        "refused",
                        Schema.list(Schema.object([("name", Schema.text), ("reason", Schema.text)]))
                    )
                ])
            )
        ]
    ) { call in
        let (source, principal) = (call.query("source") ?? "api", try call.caller())
        var splitter = LineSplitter(maximumLineByteCount: BodyLimit.report)
        var (lines, tally) = (OSVLines(source: source), ImportTally())
        for try await buffer in call.request.body {
            for line in splitter.split(buffer.readableBytesView) {
                lines.add(line)
                guard lines.isFull else { continue }
                let caller = try await call.callerStill()
                tally += try await call.rooms.distribution.importOSV(lines.documents, from: source, by: caller)
                lines.removeAll()
            }
        }
        if let last = splitter.finish() { lines.add(last) }
        tally.refused += lines.refused
        tally += try await call.rooms.distribution.importOSV(lines.documents, from: source, by: principal)
        try await call.rooms.distribution.recordReading(of: source, tally, by: principal)
        return Answer.json(json(tally))
    }

    private static let feed = Endpoint(
        .get, "/v1/feed", "readFeed",
        "Public records after a sequence, oldest first, each with what proves it: body, salt, documents (NDJSON)",
        access: .anyone,
        query: [.init(name: "after", meaning: "only records after this sequence; -1 for all", isInteger: true)],
        answers: [
            .init(status: 200, meaning: "One JSON line a record", mediaType: "application/x-ndjson", schema: Schema.text)
        ]
    ) { call in
        let start = try call.integerQuery("after", default: -1, in: -1...(.max))
        let distribution = call.rooms.distribution
        return Response(
            status: .ok, headers: [.contentType: "application/x-ndjson"],
            body: ResponseBody { writer in
                var after = start
                while true {
                    let entries = try await distribution.feed(after: after, limit: feedPageSize)
                    guard let last = entries.last else { break }
                    try await writer.write(ByteBuffer(bytes: entries.flatMap(line)))
                    after = last.sequence
                }
                try await writer.finish(nil)
            }
        )
    }

    /// Records read at once for the feed: at most about a megabyte on real advisories.
    private static let feedPageSize: Int64 = 250

    private static func line(_ entry: FeedEntry) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("sequence")
        writer.integer(entry.sequence)
        writer.key("body")
        writer.string(String(decoding: entry.body, as: UTF8.self))
        writer.key("salt")
        writer.string(Hexadecimal.encode(entry.salt.bytes))
        writer.key("osv")
        writer.string(String(decoding: entry.osv, as: UTF8.self))
        if let csaf = entry.csaf {
            writer.key("csaf")
            writer.string(String(decoding: csaf, as: UTF8.self))
        }
        writer.endObject()
        return writer.bytes + [UInt8(ascii: "\n")]
    }

    private static func json(_ advisory: AdvisorySummary) -> JSONValue {
        [
            "id": .string(advisory.identifier), "source": .string(advisory.source), "summary": .string(advisory.summary),
            "modified": .string(advisory.modified.description), "withdrawn": .bool(advisory.isWithdrawn),
            "sequence": .number(JSONNumber(advisory.sequence))
        ]
    }

    private static func json(_ tally: ImportTally) -> JSONValue {
        [
            "new": .number(JSONNumber(Int64(tally.new))), "changed": .number(JSONNumber(Int64(tally.changed))),
            "unchanged": .number(JSONNumber(Int64(tally.unchanged))), "older": .number(JSONNumber(Int64(tally.older))),
            "refused": .array(tally.refused.map { ["name": .string($0.name), "reason": .string($0.reason)] })
        ]
    }
}

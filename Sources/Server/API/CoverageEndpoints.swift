import CivilTime
import Clearinghouse
import HTTPTypes
import JSONText

/// The coverage ledger: who searched is not said; what, how and when is, and of searches that found something only how and when.
enum CoverageEndpoints {
    static let all = [read, gaps]

    private static let entry = Schema.object([
        ("target", Schema.text), ("revision?", Schema.text), ("subsystem?", Schema.text), ("bugClass?", Schema.text),
        ("toolFamily?", Schema.text), ("modelFamily?", Schema.text), ("findings?", Schema.integer),
        ("searched", Schema.moment), ("ageSeconds", Schema.integer)
    ])

    private static let read = Endpoint(
        .get, "/v1/coverage", "readCoverage",
        "Complete searches of a target, latest first, with their age. Of others' searches that found something only tool and moment are told",
        access: .member(.claimLeases),
        query: [.init(name: "target", meaning: "A package URL or a repository's address", isInteger: false)],
        answers: [.json(200, "The searches", Schema.object([("target", Schema.text), ("coverage", Schema.list(entry))]))]
    ) { call in
        guard let text = call.query("target") else {
            throw Refusal(.malformed, "which target?", place: "query parameter target")
        }
        let target = try ScanTarget(text, at: "query parameter target")
        let now = call.rooms.environment.now()
        let entries = try await call.rooms.coverage.entries(of: target, for: try call.caller())
        return Answer.json(["target": .string(target.name), "coverage": .array(entries.map { json($0, at: now) })])
    }

    private static let gaps = Endpoint(
        .get, "/v1/coverage/gaps", "listCoverageGaps",
        "Where to look next: the most critical targets that nobody searched as a whole, then those whose last such search is oldest",
        access: .member(.claimLeases),
        query: [
            .init(name: "bugClass", meaning: "Searches for this class count too, else those for all only", isInteger: false),
            .init(name: "toolFamily", meaning: "Only searches by this family, or by all, count", isInteger: false),
            .init(name: "limit", meaning: "How many, 1 to 500; 50 unless said", isInteger: true)
        ],
        answers: [
            .json(
                200, "Targets",
                Schema.object([
                    (
                        "gaps",
                        Schema.list(
                            Schema.object([
                                ("target", Schema.text), ("criticality", Schema.integer), ("lastSearched", Schema.optionalText)
                            ]))
                    )
                ]))
        ]
    ) { call in
        let gaps = try await call.rooms.coverage.gaps(
            bugClass: try call.query("bugClass").map { try BugClass($0, at: "query parameter bugClass") },
            toolFamily: call.query("toolFamily")?.lowercased(), at: call.rooms.environment.now(),
            limit: try call.integerQuery("limit", default: 50, in: 1...500), for: try call.caller()
        )
        return Answer.json(["gaps": .array(gaps.map(json))])
    }

    static func json(_ entry: CoverageEntry, at now: Timestamp) -> JSONValue {
        .object(
            JSONObject(
                entry.scope.members.filter { $0.0 != "revisionOnly" }
                    + (entry.findingCount.map { [("findings", .number(JSONNumber($0)))] } ?? []) + [
                        ("searched", .string(entry.searched.description)),
                        ("ageSeconds", .number(JSONNumber(entry.age(at: now).components.seconds)))
                    ]))
    }

    private static func json(_ gap: CoverageGap) -> JSONValue {
        [
            "target": .string(gap.target), "criticality": .number(JSONNumber(gap.criticality)),
            "lastSearched": gap.lastSearched.map { .string($0.description) } ?? .null
        ]
    }
}

import CivilTime
import Handling
import JSONText
import Journal
import Sealing

/// The facts about targets. What a maintainer wants of finders is meant to be known to them: it is not sealed.
enum TargetRecords {
    static let governed = RecordKind("target.governed")

    static func stream(_ identifier: String) -> StreamName { StreamName("target", identifier) }

    /// The whole policy, which replaces the one before.
    /// - Parameter previous: aliases the target had until now, named because a projection sees one record at a time.
    /// - Parameter source: the federation record that the change follows.
    static func governed(
        _ target: String, _ policy: TargetPolicy, _ origin: PolicyOrigin, previous: [String], source: Content?, secret: [UInt8],
        by actor: String
    ) -> RecordDraft {
        var members: [(String, JSONValue)] = [
            ("channelRouted", .bool(origin.isChannelRouted)),
            ("dropped", .array(previous.filter { !policy.aliases.contains($0) }.map { .string($0) })),
            ("policy", policy.json), ("target", .string(target))
        ]
        if let lifted = origin.liftedOptOut { members.append(("liftedOptOut", .string(lifted.description))) }
        if let source { members.append(("source", .string(source.digest.hex))) }
        return RecordDraft(
            governed, in: stream(Identifier.derived("g", secret: secret, from: [target])), by: actor, label: .green,
            payload: .object(JSONObject(members)), contents: source.map { [$0] } ?? []
        )
    }
}

/// Targets and their aliases as tables.
enum TargetProjection {
    static let target = TableSchema(
        "scan_target",
        columns: [
            .text("name"), .text("maintainer").optional, .integer("criticality"), .integer("closed"),
            .integer("opted_out").optional, .text("policy"), .integer("governed"), .integer("sequence"),
            .integer("lifted_opt_out").optional, .integer("channel_routed")
        ],
        primaryKey: ["name"],
        indexes: [["criticality"], ["maintainer"], ["sequence"]]
    )

    static let alias = TableSchema(
        "target_alias", columns: [.text("alias"), .text("target")], primaryKey: ["alias"], indexes: [["target"]])

    /// Takes the policy as it was recorded: what may be recorded is decided before, and a rule that was made later must not make a
    /// maintainer's wish disappear.
    static let projection = Projection("targets", tables: [target, alias]) { record, _ in
        guard
            record.kind == TargetRecords.governed, let payload = record.payload, let name = payload["target"]?.string,
            let policy = payload["policy"]
        else { return [] }
        let row: [SQLValue] = [
            .text(name), .optional(policy["maintainer"]?.string), .integer(policy["criticality"]?.integer ?? 0),
            .integer(policy["closed"]?.bool == true ? 1 : 0), .optional(optOut(policy, record)),
            .text(String(decoding: policy.canonicalBytes(), as: UTF8.self)), .integer(record.time.millisecondsSinceEpoch),
            .integer(record.sequence), .optional(moment(payload["liftedOptOut"])),
            .integer(payload["channelRouted"]?.bool == true ? 1 : 0)
        ]
        return [.put(target, row)] + texts(payload["dropped"]).map { .delete(alias, keyPrefix: [.text($0)]) }
            + texts(policy["aliases"]).map { .put(alias, [.text($0), .text(name)]) }
    }

    /// Since when the target is opted out, if it is.
    private static func optOut(_ policy: JSONValue, _ record: JournalRecord) -> Int64? {
        guard let optOut = policy["optOut"], !optOut.isNull else { return nil }
        return moment(optOut["requestedAt"]) ?? record.time.millisecondsSinceEpoch
    }

    private static func moment(_ value: JSONValue?) -> Int64? {
        value?.string.flatMap(Timestamp.init(rfc3339:))?.millisecondsSinceEpoch
    }

    private static func texts(_ value: JSONValue?) -> [String] { (value?.array ?? []).compactMap(\.string) }
}

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
        _ target: String, _ policy: TargetPolicy, previous: [String], source: Content?, secret: [UInt8], by actor: String
    ) -> RecordDraft {
        var members: [(String, JSONValue)] = [
            ("dropped", .array(previous.filter { !policy.aliases.contains($0) }.map { .string($0) })),
            ("policy", policy.json), ("target", .string(target))
        ]
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
            .integer("opted_out").optional, .text("policy"), .integer("governed"), .integer("sequence")
        ],
        primaryKey: ["name"],
        indexes: [["criticality"], ["maintainer"], ["sequence"]]
    )

    static let alias = TableSchema(
        "target_alias", columns: [.text("alias"), .text("target")], primaryKey: ["alias"], indexes: [["target"]])

    static let projection = Projection("targets", tables: [target, alias]) { record, _ in
        guard
            record.kind == TargetRecords.governed, let payload = record.payload, let name = payload["target"]?.string,
            let value = payload["policy"], let policy = try? TargetPolicy(json: value)
        else { return [] }
        let dropped = (payload["dropped"]?.array ?? []).compactMap(\.string)
        let row: [SQLValue] = [
            .text(name), .optional(policy.maintainer), .integer(policy.criticality), .integer(policy.isClosed ? 1 : 0),
            .optional(policy.optOut?.requested.millisecondsSinceEpoch),
            .text(String(decoding: value.canonicalBytes(), as: UTF8.self)), .integer(record.time.millisecondsSinceEpoch),
            .integer(record.sequence)
        ]
        return [.put(target, row)] + dropped.map { .delete(alias, keyPrefix: [.text($0)]) }
            + policy.aliases.map { .put(alias, [.text($0), .text(name)]) }
    }
}

import CivilTime
import JSONText
import Journal

/// What complete searches covered, as tables.
enum CoverageProjection {
    /// The last search of each scope. Dimensions that mean all are empty here, because they are part of the key.
    ///
    /// `seen_by` is empty for a search in vain, which everybody sees whole, and else the member who searched. It is part of the key: a row
    /// in vain that vanished when somebody found something there would tell the others where.
    static let coverage = TableSchema(
        "coverage",
        columns: [
            .text("target"), .text("revision"), .text("bug_class"), .text("tool_family"), .text("model_family"),
            .text("subsystem"), .text("seen_by"), .integer("findings"), .integer("searched")
        ],
        primaryKey: ["target", "revision", "bug_class", "tool_family", "model_family", "subsystem", "seen_by"],
        indexes: [["target", "searched"]]
    )

    /// The last search of a target's whole line by class and tool, for the gaps: a few rows a target, however often it is searched.
    ///
    /// `seen_by` is the member who searched, where it found something and looked for one class: to everybody else the row would tell what
    /// kind of bug is there. Empty for rows that count for everybody.
    static let wholeSearch = TableSchema(
        "whole_search",
        columns: [.text("target"), .text("bug_class"), .text("tool_family"), .text("seen_by"), .integer("searched")],
        primaryKey: ["target", "bug_class", "tool_family", "seen_by"]
    )

    static let projection = Projection("coverage", tables: [coverage, wholeSearch]) { record, _ in
        guard
            record.kind == LeaseRecords.released, let payload = record.payload, let target = payload["target"]?.string,
            payload["complete"]?.bool == true
        else { return [] }
        func part(_ name: String) -> String { payload[name]?.string ?? "" }
        let scope = ["revision", "bugClass", "toolFamily", "modelFamily", "subsystem"].map { SQLValue.text(part($0)) }
        let (findings, searched) = (payload["findings"]?.integer ?? 0, SQLValue.integer(record.time.millisecondsSinceEpoch))
        let seenBy = SQLValue.text(findings > 0 ? record.actor : "")
        let row = [.text(target)] + scope + [seenBy, .integer(findings), searched]
        // One directory, or one commit's difference, is not the target.
        guard part("subsystem").isEmpty, payload["revisionOnly"]?.bool != true else { return [.put(coverage, row)] }
        let bugClass = part("bugClass")
        return [
            .put(coverage, row),
            .put(
                wholeSearch,
                [.text(target), .text(bugClass), .text(part("toolFamily")), bugClass.isEmpty ? .text("") : seenBy, searched]
            )
        ]
    }
}

import JSONText

extension AuditReport {
    /// The report for programs: canonical JSON with `clean`, `complete`, `counts`, `findings` and `unlisted`.
    package var json: [UInt8] {
        let value: JSONValue = [
            "clean": .bool(isClean), "complete": .bool(isComplete), "counts": counts.json,
            "findings": .array(findings.map(\.json)), "unlisted": .array(unlisted.map(\.json))
        ]
        return value.canonicalBytes()
    }
}

extension AuditFinding {
    fileprivate var json: JSONValue {
        [
            "check": .string(check.rawValue), "detail": .string(detail), "grade": .string(grade.rawValue),
            "place": .string(place)
        ]
    }
}

extension UnlistedFindings {
    fileprivate var json: JSONValue {
        [
            "check": .string(check.rawValue), "count": .number(JSONNumber(Int64(count))),
            "grade": .string(grade.rawValue)
        ]
    }
}

extension AuditCounts {
    fileprivate var json: JSONValue {
        let pairs: [(String, Int64)] = [
            ("advisoryStatements", advisoryStatements), ("checkpoints", checkpoints), ("contents", contents),
            ("destroyedRecords", destroyedRecords), ("jobs", jobs), ("logSize", logSize), ("opaqueRecords", opaqueRecords),
            ("records", records), ("recordsBehind", recordsBehind), ("rows", rows), ("sealedRecords", sealedRecords),
            ("streams", streams), ("tables", tables), ("tiles", tiles), ("verdicts", verdicts)
        ]
        return .object(JSONObject(pairs.map { ($0.0, .number(JSONNumber($0.1))) }))
    }
}

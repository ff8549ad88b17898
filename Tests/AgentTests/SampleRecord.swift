import JSONText

/// OSV records about left-pad, which is affected before 1.3.0.
enum SampleRecord {
    static func text(
        _ identifier: String, summary: String = "a bug", published: String? = nil, name: String = "left-pad",
        fixed: String? = "1.3.0", specific: JSONValue? = nil
    ) -> String {
        var events: [JSONValue] = [["introduced": "0"]]
        if let fixed { events.append(["fixed": .string(fixed)]) }
        var members: [(String, JSONValue)] = [
            ("id", .string(identifier)), ("modified", "2026-01-02T03:04:05Z"), ("summary", .string(summary)),
            (
                "affected",
                [
                    [
                        "package": ["ecosystem": "npm", "name": .string(name)],
                        "ranges": [["type": "SEMVER", "events": .array(events)]]
                    ]
                ]
            )
        ]
        if let published { members.append(("published", .string(published))) }
        if let specific { members.append(("database_specific", specific)) }
        return String(decoding: JSONValue.object(JSONObject(members)).bytes(), as: UTF8.self)
    }
}

package import JSONText

/// One thing a runner found: a claim in the tool's own words, about a file that is there.
package struct RunnerFinding: Sendable, Hashable {
    package enum Level: String, Sendable, CaseIterable {
        case error, warning, note
    }

    /// A place on the way to the finding.
    package struct Step: Sendable, Hashable {
        package let path: String
        package let line: Int
        package let message: String
    }

    package let rule: String
    package let level: Level
    package let message: String
    package let path: String
    /// Counted from 1; nil where the tool names the file only.
    package let line: Int?
    package let column: Int?
    /// CWE numbers.
    package let weaknesses: [Int]
    package let steps: [Step]

    package init(
        rule: String, level: Level, message: String, path: String, line: Int?, column: Int? = nil, weaknesses: [Int] = [],
        steps: [Step] = []
    ) {
        self.rule = rule
        self.level = level
        self.message = message
        self.path = path
        self.line = line
        self.column = column
        self.weaknesses = weaknesses
        self.steps = steps
    }
}

/// What a reader of the results must know beside them: what was not looked at, or not as it should be.
package struct RunnerNotice: Sendable, Hashable {
    package let path: String?
    package let text: String
    /// True where findings may be missed because of it.
    package let isLoss: Bool
    /// True where the file does not count as looked at.
    package let isMiss: Bool

    package init(_ text: String, path: String? = nil, isLoss: Bool = true) {
        self.init(text: text, path: path, isLoss: isLoss, isMiss: false)
    }

    init(text: String, path: String?, isLoss: Bool, isMiss: Bool) {
        self.text = text
        self.path = path
        self.isLoss = isLoss
        self.isMiss = isMiss
    }

    /// A file was not looked at, or, where `perhapsInPart`, not to its end.
    package static func miss(_ path: String?, because reason: String, perhapsInPart: Bool = false) -> RunnerNotice {
        let words = perhapsInPart ? "not looked at, or not to its end" : "not looked at"
        return RunnerNotice(text: "\(words): \(reason)", path: path, isLoss: true, isMiss: true)
    }
}

/// How many files a result is about.
package struct FileTally: Sendable, Hashable {
    package var lookedAt: Int
    /// That were to be looked at and were not; why is told in notices.
    package var missed: Int

    package init(lookedAt: Int = 0, missed: Int = 0) {
        self.lookedAt = lookedAt
        self.missed = missed
    }

    package static func + (a: FileTally, b: FileTally) -> FileTally {
        FileTally(lookedAt: a.lookedAt + b.lookedAt, missed: a.missed + b.missed)
    }

    /// Whether there was something to look at and nothing of it was: that nothing was found then says nothing.
    package var isNothingLookedAt: Bool { lookedAt == 0 && missed > 0 }
}

/// What a model's service took for an answer.
package struct TokenUsage: Sendable, Hashable {
    package var input: Int64
    package var output: Int64

    package init(input: Int64 = 0, output: Int64 = 0) {
        self.input = input
        self.output = output
    }

    package var total: Int64 { TokenUsage.sum(input, output) }

    package static func + (a: TokenUsage, b: TokenUsage) -> TokenUsage {
        TokenUsage(input: sum(a.input, b.input), output: sum(a.output, b.output))
    }

    /// Counts are claims of a service: a sum that has no room is the largest there is, so that no budget allows more.
    static func sum(_ a: Int64, _ b: Int64) -> Int64 {
        let (sum, overflows) = a.addingReportingOverflow(b)
        return overflows ? .max : sum
    }
}

/// What one runner says of one group of files. It is kept as it is while the run goes on, so that a run that was interrupted
/// never looks at the same files twice.
package struct UnitResult: Sendable, Hashable {
    /// The tool's version, in its own words.
    package var version: String?
    package var findings: [RunnerFinding]
    package var notices: [RunnerNotice]
    package var usage: TokenUsage
    /// Set by `ScanEngine`, whatever room there is for notices; a runner doesn't count.
    package var files = FileTally()
    /// Why the rest of the group was not looked at, where that is so. What was found before counts; it is not kept in `json`.
    package var stop: Stop?

    /// An end before the end.
    package struct Stop: Sendable, Hashable {
        package let error: RunnerError
        /// False where the group is as if it had never been begun, but for its usage.
        package let wasAnythingLookedAt: Bool

        package init(_ error: RunnerError, wasAnythingLookedAt: Bool) {
            self.error = error
            self.wasAnythingLookedAt = wasAnythingLookedAt
        }
    }

    package init(
        version: String? = nil, findings: [RunnerFinding] = [], notices: [RunnerNotice] = [], usage: TokenUsage = TokenUsage(),
        stop: Stop? = nil
    ) {
        self.version = version
        self.findings = findings
        self.notices = notices
        self.usage = usage
        self.stop = stop
    }

    package static func + (a: UnitResult, b: UnitResult) -> UnitResult {
        var sum = UnitResult(
            version: a.version ?? b.version, findings: a.findings + b.findings, notices: a.notices + b.notices,
            usage: a.usage + b.usage, stop: a.stop ?? b.stop)
        sum.files = a.files + b.files
        return sum
    }
}

extension UnitResult {
    package var json: JSONValue {
        [
            "files": files.json,
            "findings": .array(findings.map(\.json)),
            "notices": .array(
                notices.map(\.json)),
            "usage": usage.json,
            "version": .text(version)
        ]
    }

    /// Nil for anything but what `json` writes.
    package init?(json: JSONValue) {
        guard let findings = json["findings"]?.array, let notices = json["notices"]?.array else { return nil }
        self.init(
            version: json["version"]?.string, findings: findings.compactMap(RunnerFinding.init(json:)),
            notices: notices.compactMap { notice in
                notice["text"]?.string.map {
                    RunnerNotice(
                        text: $0, path: notice["path"]?.string, isLoss: notice["loss"]?.bool ?? true,
                        isMiss: notice["missed"]?.bool ?? false)
                }
            },
            usage: TokenUsage(json: json["usage"])
        )
        files = FileTally(json: json["files"])
        guard self.findings.count == findings.count, self.notices.count == notices.count else { return nil }
    }
}

extension TokenUsage {
    package var json: JSONValue { ["input": .count(input), "output": .count(output)] }

    package init(json: JSONValue?) {
        self.init(input: json?["input"]?.integer ?? 0, output: json?["output"]?.integer ?? 0)
    }
}

extension FileTally {
    var json: JSONValue { ["lookedAt": .number(lookedAt), "missed": .number(missed)] }

    init(json: JSONValue?) {
        func count(_ name: String) -> Int { json?[name]?.integer.map { Int(clamping: $0) } ?? 0 }
        self.init(lookedAt: count("lookedAt"), missed: count("missed"))
    }
}

extension RunnerNotice {
    var json: JSONValue {
        ["loss": .bool(isLoss), "missed": .bool(isMiss), "path": .text(path), "text": .string(text)]
    }
}

extension RunnerFinding {
    var json: JSONValue {
        [
            "column": .number(column), "level": .string(level.rawValue), "line": .number(line), "message": .string(message),
            "path": .string(path), "rule": .string(rule),
            "steps": .array(
                steps.map { ["line": .number($0.line), "message": .string($0.message), "path": .string($0.path)] }),
            "weaknesses": .array(weaknesses.map { .number($0) })
        ]
    }

    init?(json: JSONValue) {
        guard
            let rule = json["rule"]?.string, let message = json["message"]?.string, let path = json["path"]?.string,
            let level = json["level"]?.string.flatMap(Level.init(rawValue:)), let steps = json["steps"]?.array
        else { return nil }
        self.init(
            rule: rule, level: level, message: message, path: path, line: json["line"]?.integer.map(Int.init),
            column: json["column"]?.integer.map(Int.init),
            weaknesses: (json["weaknesses"]?.array ?? []).compactMap { $0.integer.map(Int.init) },
            steps: steps.compactMap { step in
                guard let path = step["path"]?.string, let line = step["line"]?.integer else { return nil }
                return Step(path: path, line: Int(line), message: step["message"]?.string ?? "")
            })
    }
}

extension JSONValue {
    static func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
    static func number(_ number: Int?) -> JSONValue { number.map { .count(Int64($0)) } ?? .null }
    static func count(_ number: Int64) -> JSONValue { .number(JSONNumber(number)) }
}

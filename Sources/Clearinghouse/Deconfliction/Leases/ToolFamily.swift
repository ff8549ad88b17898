/// What finds, by a word in one spelling: a family of tools (`fuzzer`), one tool of a family (`libfuzzer`), or another word.
enum ToolFamily {
    /// The word as families are compared: in lower case, and the usual one where several are used.
    static func canonical(_ word: String) -> String {
        let lowered = word.lowercased()
        return synonyms[lowered] ?? lowered
    }

    /// Whether somebody who uses one does what a user of the other does: they are the same, or one is a tool of the other family.
    /// Two tools of one family find different things.
    static func overlap(_ one: String, _ other: String) -> Bool { covers(one, other) || covers(other, one) }

    /// Whether the second is the first, or a tool of it.
    static func covers(_ one: String, _ other: String) -> Bool { one == other || tools[one]?.contains(other) == true }

    private static let synonyms = [
        "fuzzing": "fuzzer", "fuzz": "fuzzer", "static": "static-analysis", "sast": "static-analysis",
        "static-analyser": "static-analysis", "static-analyzer": "static-analysis", "agent": "model-agent", "llm": "model-agent",
        "llm-agent": "model-agent", "ai": "model-agent", "ai-agent": "model-agent", "model": "model-agent", "manual": "review",
        "human": "review", "afl++": "afl", "clang-analyzer": "clang", "scan-build": "clang"
    ]

    private static let tools: [String: Set<String>] = [
        "fuzzer": [
            "afl", "libfuzzer", "honggfuzz", "syzkaller", "jazzer", "atheris", "cargo-fuzz", "libafl", "centipede", "fuzzilli"
        ],
        "static-analysis": [
            "cppcheck", "clang", "semgrep", "bandit", "codeql", "coverity", "infer", "gosec", "spotbugs", "brakeman"
        ]
    ]
}

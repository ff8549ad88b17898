import Testing

@testable import Clearinghouse

/// Two finders rarely use one word for what they look for.
@Suite("Names of what is looked for")
struct SearchNamesTests {
    private func overlap(_ one: String, _ other: String) throws -> Bool {
        try BugClass(one).overlaps(try BugClass(other)) && BugClass(other).overlaps(try BugClass(one))
    }

    @Test(
        "meet where they mean weaknesses in common",
        arguments: [
            ("buffer-overflow", "memory-safety"), ("use-after-free", "CWE-416"), ("sql-injection", "CWE-89"),
            ("sql-injection", "injection"), ("SQL injection", "sqli"), ("xss", "CWE-79"), ("memory_safety", "Memory-Safety"),
            ("CWE-119", "CWE-787"), ("CWE-74", "CWE-89"), ("CWE-77", "CWE-78"), ("heap-buffer-overflow", "CWE-787")
        ])
    func meeting(_ one: String, _ other: String) throws {
        #expect(try overlap(one, other))
    }

    @Test(
        "stay apart where they mean others",
        arguments: [
            ("xss", "sql-injection"), ("use-after-free", "CWE-787"), ("memory-safety", "injection"), ("CWE-416", "CWE-415")
        ])
    func apart(_ one: String, _ other: String) throws {
        #expect(try !overlap(one, other))
    }

    @Test(
        "are refused where nobody knows them, since they would meet nothing",
        arguments: ["memory-safty", "foo", "cwe-0", "", "CWE-x"])
    func unknown(_ name: String) {
        #expect { try BugClass(name) } throws: { error in
            (error as? Refusal)?.place == "/bugClass" && "\(error)".contains("sql-injection")
        }
    }

    @Test("name families of tools and the tools of them: a family meets its tools, and they not each other")
    func tools() {
        #expect(ToolFamily.canonical("Fuzzing") == "fuzzer")
        #expect(ToolFamily.overlap("static-analysis", "cppcheck"))
        #expect(ToolFamily.overlap("cppcheck", "static-analysis"))
        #expect(!ToolFamily.overlap("cppcheck", "semgrep"))
        #expect(ToolFamily.covers("static-analysis", "cppcheck"))
        #expect(!ToolFamily.covers("cppcheck", "static-analysis"))
        #expect(ToolFamily.overlap("our-own", "our-own"))
    }
}

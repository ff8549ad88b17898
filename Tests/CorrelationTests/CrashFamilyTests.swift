import Testing

@testable import Correlation

/// One small trace for each family of tools, written for this test after what the tool prints.
struct CrashFixture {
    var name: String
    var text: String
    var tool: CrashTool
    var type: String
    var state: [String]
    var address = ""
    var isRelevant: Bool
    var settings = CrashSettings()

    static let all = sanitizers + messages + systems + languages + kernelLogs + plainTraces + races
}

struct `Crashes` {
    @Test(arguments: CrashFixture.all.indices) func `of every family of tools are read`(index: Int) {
        let fixture = CrashFixture.all[index]
        let report = CrashReport(parsing: Array(fixture.text.utf8), settings: fixture.settings)
        #expect(report?.tool == fixture.tool, "\(fixture.name)")
        #expect(report?.crashType == fixture.type, "\(fixture.name)")
        #expect(report?.crashState == fixture.state, "\(fixture.name)")
        #expect(report?.addressText == fixture.address, "\(fixture.name)")
        #expect(report?.isSecurityRelevant == fixture.isRelevant, "\(fixture.name)")
    }

    @Test func `have a kind of their own where no sanitizer gives one`() {
        let check = CrashReport(parsing: Array("[1:2:FATAL:a.cc(3)] Check failed: ready.\n".utf8))
        #expect(check?.kind == "check-failure" && check?.hasFunctionInState == false)
        let abort = CrashReport(
            parsing: Array(
                "[1:FATAL:a.cc(3)] Check failed: ready.\n==1==ERROR: AddressSanitizer: ABRT on unknown address 0x1 (pc 0x2)\n    #0 0x1 in start_up a.c:1\n"
                    .utf8))
        #expect(abort?.crashType == "CHECK failure" && abort?.crashState == ["ready in a.cc", "start_up"])
        #expect(abort?.hasFunctionInState == true)
    }

    @Test func `without a function of the program in the state are no evidence that two are one`() {
        func names(_ text: String) -> Bool? { CrashReport(parsing: Array(text.utf8))?.hasFunctionInState }
        let rust = "thread 'main' panicked at src/lexer.rs:42:17:\nno token\n"
        #expect(names(rust) == false)
        #expect(names(rust + "stack backtrace:\n   0: core::option::unwrap_failed\n") == false)
        #expect(names(rust + "stack backtrace:\n   0: core::option::unwrap_failed\n   1: parser::next\n") == true)
        let go = "panic: runtime error: integer divide by zero\n\ngoroutine 1 [running]:\n"
        #expect(names(go + "main.handle(0x1)\n\t/a.go:1\n") == true)
        // Every handler of a server stands below these, and ClusterFuzz names the crash by them alone.
        #expect(names(go + "main.handle(0x1)\n\t/a.go:1\nnet/http.HandlerFunc.ServeHTTP(0x1)\n\t/b.go:2\n") == false)
        #expect(names(go + "net/http.HandlerFunc.ServeHTTP(0x1)\n\t/b.go:2\nmain.serve(0x1)\n\t/a.go:1\n") == true)
        let java =
            "== Java Exception: java.lang.IllegalStateException: no\n\tat java.base/java.util.ArrayList.get(ArrayList.java:1)\n"
        #expect(names(java) == false)
        #expect(names(java + "\tat com.acme.Parser.next(Parser.java:42)\n") == true)
        let python = "Traceback (most recent call last):\n  File \"a.py\", line 9, in <module>\nValueError: no\n"
        #expect(names(python) == false)
    }

    @Test func `of native code are read beside a traceback of Python`() {
        let traceback = "Traceback (most recent call last):\n  File \"/src/a.py\", line 9, in load\nValueError: no\n"
        let heading = "==1==ERROR: AddressSanitizer: heap-buffer-overflow on address 0x602000000014 at pc 0x1\n"
        let report = CrashReport(parsing: Array((traceback + heading + "    #0 0x1 in look_up a.c:1\n" + traceback).utf8))
        #expect(report?.tool == .addressSanitizer && report?.crashState == ["look_up"])
    }

    @Test func `keep the places of their frames`() {
        let rust = CrashReport(
            parsing: Array(
                "thread 'main' panicked at src/lexer.rs:42:17:\nno\nstack backtrace:\n   4: parser::next\n             at ./src/lexer.rs:42:17\n"
                    .utf8))
        #expect(rust?.frames == [StackFrame(number: 4, function: "parser::next", file: "./src/lexer.rs", line: 42, column: 17)])
        let kernel = CrashReport(
            parsing: Array(
                "BUG: KASAN: use-after-free in f+0x1/0x2\n print_report+0x1/0x2\n f_a+0x1/0x2 net/a.c:12\n f_b+0x1/0x2 [nf_tables]\n"
                    .utf8))
        #expect(
            kernel?.frames == [
                StackFrame(number: 0, function: "print_report", module: "vmlinux"),
                StackFrame(number: 0, function: "f_a", file: "net/a.c", line: 12, module: "vmlinux"),
                StackFrame(number: 0, function: "f_b", module: "nf_tables")
            ])
        #expect(kernel?.crashState == ["f_a", "f_b"])
    }

    @Test func `of Rust have names without what every build makes anew, and states as ClusterFuzz has them`() throws {
        func report(_ hash: String) throws -> CrashReport {
            let heading = "==1==ERROR: AddressSanitizer: heap-buffer-overflow on address 0x602000000014 at pc 0x1\n"
            let frame = "    #0 0x55d0 in parser::decode::h\(hash) /src/lib.rs:4:5\n"
            return try #require(CrashReport(parsing: Array((heading + frame).utf8)))
        }
        let (first, second) = (try report("89abcdef0a1b2c3d"), try report("0123456789abcdef"))
        #expect(first.frames.map(\.function) == ["parser::decode"] && first.frames[0].file == "/src/lib.rs")
        #expect(first.crashState == ["parser::decode::h89abcdef0a1b2c3d"] && first.hasFunctionInState)
        #expect(RustFrames.withoutHashes(first.crashState) == RustFrames.withoutHashes(second.crashState))
    }

    @Test func `are absent for a reason`() {
        let memory = Array("==1== ERROR: libFuzzer: out-of-memory (used: 3Mb; limit: 2Mb)\n    #0 0x1 in parse_it a.c:1\n".utf8)
        #expect(CrashReport.read(memory) == .failure(.exhaustion))
        #expect(CrashReport.read(Array("all tests passed\n".utf8)) == .failure(.noReport))
        let settings = CrashSettings(countsExhaustion: true, fuzzTarget: "parse_fuzzer")
        let report = CrashReport(parsing: memory, settings: settings)
        #expect(report?.crashType == "Out-of-memory" && report?.crashState == ["parse_fuzzer"])
        #expect(report?.frames.map(\.function) == ["parse_it"])
    }

    @Test func `have the settings' say in what is relevant and what is left out`() {
        let assertion = Array("a.out: a.c:1: f: Assertion `ready' failed.\n".utf8)
        #expect(CrashReport(parsing: assertion)?.isSecurityRelevant == true)
        #expect(
            CrashReport(parsing: assertion, settings: CrashSettings(assertionsAreRelevant: false))?.isSecurityRelevant == false)
        let check = Array("[1:FATAL:a.cc(3)] Check failed: ready.\n".utf8)
        #expect(CrashReport(parsing: check)?.isSecurityRelevant == false)
        #expect(CrashReport(parsing: check, settings: CrashSettings(checksAreRelevant: true))?.isSecurityRelevant == true)
        let undefined = Array("a.c:1:2: runtime error: division by zero\n".utf8)
        #expect(CrashReport(parsing: undefined, settings: CrashSettings(countsUndefinedBehaviour: false)) == nil)
        let frames = Array(
            "a.c:1:2: runtime error: division by zero\n    #0 0x1 in wrapper a.c:1\n    #1 0x2 in inner a.c:2\n".utf8)
        #expect(CrashReport(parsing: frames, settings: CrashSettings(ignoredFrameWords: ["wrapper"]))?.crashState == ["inner"])
    }

    @Test func `in stacks that overflow are named by the functions that call each other`() {
        let heading = "==1==ERROR: AddressSanitizer: stack-overflow on address 0x7ffc (pc 0x1)\n"
        func state(_ names: [String]) -> [String]? {
            let frames = names.enumerated().map { "    #\($0) 0x1 in \($1) a.c:1\n" }.joined()
            return CrashReport(parsing: Array((heading + frames).utf8))?.crashState
        }
        #expect(state(["leaf", "visit", "visit", "visit", "visit", "run_it"]) == ["visit"])
        #expect(
            state(["leaf"] + Array(repeating: ["aaa", "bbb", "ccc", "ddd"], count: 4).flatMap(\.self)) == ["aaa", "bbb", "ccc"])
        #expect(state(["leaf", "aaa", "bbb", "aaa"]) == ["leaf", "aaa", "bbb"])
        let long = (0..<11).map { "name\($0)" }
        #expect(state(Array(repeating: long, count: 4).flatMap(\.self)) == ["name0", "name1", "name2"])
    }
}

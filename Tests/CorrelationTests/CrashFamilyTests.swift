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

    static let all = sanitizers + messages + systems + languages
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

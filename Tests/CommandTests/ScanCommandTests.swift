import Foundation
import JSONText
import Testing

@Suite
struct ScanCommandTests {
    @Test
    func `writes what a tool finds in a directory as SARIF, and says on standard error what it did not look at`() async throws {
        try await BuiltProgram.with { program in
            let source = URL(fileURLWithPath: program.directory + "/source")
            try FileManager.default.createDirectory(at: source, withIntermediateDirectories: true)
            let code = "int last(void) {\n    int numbers[4] = {0, 1, 2, 3};\n    return numbers[4];\n}\n"
            try Data(code.utf8).write(to: source.appendingPathComponent("last.c"))
            try FileManager.default.createSymbolicLink(
                atPath: source.appendingPathComponent("passwd.c").path, withDestinationPath: "/etc/passwd")
            let ending = try await program.run([
                "scan", "cppcheck", "source", "--output", "log.sarif", "--package", "pkg:generic/tide@1"
            ])
            if ending.errors.contains("is not installed") || ending.errors.contains("bwrap") {
                print("SKIPPED: \(ending.errors)")
                return
            }
            try #require(ending.status == 0, "\(ending.errors)")
            #expect(
                ending.errors.contains("1 findings in 1 files") && ending.errors.contains("passwd.c: left out: a symbolic link"))
            let log = try JSONValue(
                parsing: [UInt8](try Data(contentsOf: URL(fileURLWithPath: program.directory + "/log.sarif"))))
            let result = log["runs"]?.array?.first?["results"]?.array?.first
            #expect(result?["ruleId"] == "arrayIndexOutOfBounds" && result?["properties"]?["tags"] == ["CWE-788"])
            #expect(result?["locations"]?.array?.first?["physicalLocation"]?["region"]?["startLine"]?.integer == 3)
        }
    }

    /// - Returns: how it ended, and the log's invocation; nil where no sandbox or no tool is here.
    private func scan(
        _ tool: String, _ files: [String: String], _ more: [String] = []
    ) async throws -> (ending: BuiltProgram.Ending, invocation: JSONValue?)? {
        var answer: (ending: BuiltProgram.Ending, invocation: JSONValue?)?
        try await BuiltProgram.with { program in
            let source = URL(fileURLWithPath: program.directory + "/source")
            try FileManager.default.createDirectory(at: source, withIntermediateDirectories: true)
            for (name, text) in files {
                try Data(text.utf8).write(to: URL(fileURLWithPath: program.directory + "/" + name))
            }
            let ending = try await program.run(["scan", tool, "source", "--output", "log.sarif"] + more)
            if ending.errors.contains("is not installed") || ending.errors.contains("bwrap") {
                print("SKIPPED: \(ending.errors)")
                return
            }
            let log = try JSONValue(
                parsing: [UInt8](try Data(contentsOf: URL(fileURLWithPath: program.directory + "/log.sarif"))))
            answer = (ending, log["runs"]?.array?.first?["invocations"]?.array?.first)
        }
        return answer
    }

    @Test func `ends with 1 where rules can't be used, names them and their fault once, and its log says so`() async throws {
        let files = Dictionary(uniqueKeysWithValues: (0..<5).map { ("source/\($0).py", "eval(input())\n") })
        guard
            let scan = try await scan("semgrep", files.merging(["bad.yaml": "rules: [\n"]) { $1 }, ["--rules", "bad.yaml"])
        else { return }
        #expect(scan.ending.status == 1, "\(scan.ending.errors)")
        #expect(scan.ending.errors.components(separatedBy: "bad.yaml can't be used").count == 2, "\(scan.ending.errors)")
        #expect(scan.ending.errors.contains("line 2"), "\(scan.ending.errors)")
        #expect(scan.invocation?["executionSuccessful"] == false)
        let fault = scan.invocation?["toolExecutionNotifications"]?.array?.first
        #expect(fault?["level"] == "error" && fault?["message"]?["text"]?.string?.contains("bad.yaml") == true)
    }

    @Test func `ends with 1 where nothing was looked at, and warns where some was not`() async throws {
        let broken = "def f(:\n"
        if let none = try await scan("bandit", ["source/a.py": broken, "source/b.py": broken]) {
            #expect(none.ending.status == 1 && none.ending.errors.contains("nothing was looked at"), "\(none.ending.errors)")
            #expect(none.ending.errors.contains("a.py, b.py: not looked at"), "\(none.ending.errors)")
            #expect(none.invocation?["executionSuccessful"] == false)
        }
        if let some = try await scan("bandit", ["source/a.py": broken, "source/b.py": "import os\n"]) {
            #expect(some.ending.status == 0, "\(some.ending.errors)")
            #expect(some.ending.errors.contains("warning: 1 of 2 files were not looked at"), "\(some.ending.errors)")
            #expect(some.invocation?["executionSuccessful"] == true)
        }
    }

    @Test func `writes the log also where it can't go on, with what was not reached, and ends with 1`() async throws {
        try await BuiltProgram.with { program in
            let source = URL(fileURLWithPath: program.directory + "/source")
            try FileManager.default.createDirectory(at: source, withIntermediateDirectories: true)
            for number in 0..<10 {
                try Data("int a;\n".utf8).write(to: source.appendingPathComponent("\(number).c"))
            }
            let ending = try await program.run([
                "scan", "model", "source", "--output", "log.sarif", "--model-endpoint", "http://127.0.0.1:1", "--model", "m",
                "--model-tokens", "10"
            ])
            if ending.errors.contains("bwrap") {
                print("SKIPPED: \(ending.errors)")
                return
            }
            #expect(ending.status == 1 && ending.errors.contains("the budget of 10 tokens"), "\(ending.errors)")
            let log = try JSONValue(
                parsing: [UInt8](try Data(contentsOf: URL(fileURLWithPath: program.directory + "/log.sarif"))))
            let invocation = log["runs"]?.array?.first?["invocations"]?.array?.first
            #expect(invocation?["executionSuccessful"]?.bool == false)
            let told = (invocation?["toolExecutionNotifications"]?.array ?? []).compactMap { $0["message"]?["text"]?.string }
            #expect(told.count { $0 == "not reached" } == 10, "\(told)")
        }
    }

    @Test(arguments: [["lint", "."], ["cppcheck", "nowhere"], ["cppcheck", ".", "--program", "/nowhere/cppcheck"], ["model", "."]]
    )
    func `says why it can't`(arguments: [String]) async throws {
        try await BuiltProgram.with { program in
            let ending = try await program.run(["scan"] + arguments)
            #expect(ending.status != 0 && ending.errors.count > 20 && ending.output.isEmpty, "\(arguments): \(ending)")
        }
    }
}

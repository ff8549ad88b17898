import ArgumentParser
import Correlation
import Foundation
import JSONText

struct CrashCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "crash", abstract: "Crashes of programs.", subcommands: [Parse.self, Similar.self]
    )

    struct Parse: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Tell type, address and state of the crash that an output shows, and whether it is relevant for security.",
            discussion:
                "The output is what a program, a fuzzer, a debugger or a kernel printed: reports of sanitizers, failed checks and "
                + "assertions, panics and exceptions of Go, Rust, Java, Python and JavaScript, Android's and the kernel's logs. The words "
                + "are those of ClusterFuzz, and without options so is what counts as a crash. Exit code 1 where no crash is told of."
        )
        @Argument(help: "The file, or - for standard input.") var file: String
        @Flag(help: "One JSON line instead of words.") var json = false
        @Flag(help: "Running out of memory or time is a crash.") var exhaustion = false
        @Flag(help: "A runtime error that V8 reports of a script is a crash.") var scriptErrors = false
        @Flag(help: "A failed assertion is not relevant for security.") var harmlessAssertions = false
        @Flag(help: "A failed CHECK is relevant for security.") var relevantChecks = false
        @Option(help: "The fuzz target, which names a crash without telling frames.") var fuzzTarget: String?

        func run() async throws {
            switch CrashReport.read(try Local.bytes(file), settings: settings) {
            case .success(let crash):
                print(json ? String(decoding: Parse.answer(crash).bytes(), as: UTF8.self) : words(crash))
            case .failure(let absence):
                if json {
                    let answer: JSONValue = ["error": "no crash", "reason": .string(absence.description)]
                    print(String(decoding: answer.bytes(), as: UTF8.self))
                }
                let hint = absence == .exhaustion ? "; --exhaustion counts it" : ""
                Console.note("\(file): no crash: \(absence)\(hint)")
                throw ExitCode.failure
            }
        }

        private var settings: CrashSettings {
            CrashSettings(
                countsExhaustion: exhaustion, countsScriptErrors: scriptErrors, assertionsAreRelevant: !harmlessAssertions,
                checksAreRelevant: relevantChecks, fuzzTarget: fuzzTarget
            )
        }

        private func words(_ crash: CrashReport) -> String {
            let type = crash.crashType.replacing("\n", with: ", ")
            let address = crash.addressText.isEmpty ? "" : " at \(crash.addressText)"
            let relevance = crash.isSecurityRelevant ? "relevant for security" : "not relevant for security by itself"
            return "\(file): \(type)\(address), told by \(crash.tool.rawValue), \(relevance)"
                + crash.crashState.map { "\n    \($0)" }.joined()
        }

        private static func answer(_ crash: CrashReport) -> JSONValue {
            [
                "tool": .string(crash.tool.rawValue), "kind": .string(crash.kind), "type": .string(crash.crashType),
                "address": .string(crash.addressText), "state": .array(crash.crashState.map { .string($0) }),
                "securityRelevant": .bool(crash.isSecurityRelevant), "frames": answer(crash.frames),
                "freeStack": answer(crash.freeStack), "allocationStack": answer(crash.allocationStack)
            ]
        }

        private static func answer(_ frames: [StackFrame]) -> JSONValue {
            .array(
                frames.map { frame -> JSONValue in
                    [
                        "number": number(frame.number), "inlined": .bool(frame.isInlined), "function": text(frame.function),
                        "file": text(frame.file), "line": number(frame.line), "column": number(frame.column),
                        "module": text(frame.module), "offset": text(frame.offset.map { "0x" + String($0, radix: 16) })
                    ]
                })
        }

        private static func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
        private static func number(_ number: Int?) -> JSONValue {
            number.map { .number(JSONNumber(Int64($0))) } ?? .null
        }
    }

    struct Similar: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Tell whether two crash states may be of one bug.",
            discussion:
                "By ClusterFuzz's rule: two frames in common in the same order, or lines that on average differ in little. A reason to "
                + "look, never to merge. Each file holds a state as 'crash parse' prints it, one line a frame. Exit code 1 where they "
                + "are not similar."
        )
        @Argument(help: "A state, or - for standard input.") var first: String
        @Argument(help: "Another.") var second: String
        @Flag(help: "One JSON line instead of words.") var json = false

        func run() async throws {
            let states = try [first, second].map { file in
                String(decoding: try Local.bytes(file), as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init)
            }
            let areSimilar = CrashStateSimilarity.areSimilar(states[0], states[1])
            let answer: JSONValue = ["similar": .bool(areSimilar)]
            print(json ? String(decoding: answer.bytes(), as: UTF8.self) : areSimilar ? "similar" : "not similar")
            if !areSimilar { throw ExitCode.failure }
        }
    }
}

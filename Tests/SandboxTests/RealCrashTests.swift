import Correlation
import Testing

@testable import Sandbox

/// Crashes made by a real compiler and a real AddressSanitizer, so that the reader is not judged by text alone.
@Suite(.enabled("SKIPPED: no sandbox or no compiler on this machine") { await ExampleLibrary.canBuild() })
struct `Real crashes` {
    private struct Program {
        var name: String
        var code: String
        var type: String
        var isRelevant: Bool
        var options = ""
        var state = ["crash_here", "caller"]
    }

    private static let programs = [
        Program(
            name: "heap", code: "char *p = malloc(8); return p[n + 7];", type: "Heap-buffer-overflow\nREAD 1", isRelevant: true),
        Program(
            name: "underflow", code: "volatile int *p = malloc(8); p[-n] = 1; return p[0];",
            type: "Heap-buffer-overflow\nWRITE 4", isRelevant: true),
        Program(
            name: "copy", code: "char *p = malloc(8); memset(p, 0, n + 40); return p[0];",
            type: "Heap-buffer-overflow\nWRITE {*}", isRelevant: true),
        Program(
            name: "stack", code: "volatile short a[4] = {0}; return a[n + 3];", type: "Stack-buffer-overflow\nREAD 2",
            isRelevant: true),
        Program(name: "global", code: "return table[n + 3];", type: "Global-buffer-overflow\nREAD 4", isRelevant: true),
        Program(
            name: "after_free", code: "long *p = malloc(8); free(p); return p[n - 1];", type: "Heap-use-after-free\nREAD 8",
            isRelevant: true),
        Program(
            name: "twice", code: "void *p = malloc(8); free(p); free(p); return n;", type: "Heap-double-free", isRelevant: true),
        Program(name: "bad_free", code: "free((char *)table + n); return 0;", type: "Invalid-free", isRelevant: true),
        Program(
            name: "null", code: "struct { int a[9]; } *volatile p = 0; return p->a[n];", type: "Null-dereference READ",
            isRelevant: false),
        Program(
            name: "wild", code: "*(volatile int *)(0x123456789000 + n - 1) = 1; return 0;", type: "UNKNOWN WRITE",
            isRelevant: true),
        Program(
            name: "recursion", code: "return n ? crash_here(n + 1) + table[n & 1] : 0;", type: "Stack-overflow",
            isRelevant: false, state: ["crash_here"]),
        Program(
            name: "overlap", code: "char *p = calloc(1, 64); memcpy(p + n, p, 32); return p[0];", type: "Memcpy-param-overlap",
            isRelevant: true),
        Program(
            name: "negative", code: "char *p = calloc(1, 64); memmove(p, p + 1, -n); return p[0];", type: "Negative-size-param",
            isRelevant: true),
        Program(name: "division", code: "return 7 / (n - 1);", type: "Floating-point-exception", isRelevant: false),
        Program(name: "stop", code: "if (n) abort(); return 0;", type: "Abrt", isRelevant: false, options: "handle_abort=1"),
        Program(name: "huge", code: "return malloc((size_t)n << 46) != 0;", type: "Out-of-memory", isRelevant: false),
        Program(
            name: "scope", code: "int *volatile p; { int x = n; p = &x; } return *p;", type: "Stack-use-after-scope\nREAD 4",
            isRelevant: true),
        Program(
            name: "leak", code: "void *volatile p = malloc(8); p = 0; return p != 0;", type: "Direct-leak", isRelevant: false,
            options: "detect_leaks=1"),
        Program(
            name: "mismatch", code: "char *p = strdup(\"x\"); _ZdlPv(p); return n;",
            type: "Alloc-dealloc-mismatch (malloc vs operator delete)", isRelevant: true)
    ]

    private static func source(_ program: Program) -> SandboxInput {
        let text = """
            #include <stdlib.h>
            #include <string.h>
            void _ZdlPv(void *);
            int table[4];
            __attribute__((noinline)) int crash_here(int n) { \(program.code) }
            __attribute__((noinline)) int caller(int n) { return crash_here(n) + (int)table[0]; }
            int main(int argc, char **argv) { (void)argv; return caller(argc); }
            """
        return SandboxInput(Array(text.utf8))
    }

    @Test func `of every kind are read right`() async throws {
        let inputs = Dictionary(uniqueKeysWithValues: Self.programs.map { ($0.name + ".c", Self.source($0)) })
        let names = Self.programs.map(\.name)
        let build = try await Confined.shell(
            "for p in \(names.joined(separator: " ")); do gcc -w -g -O1 -fno-omit-frame-pointer -fno-optimize-sibling-calls -fno-builtin -fsanitize=address $p.c -o $p -lstdc++ || exit 1; done",
            .build, inputs: inputs, collect: names)
        try #require(build.ending == .exited(code: 0), "\(build.standardError.text)")
        for program in Self.programs {
            let binary = try #require(build.collected[program.name])
            let outcome = try await Sandbox.run(
                SandboxJob(
                    arguments: ["./" + program.name], environment: ["ASAN_OPTIONS": program.options],
                    inputs: [program.name: SandboxInput(binary, isExecutable: true)]), .replay)
            let report = CrashReport(
                parsing: outcome.standardError.bytes, settings: CrashSettings(countsExhaustion: true))
            #expect(report?.crashType == program.type, "\(program.name): \(outcome.ending) \(outcome.standardError.text)")
            #expect(report?.crashState.prefix(2) == program.state.prefix(2), "\(program.name): \(outcome.standardError.text)")
            #expect(report?.isSecurityRelevant == program.isRelevant, "\(program.name)")
            #expect(
                report?.frames.contains {
                    $0.function == "crash_here" && $0.file?.hasSuffix(program.name + ".c") == true && $0.line == 5
                } == true, "\(program.name)")
        }
    }
}

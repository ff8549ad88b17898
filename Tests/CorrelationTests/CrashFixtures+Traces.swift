@testable import Correlation

extension CrashFixture {
    private static let rustLibrary =
        "stack backtrace:\n   0: rust_begin_unwind\n             at /rustc/abc/library/std/src/panicking.rs:652:5\n"
        + "   1: core::panicking::panic_fmt\n             at /rustc/abc/library/core/src/panicking.rs:72:14\n"
        + "   2: core::option::unwrap_failed\n   3: <usize as core::slice::index::SliceIndex<[T]>>::index\n"

    private static func java(_ name: String, _ text: String, _ state: [String]) -> CrashFixture {
        CrashFixture(
            name: "Java " + name, text: text, tool: .java, type: "Uncaught exception", state: state, isRelevant: false)
    }

    private static func python(_ name: String, _ text: String, _ state: [String]) -> CrashFixture {
        CrashFixture(
            name: "Python " + name, text: text, tool: .python, type: "Uncaught exception", state: state, isRelevant: false)
    }

    private static func rust(_ name: String, _ text: String, _ state: [String]) -> CrashFixture {
        CrashFixture(name: "Rust " + name, text: text, tool: .rust, type: "ASSERT", state: state, isRelevant: true)
    }

    private static func go(_ name: String, _ text: String, _ state: [String]) -> CrashFixture {
        CrashFixture(
            name: "Go " + name,
            text: "panic: runtime error: index out of range [5] with length 3\n\ngoroutine 1 [running]:\n" + text,
            tool: .go, type: "Index out of range", state: state, isRelevant: false)
    }

    private static func swift(_ name: String, _ text: String, _ state: [String]) -> CrashFixture {
        CrashFixture(name: "Swift " + name, text: text, tool: .swift, type: "Fatal error", state: state, isRelevant: false)
    }

    /// What programs print that no fuzzer runs.
    static let plainTraces: [CrashFixture] = [
        rust(
            "with a backtrace",
            "thread 'main' panicked at src/lexer.rs:42:17:\ncalled `Option::unwrap()` on a `None` value\n" + rustLibrary
                + "   4: parser::lexer::next\n             at ./src/lexer.rs:42:17\n"
                + "   5: <parser::Token as core::fmt::Display>::fmt\n             at ./src/token.rs:9:5\nnote: Some details\n",
            ["called `Option::unwrap()` on a `None` value", "parser::lexer::next", "<parser::Token as core::fmt::Display>::fmt"]),
        rust(
            "with a full backtrace",
            "thread 'main' panicked at 'no', src/lexer.rs:42:17\nstack backtrace:\n"
                + "   0:     0x55d0c0b0a1 - std::panicking::begin_panic::h0123456789abcdef\n"
                + "   1:     0x55d0c0b0a2 - parser::lexer::next::h0123456789abcdef\n",
            ["no", "parser::lexer::next"]),
        rust("without a backtrace", "thread 'main' panicked at src/lexer.rs:42:17:\nno token\n", ["no token", "lexer.rs"]),
        go("in main alone", "main.parseToken(...)\n\t/x/main.go:7\nmain.main()\n\t/x/main.go:12 +0x1d\n", ["main.parseToken"]),
        go(
            "since 1.17",
            "panic({0x5904?, 0x10c0?})\n\t/go/panic.go:1 +0x1\nexample.com/zip.(*reader).next(0x1?)\n\t/zip.go:9 +0x1\n",
            ["zip.(*reader).next"]),
        go(
            "with other goroutines",
            "example.com/zip.Read(0x1)\n\t/zip.go:9\n\ngoroutine 7 [select]:\nexample.com/net.Serve(0x1)\n",
            ["zip.Read"]),
        java(
            "in a thread",
            "Exception in thread \"main\" java.lang.NullPointerException: x\n\tat com.a.B.c(B.java:3)\n\tat com.a.B.main(B.java:9)\n",
            ["com.a.B.c", "com.a.B.main"]),
        java(
            "below its library",
            "starting\njava.lang.IndexOutOfBoundsException: Index 5 out of bounds for length 3\n"
                + "\tat java.base/jdk.internal.util.Preconditions.outOfBounds(Preconditions.java:100)\n"
                + "\tat java.base/java.util.ArrayList.get(ArrayList.java:427)\n\tat com.acme.Parser.next(Parser.java:42)\n"
                + "done\njava.lang.IllegalStateException: other\n\tat com.acme.Other.run(Other.java:1)\n",
            ["com.acme.Parser.next"]),
        java(
            "with causes",
            "Exception in thread \"main\" java.lang.RuntimeException: wrapped\n\tat com.acme.Server.handle(Server.java:1)\n"
                + "Caused by: java.lang.IllegalStateException: no\n\tat com.acme.Parser.next(Parser.java:42)\n"
                + "\tat com.acme.Server.handle(Server.java:9)\n\t... 3 more\n",
            ["com.acme.Parser.next", "com.acme.Server.handle"]),
        swift(
            "with a backtrace",
            "demo/main.swift:3: Fatal error: no token in the input\n\n*** Program crashed: Illegal instruction at 0x0000560fb2e2c3c6 ***\n\n"
                + "Thread 0 \"demo\" crashed:\n\n0 [inlined] [system] 0x0000560fb2e2c3c6 Swift runtime failure: no in demo at /<compiler-generated>\n"
                + "1                 0x0000560fb2e2c3c6 Lexer.next(_:) + 102 in demo at /tmp/demo/main.swift:3:5\n"
                + "    1\u{2502} func next() {\n2 [ra]            0x0000560fb2e2c4c6 parse() + 9 in demo at /tmp/demo/main.swift:9:5\n"
                + "3 [ra] [system]   0x00007f0000000000 __libc_start_call_main + 9 in libc.so.6\n\nRegisters:\n",
            ["no token in the input", "Lexer.next", "parse"]),
        swift("up to 5.4", "Fatal error: no token: file demo/main.swift, line 3\n", ["no token"]),
        python(
            "traceback",
            "Traceback (most recent call last):\n  File \"a.py\", line 9, in <module>\n    run()\n"
                + "  File \"a.py\", line 2, in f\n    1/0\n    ~^~\nZeroDivisionError: division by zero\n",
            ["f", "<module>"]),
        python(
            "exceptions that led to each other",
            "Traceback (most recent call last):\n  File \"/src/p.py\", line 3, in parse\nValueError: no\n\n"
                + "During handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\n"
                + "  File \"/src/q.py\", line 9, in handle\nRuntimeError: wrapped\n",
            ["parse"])
    ]
}

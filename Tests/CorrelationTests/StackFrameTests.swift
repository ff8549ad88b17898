import Testing

@testable import Correlation

struct `Stack frames` {
    /// Lines as tools print them, and what they say.
    private static let lines: [(String, StackFrame)] = [
        (
            "    #0 0x564ce8dd7606 in tide_expand_levels src/tide.c:67",
            .init(number: 0, function: "tide_expand_levels", file: "src/tide.c", line: 67)
        ),
        (
            "#12 0x1f in a::b(int, char const*) const /src/a b/c.cc:1:22",
            .init(number: 12, function: "a::b(int, char const*) const", file: "/src/a b/c.cc", line: 1, column: 22)
        ),
        ("    #0 0x4f13bb in operator delete(void*)", .init(number: 0, function: "operator delete(void*)")),
        (
            "    #3 0x7f in __libc_start_main (/lib/x86_64-linux-gnu/libc.so.6+0x2082f)",
            .init(number: 3, function: "__libc_start_main", module: "/lib/x86_64-linux-gnu/libc.so.6", offset: 0x2082f)
        ),
        (
            "    #3 0x7f in f (/opt/my app/x+0x1a) (BuildId: ab12)",
            .init(number: 3, function: "f", module: "/opt/my app/x", offset: 0x1a)
        ),
        ("    #4 0x42ae7c (/tmp/prog+0x42ae7c)", .init(number: 4, module: "/tmp/prog", offset: 0x42ae7c)),
        ("    #0 0xec3fdeb  (<unknown module>)", .init(number: 0)),
        ("    #0 0x7618899e78  frame1", .init(number: 0, function: "frame1")),
        (
            "   #1.1  0x0000658e5ed9863c in Unwind ../x/san.h:42 <libclang_rt.asan.so>+0x4163c",
            .init(
                number: 1, isInlined: true, function: "Unwind", file: "../x/san.h", line: 42, module: "libclang_rt.asan.so",
                offset: 0x4163c)
        ),
        (
            "   #5 0x71 in foo(unsigned char const*, unsigned long) ../../toy.cc:12 <<application>>+0xacf4c",
            .init(
                number: 5, function: "foo(unsigned char const*, unsigned long)", file: "../../toy.cc", line: 12,
                module: "application", offset: 0xacf4c)
        ),
        (
            "    #0 0x7ff7 in GetHandleVerifier+0x31e95 (c:\\x\\content_shell.exe+0x180)",
            .init(number: 0, function: "GetHandleVerifier", module: "c:\\x\\content_shell.exe", offset: 0x180)
        ),
        ("    #1 0x7f in exported+0x12", .init(number: 1, function: "exported", offset: 0x12)),
        (
            "    #0 0x7f in v8::`anonymous namespace'::F C:\\b\\s\\regexp-builtins.cc:294:25",
            .init(
                number: 0, function: "v8::`anonymous namespace'::F", file: "C:\\b\\s\\regexp-builtins.cc", line: 294, column: 25)
        ),
        ("    #0 0x4d5058 in malloc _asan_rtl_", .init(number: 0, function: "malloc", file: "_asan_rtl_")),
        ("    #34 0x106f922a4 in Content Shell Framework", .init(number: 34, function: "Content Shell Framework")),
        (
            "    #7 0x2b in operator() libc++/trunk/include/memory:2529:13",
            .init(number: 7, function: "operator()", file: "libc++/trunk/include/memory", line: 2529, column: 13)
        ),
        (
            "    #7 0x2b in operator<< <char> /x/ostream:5",
            .init(number: 7, function: "operator<< <char>", file: "/x/ostream", line: 5)
        ),
        (
            "    #2 0x12 in std::vector<int, std::allocator<int> >::at(unsigned long) /usr/include/c++/12/bits/stl_vector.h:1154",
            .init(
                number: 2, function: "std::vector<int, std::allocator<int> >::at(unsigned long)",
                file: "/usr/include/c++/12/bits/stl_vector.h", line: 1154)
        ),
        ("    #1 0x55 in main (in prog) ??:0", .init(number: 1, function: "main (in prog)", line: 0))
    ]

    @Test func `are read in every form that sanitizers print`() {
        for (line, expected) in Self.lines {
            #expect(StackFrame(parsing: Array(line.utf8)[...]) == expected, "\(line)")
        }
    }

    /// Lines of ThreadSanitizer, and what they say; nil for none of its.
    private static let withoutAddress: [(String, StackFrame?)] = [
        (
            "    #0 inc(void*) /src/race.cc:4:5 (race+0x4a1c2d)",
            .init(number: 0, function: "inc(void*)", file: "/src/race.cc", line: 4, column: 5, module: "race", offset: 0x4a1c2d)
        ),
        (
            "    #1 dec src.c:4 (race+0x4a) (BuildId: 12ab)",
            .init(number: 1, function: "dec", file: "src.c", line: 4, module: "race", offset: 0x4a)
        ),
        ("    #2 memcpy <null> (race+0x4a)", .init(number: 2, function: "memcpy", module: "race", offset: 0x4a)),
        ("    #3 <null> <null> (libc.so.6+0x2)", .init(number: 3, module: "libc.so.6", offset: 2)),
        ("    #0 0x1 in f /src/a.c:1", nil), ("    #1", nil), ("    #1 words of a comment", nil)
    ]

    @Test func `are read where ThreadSanitizer gives no addresses`() {
        for (line, expected) in Self.withoutAddress {
            #expect(StackFrame(ofThreadSanitizer: Array(line.utf8)[...]) == expected, "\(line)")
        }
    }

    @Test func `are not seen where there are none`() {
        for line in [
            "", "#", "#1", "#EOF", "#a 0x1 in f", "#READY 0x1", "x #0 0x1 in f", "#0", "#0 in f", "#0 f.c:1",
            "#0 0x1 /usr/lib/libx.so",
            "#99999999999999999999 0x1 in f"
        ] {
            #expect(StackFrame(parsing: Array(line.utf8)[...]) == nil, "\(line)")
        }
    }

    @Test func `are named without what changes from build to build`() {
        let names: [(String, String)] = [
            ("f", "f"), ("a::b(int, std::vector<int> const&) const", "a::b"),
            ("a::(anonymous namespace)::b()", "a::b"), ("`anonymous namespace'::b(int)", "b"),
            ("non-virtual thunk to A::b(int)", "A::b"), ("bool url::Do<char>(char const*)", "bool url::Do<char>"),
            ("kernel!NtClose", "NtClose"), ("f [clone .isra.0]", "f"), ("(int) x", "(int)"),
            ("A::operator()(int)", "A::operator"), ("-[View draw]", "-"), ("jit 0x7fff12ab", "jit")
        ]
        for (function, expected) in names { #expect(FrameName(function).inState == expected, "\(function)") }
    }

    @Test func `lose numbers that change from run to run`() {
        let lines: [(String, String)] = [
            ("[0x7fff12ab]", "[ADDRESS]"), ("x == 0x12", "x == 0x12"), ("mask 0xffffU", "mask ADDRESS"), ("f+0x12", "f"),
            ("node #12:", "node #NUMBER:"), ("input @7 = x", "input @NUMBER = x"), ("length 12 is", "length NUMBER is"),
            ("size 1 > 0", "size 1 > 0"), ("id 12345.", "id NUMBER"), ("source.cc:1234", "source.cc:1234"),
            ("lib-1.0.so", "lib-1.0.so"), ("v8u12345x", "v8u12345x"), ("at 1.2", "at 1.2"), ("....", "NUMBER")
        ]
        for (line, expected) in lines {
            #expect(VolatileNumbers.replaced(in: Array(line.utf8)[...]).string == expected, "\(line)")
        }
    }

    @Test func `of machinery are told from the program's`() {
        let machinery: [StackFrame] =
            [
                "__asan_memcpy", "__interceptor_malloc", "malloc", "free", "operator new[](unsigned long)", "memcpy",
                "__memcpy_avx_unaligned_erms", "__strlen_chk", "__interceptor_cfree.localalias.0", "abort", "gsignal",
                "__assert_fail_base", "__cxa_throw", "_start", "__libc_start_call_main", "main",
                "fuzzer::Fuzzer::ExecuteCallback(unsigned char const*, unsigned long)", "logging::LogMessage::~LogMessage()",
                "V8_Fatal(char const*, ...)", "v8::base::OS::Abort()", "v8::internal::Isolate::PushStackTraceAndDie(void*)",
                "libc.so.6", "runtime.raise", "panic", "rust_begin_unwind", "core::panicking::panic::h12", "__kasan_report",
                "WTF::Vector<int>::at", "LLVMFuzzerTestOneInput", "f"
            ].map { StackFrame(number: 0, function: $0) }
            + [
                StackFrame(number: 0, function: "size", file: "/usr/include/c++/12/bits/stl_vector.h"),
                StackFrame(number: 0, function: "operator()", file: "/x/a.cc"), StackFrame(number: 0),
                StackFrame(number: 0, module: "/lib/x86_64-linux-gnu/libc.so.6"),
                StackFrame(number: 0, function: "f", file: "C:\\b\\third_party\\libc++\\src\\x.h")
            ]
        for frame in machinery { #expect(FrameRules.isMachinery(frame), "\(frame)") }
        let program: [StackFrame] =
            [
                "tide_decode", "free_list", "kill_timer", "memcpy_s_checked", "start_engine", "mainLoop", "xmalloc", "my::free",
                "newline", "systemd_notify", "raise_error", "stdlib_init", "exit_group_handler", "fuzz_me", "Abort", "NewString",
                "clonetree", "__free_pages", "start", "strlen_fast", "bool url::DoHost<char>(char const*)"
            ].map { StackFrame(number: 0, function: $0) }
            + [StackFrame(number: 0, module: "/opt/prog"), StackFrame(number: 0, function: "panic", file: "kernel/panic.c")]
        for frame in program { #expect(!FrameRules.isMachinery(frame), "\(frame)") }
    }

    @Test func `of the fuzz target's entry are named by its file`() {
        let entry = StackFrame(number: 0, function: "LLVMFuzzerTestOneInput", file: "/x/a_fuzzer.cc")
        #expect(!FrameRules.isMachinery(entry) && entry.stateName == "a_fuzzer.cc" && !entry.isOfProgram)
        #expect(FrameRules.isMachinery(entry, besides: ["a_fuzzer"]))
    }

    @Test func `with names mangled by the C++ ABI are read where names are plain`() {
        let names: [(String, String?)] = [
            ("_ZN2ui10FlingCurveC2Ei", "ui::FlingCurve::FlingCurve()"), ("_ZNK1a1b1cEv", "a::b::c()"),
            ("_ZN1aD0Ev", "a::~a()"), ("_Z3fooi", "foo()"), ("_ZN2v812_GLOBAL__N_11fEv", "v8::(anonymous namespace)::f()"),
            ("_ZN2v8L3runEv", "v8::run()"), ("_ZNSt4listE", "std::list()"), ("_ZThn16_N1a1bEv", "a::b()"),
            ("_ZN1aIiE1bEv", nil), ("_ZN9xE", nil), ("_ZN", nil), ("_ZNE", nil), ("main", nil), ("_Z", nil)
        ]
        for (symbol, expected) in names { #expect(ItaniumName.demangled(Array(symbol.utf8)[...]) == expected, "\(symbol)") }
    }
}

@testable import Correlation

extension CrashFixture {
    private static let stack = "    #0 0x55d0 in look_up /src/p/a.c:10:5\n    #1 0x55e0 in walk(int) /src/p/b.cc:20\n"

    static let sanitizers: [CrashFixture] = [
        CrashFixture(
            name: "MemorySanitizer", text: "==1==WARNING: MemorySanitizer: use-of-uninitialized-value\n" + stack,
            tool: .memorySanitizer, type: "Use-of-uninitialized-value", state: ["look_up", "walk"], isRelevant: true),
        CrashFixture(
            name: "ThreadSanitizer",
            text: "WARNING: ThreadSanitizer: data race (pid=7)\n  Write of size 8 at 0x7b04 by thread T1:\n" + stack
                + "  Previous read of size 8 at 0x7b04 by main thread:\n    #0 0x1 in other /src/p/c.c:1\n",
            tool: .threadSanitizer, type: "Data race\nWRITE 8", state: ["look_up", "walk", "other"], address: "0x7b04",
            isRelevant: false),
        CrashFixture(
            name: "LeakSanitizer",
            text:
                "==1==ERROR: LeakSanitizer: detected memory leaks\n\nIndirect leak of 8 byte(s) in 1 object(s) allocated from:\n"
                + "    #0 0x1 in malloc /x/sanitizer_common/y.cc:1\n    #1 0x2 in inner /src/p/a.c:1\n\n"
                + "Direct leak of 8 byte(s) in 1 object(s) allocated from:\n" + stack,
            tool: .leakSanitizer, type: "Direct-leak", state: ["look_up", "walk"], isRelevant: false),
        CrashFixture(
            name: "UndefinedBehaviorSanitizer",
            text: "/src/p/a.c:10:5: runtime error: shift exponent 40 is too large for 32-bit type 'int'\n" + stack,
            tool: .undefinedBehaviorSanitizer, type: "Undefined-shift", state: ["look_up", "walk"], isRelevant: false),
        CrashFixture(
            name: "bad cast",
            text: "/src/p/a.cc:1:2: runtime error: downcast of address 0x60a0 which does not point to an object of type 'B'\n"
                + "0x60a0: note: object is of type 'A'\n" + stack,
            tool: .undefinedBehaviorSanitizer, type: "Bad-cast", state: ["Bad-cast to B from A", "look_up", "walk"],
            address: "0x60a0", isRelevant: true),
        CrashFixture(
            name: "control flow integrity",
            text: "a.cc:1:2: runtime error: control flow integrity check for type 'B' failed during virtual call "
                + "(vtable address 0x0000004227)\n(a.out+0x1): note: invalid vtable\n" + stack,
            tool: .controlFlowIntegrity, type: "Bad-cast", state: ["Bad-cast to B from invalid vptr", "look_up", "walk"],
            address: "0x0000004227", isRelevant: true),
        CrashFixture(
            name: "signal under another sanitizer",
            text: "==1==ERROR: MemorySanitizer: SEGV on unknown address 0x000000000010 (pc 0x55 sp 0x7f)\n"
                + "==1==The signal is caused by a WRITE memory access.\n" + stack,
            tool: .memorySanitizer, type: "Null-dereference WRITE", state: ["look_up", "walk"], address: "0x000000000010",
            isRelevant: false),
        CrashFixture(
            name: "sanitizer's own check",
            text: "==1==AddressSanitizer CHECK failed: a.cc:12 \"((x)) != (0)\" (0x0, 0x0)\n" + stack,
            tool: .otherSanitizer, type: "Sanitizer CHECK failure", state: ["\"((x)) != (0)\" (0x0, 0x0)"], isRelevant: false),
        CrashFixture(
            name: "behaviour", text: "===BUG DETECTED: Shell injection===\n" + stack, tool: .behaviourSanitizer,
            type: "Command injection", state: ["look_up", "walk"], isRelevant: true)
    ]

    static let messages: [CrashFixture] = [
        CrashFixture(
            name: "glibc's assertion", text: "prog: a.c:12: look_up: Assertion `size > 0' failed.\n" + stack, tool: .assertion,
            type: "ASSERT", state: ["size > 0", "look_up", "walk"], isRelevant: true),
        CrashFixture(
            name: "libc++'s assertion",
            text: "/usr/include/c++/v1/vector:12: assertion __n < size() failed: index out of bounds\n" + stack, tool: .assertion,
            type: "ASSERT", state: ["index out of bounds", "look_up", "walk"], isRelevant: true),
        CrashFixture(
            name: "Chromium's CHECK",
            text: "[12:34:0101/120000.1:FATAL:fling.cc(48)] Check failed: speed > 0 (0 vs. 0)\n#0 0x7f1 ui::Fling::Fling()\n"
                + "==1==ERROR: AddressSanitizer: ABRT on unknown address 0x1 (pc 0x55)\n" + stack,
            tool: .check, type: "CHECK failure", state: ["speed > 0 in fling.cc", "ui::Fling::Fling", "look_up"],
            isRelevant: false),
        CrashFixture(
            name: "Chromium's security DCHECK",
            text: "[1:1:0101/1.1:FATAL:latency.cc(12)] Security DCHECK failed: !ended_. \n" + stack, tool: .check,
            type: "Security DCHECK failure", state: ["!ended_ in latency.cc", "look_up", "walk"], isRelevant: true),
        CrashFixture(
            name: "glog", text: "F0101 12:34:56.789012    12 store.cc:33] Bad store: 'x'\n" + stack, tool: .check,
            type: "Fatal error", state: ["Bad store in store.cc", "look_up", "walk"], isRelevant: false),
        CrashFixture(
            name: "glog's CHECK", text: "F0101 12:34:56.789012    12 ../store.cc:33] Check failed: a == b (1 vs. 2) \n" + stack,
            tool: .check, type: "CHECK failure", state: ["a == b in store.cc", "look_up", "walk"], isRelevant: false),
        CrashFixture(
            name: "V8's DCHECK",
            text: "#\n# Fatal error in ../../src/objects.cc, line 77\n# Debug check failed: map->is_stable().\n#\n" + stack,
            tool: .v8, type: "DCHECK failure", state: ["map->is_stable() in objects.cc", "look_up", "walk"], isRelevant: true),
        CrashFixture(
            name: "V8's unreachable code", text: "#\n# Fatal error in ../../src/flags.cc, line 7\n# unreachable code\n#\n",
            tool: .v8, type: "Unreachable code", state: ["flags.cc"], isRelevant: false),
        CrashFixture(
            name: "V8's assertion in assembler", text: "abort: CSA_DCHECK failed: IsMap(x) [../../src/stubs.cc:12]\n" + stack,
            tool: .v8, type: "ASSERT", state: ["CSA_DCHECK failed: IsMap(x)", "stubs.cc"], isRelevant: true),
        CrashFixture(
            name: "V8's sandbox",
            text:
                "## V8 sandbox violation detected!\n==1==ERROR: AddressSanitizer: SEGV on unknown address 0x414141414141 (pc 0x1)\n"
                + stack,
            tool: .v8, type: "V8 sandbox violation", state: ["look_up", "walk"], address: "0x414141414141", isRelevant: true),
        CrashFixture(
            name: "V8's script error", text: "#\n# Runtime error in ../../src/test.cc, line 3\n# args->IsMap()\n", tool: .v8,
            type: "RUNTIME_ASSERT", state: ["args->IsMap() in test.cc"], isRelevant: false,
            settings: CrashSettings(countsScriptErrors: true)),
        CrashFixture(
            name: "libFuzzer's signal", text: "==1== ERROR: libFuzzer: deadly signal\n" + stack, tool: .libFuzzer,
            type: "Fatal-signal", state: ["look_up", "walk"], isRelevant: false),
        CrashFixture(
            name: "libFuzzer's timeout", text: "==1== ERROR: libFuzzer: timeout after 25 seconds\n" + stack, tool: .libFuzzer,
            type: "Timeout", state: ["look_up", "walk"], isRelevant: false, settings: CrashSettings(countsExhaustion: true)),
        CrashFixture(
            name: "Centipede's stack limit",
            text: "CRASH LOG: ========= Stack limit exceeded: 9 > 8 (byte); aborting\nCRASH LOG: " + stack, tool: .centipede,
            type: "Stack-overflow", state: ["look_up", "walk"], isRelevant: false),
        CrashFixture(
            name: "loader",
            text: "prog: error while loading shared libraries: libx.so.1: cannot open shared object file: No such file\n",
            tool: .loader, type: "Missing-library", state: ["libx.so.1"], isRelevant: false)
    ]

    static let systems: [CrashFixture] = [
        CrashFixture(
            name: "KernelAddressSanitizer",
            text: "BUG: KASAN: slab-out-of-bounds in hid_probe+0x10/0x20\nWrite of size 4 at addr ffff8800 by task x/1\n"
                + "dump_stack+0x1/0x2\nhid_probe+0x10/0x20\nreally_probe+0x1/0x2\n",
            tool: .kernel, type: "Kernel failure\nSlab-out-of-bounds\nWRITE 4", state: ["hid_probe", "really_probe"],
            address: "0xffff8800", isRelevant: true),
        CrashFixture(
            name: "KernelMemorySanitizer in a log with times",
            text: "[   12.345678] BUG: KMSAN: uninit-value in sock_read+0x10/0x20\n[   12.345679]  kasan_report+0x1/0x2\n"
                + "[   12.345680]  sock_read+0x10/0x20 net/socket.c:12\n[   12.345681]  ? stale+0x1/0x2\n[   12.345682]  vfs_read+0x1/0x2\n",
            tool: .kernel, type: "Kernel failure\nUninit-value", state: ["sock_read", "vfs_read"], isRelevant: true),
        CrashFixture(
            name: "tombstone",
            text: "signal 11 (SIGSEGV), code 1 (SEGV_MAPERR), fault addr 0x41410000\nbacktrace:\n"
                + "    #00 pc 000000000004a1b2  /apex/com.android.runtime/lib64/bionic/libc.so (memcpy+34)\n"
                + "    #01 pc 0004a1b2  /system/lib/libmedia.so (android::Track::read(int)+34) (BuildId: 12ab)\n"
                + "    #02 pc 0004a1b3  /system/lib/libmedia.so (offset 0x1000) (track_open+4)\n    #03 pc 0004a1b4  /system/bin/player\n",
            tool: .android, type: "UNKNOWN", state: ["android::Track::read", "track_open", "/system/bin/player"],
            address: "0x41410000", isRelevant: true),
        CrashFixture(
            name: "kernel's oops",
            text:
                "Internal error: Oops: 805 [#1] PREEMPT SMP ARM\n[<c0667574>] (vidc_prepare+0xa0/0x124) from [<c06>] (x+0x1/0x2)\n",
            tool: .kernel, type: "Kernel failure\nWRITE Translation Fault, Section ({*})", state: ["vidc_prepare"],
            address: "0xc0667574", isRelevant: true),
        CrashFixture(
            name: "kernel's BUG", text: "kernel BUG at mm/slub.c:3456!\n[<c01>] (free_it+0x1/0x2)\n", tool: .kernel,
            type: "Kernel failure\nMm/slub.c:{*}!", state: ["free_it"], address: "0xc01", isRelevant: true),
        CrashFixture(
            name: "Android's signal",
            text: "F/libc: Fatal signal 11 (SIGSEGV), code 1, fault addr 0xdead0000 in tid 12 (mediaserver)\n", tool: .android,
            type: "UNKNOWN", state: ["Mediaserver"], address: "0xdead0000", isRelevant: true),
        CrashFixture(
            name: "Android's memory tags",
            text: "signal 11 (SIGSEGV), code 9 (SEGV_MTESERR), fault addr 0x0b00dead0000\n" + stack,
            tool: .android, type: "Tag-mismatch", state: ["look_up", "walk"], address: "0x0b00dead0000", isRelevant: true),
        CrashFixture(
            name: "Android's abort message", text: "Abort message: '[FATAL:gpu.cc(967)] Timed out.'\n", tool: .android,
            type: "CHECK failure", state: ["Timed out in gpu.cc"], isRelevant: false),
        CrashFixture(
            name: "gdb",
            text:
                "Program received signal SIGSEGV, Segmentation fault.\n0x0000000000400abc in look_up ()\n#0  0x0000000000400abc in look_up ()\n",
            tool: .gdb, type: "SIGSEGV", state: ["look_up"], address: "0x000000400abc", isRelevant: true),
        CrashFixture(
            name: "cdb",
            text: "Attempt to read from address 00000008\nChildEBP RetAddr  \n0012f7c0 7c91abcd script9!Js::Divide+0x12\n",
            tool: .cdb,
            type: "READ", state: ["Js::Divide"], address: "0x00000008", isRelevant: false),
        CrashFixture(
            name: "Chromium's signal handler",
            text:
                "Received signal 11 SEGV_MAPERR 000000000010\n#0 0x7f1 base::debug::StackTrace::StackTrace()\n#1 0x7f2 ui::Fling::Go()\n",
            tool: .signalHandler, type: "Null-dereference", state: ["ui::Fling::Go"], address: "0x000000000010",
            isRelevant: false),
        CrashFixture(
            name: "macOS",
            text:
                "[1:2:3/4:FATAL:fling.cc(48)] Check failed: speed > 0\n0   Content Shell   0x000000010a99 _ZN2ui5FlingC2Ei + 19\n",
            tool: .check, type: "CHECK failure", state: ["speed > 0 in fling.cc", "ui::Fling::Fling"], isRelevant: false),
        CrashFixture(
            name: "Windows",
            text: "[1:2:3/4:FATAL:fling.cc(48)] Check failed: speed > 0\n\tui::Fling::Go [0x1234+56] (c:\\src\\fling.cc:12)\n",
            tool: .check, type: "CHECK failure", state: ["speed > 0 in fling.cc", "ui::Fling::Go"], isRelevant: false)
    ]

    static let languages: [CrashFixture] = [
        CrashFixture(
            name: "Go's runtime",
            text: "panic: runtime error: index out of range [5] with length 3\n\ngoroutine 1 [running]:\npanic(0x1, 0x2)\n"
                + "\t/go/src/runtime/panic.go:1\nexample.com/json.(*state).object(0xc0, {0x1, 0x2})\n\t/src/json.go:12 +0x1\n"
                + "example.com/json.Read(...)\n\t/src/json.go:20\nmain.main()\n",
            tool: .go, type: "Index out of range", state: ["json.(*state).object", "json.Read"], isRelevant: false),
        CrashFixture(
            name: "Go's panic",
            text: "panic: no such window\n\ngoroutine 1 [running]:\nexample.com/zip.(*reader).next(0x1)\n\t/a/zip.go:9\n",
            tool: .assertion, type: "ASSERT", state: ["no such window", "zip.(*reader).next"], isRelevant: true),
        CrashFixture(
            name: "Rust up to 1.72", text: "thread 'main' panicked at 'it works!', src/lib.rs:1:2\n" + stack, tool: .rust,
            type: "ASSERT",
            state: ["it works!", "look_up", "walk"], isRelevant: true),
        CrashFixture(
            name: "Rust since 1.73",
            text: "thread 'main' panicked at src/lib.rs:1:2:\nindex out of bounds: the len is 3\n"
                + "==1== ERROR: libFuzzer: deadly signal\n    #0 0x1 in rust_panic /rustc/1/library/std/src/panicking.rs:1\n"
                + stack,
            tool: .rust, type: "ASSERT", state: ["index out of bounds: the len is 3", "look_up", "walk"], isRelevant: true),
        CrashFixture(
            name: "Java",
            text: "== Java Exception: java.lang.IllegalStateException: no\n\tat com.example.Parser.next(Parser.java:12)\n"
                + "\tat com.example.ParserFuzzer.fuzzerTestOneInput(ParserFuzzer.java:3)\n",
            tool: .java, type: "Uncaught exception",
            state: ["com.example.Parser.next", "com.example.ParserFuzzer.fuzzerTestOneInput"], isRelevant: false),
        CrashFixture(
            name: "Jazzer's detector",
            text:
                "== Java Exception: com.code_intelligence.jazzer.api.FuzzerSecurityIssueHigh: Injection\n\tat com.example.Query.run(Query.java:1)\n",
            tool: .java, type: "Security exception", state: ["com.example.Query.run"], isRelevant: true),
        CrashFixture(
            name: "Python",
            text: " === Uncaught Python exception: ===\nValueError: no\nTraceback (most recent call last):\n"
                + "  File \"/src/fuzz.py\", line 9, in test_one\n    parse(data)\n  File \"/src/parse.py\", line 3, in parse\n"
                + "==1== ERROR: libFuzzer: fuzz target exited\n    #0 0x1 in look_up /src/p/a.c:10:5\n",
            tool: .python, type: "Uncaught exception", state: ["parse", "test_one"], isRelevant: false),
        CrashFixture(
            name: "JavaScript",
            text:
                "==7== Uncaught Exception: Jazzer.js: Error: no\n    at check (/src/a.js:1:2)\n    at module.exports.fuzz (/src/b.js:3:4)\n",
            tool: .javaScript, type: "Uncaught exception", state: ["check", "module.exports.fuzz"], isRelevant: false)
    ]
}

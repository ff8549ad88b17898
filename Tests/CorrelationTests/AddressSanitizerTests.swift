import TestSupport
import Testing

@testable import Correlation

struct `AddressSanitizer reports` {
    private static func report(_ heading: String, _ below: String = "    #0 0x1 in f a.c:1\n") -> CrashReport? {
        CrashReport(
            parsing: Array("noise\n==1==ERROR: \(heading)\n\(below)==1==ABORTING\n".utf8),
            settings: CrashSettings(countsExhaustion: true))
    }

    @Test func `give kind, access, stacks and summary`() throws {
        let text = """
            some output
            =================================================================
            ==7==ERROR: AddressSanitizer: heap-use-after-free on address 0x602000000010 at pc 0x55d1 bp 0x7ffd sp 0x7ffc
            READ of size 4 at 0x602000000010 thread T1 (worker)
                #0 0x55d0 in look /src/p/a.c:10:5
                #1 0x55e0 in main /src/p/a.c:20

            0x602000000010 is located 0 bytes inside of 16-byte region [0x602000000010,0x602000000020)
            freed by thread T0 here:
                #0 0x7f01 in __interceptor_free /x/asan_malloc_linux.cpp:52
                #1 0x55f0 in drop /src/p/a.c:30

            previously allocated by thread T0 here:
                #0 0x7f02 in __interceptor_malloc /x/asan_malloc_linux.cpp:69
                #1 0x55f8 in make /src/p/a.c:40

            Thread T1 (worker) created by T0 here:
                #0 0x7f03 in pthread_create /x/asan_interceptors.cpp:216
                #1 0x55fa in spawn /src/p/a.c:50
            SUMMARY: AddressSanitizer: heap-use-after-free /src/p/a.c:10:5 in look
            Shadow bytes around the buggy address:
            ==7==ABORTING
                #0 0x1 in never
            """
        let report = try #require(CrashReport(parsing: Array(text.utf8)))
        #expect(report.tool == .addressSanitizer && report.kind == "heap-use-after-free")
        #expect(report.access == MemoryAccess(.read, sizeInBytes: 4))
        #expect(report.address == 0x6020_0000_0010 && report.programCounter == 0x55d1)
        #expect(report.frames.map(\.function) == ["look", "main"])
        #expect(report.freeStack.map(\.function) == ["__interceptor_free", "drop"])
        #expect(report.allocationStack.map(\.function) == ["__interceptor_malloc", "make"])
        #expect(report.summary == "AddressSanitizer: heap-use-after-free /src/p/a.c:10:5 in look")
        #expect(report.crashType == "Heap-use-after-free\nREAD 4")
        #expect(report.crashState == ["look", "drop"])
        #expect(report.isSecurityRelevant)
    }

    @Test func `are named as fuzzing services name them`() {
        let access = "READ of size 8 at 0x10 thread T0\n    #0 0x1 in f a.c:1\n"
        let cases: [(heading: String, below: String, kind: String, type: String, isRelevant: Bool)] = [
            (
                "heap-buffer-overflow on address 0x10 at pc 0x1", "WRITE of size 1 at 0x10\n", "heap-buffer-overflow",
                "Heap-buffer-overflow\nWRITE 1", true
            ),
            (
                "stack-buffer-overflow on address 0x10 at pc 0x1", access, "stack-buffer-overflow",
                "Stack-buffer-overflow\nREAD 8", true
            ),
            (
                "stack-buffer-underflow on address 0x10 at pc 0x1", access, "stack-buffer-underflow",
                "Stack-buffer-underflow\nREAD 8", true
            ),
            (
                "global-buffer-overflow on address 0x10 at pc 0x1", "READ of size 16 at 0x10\n", "global-buffer-overflow",
                "Global-buffer-overflow\nREAD 16", true
            ),
            (
                "dynamic-stack-buffer-overflow on address 0x10 at pc 0x1", "WRITE of size 17 at 0x10\n",
                "dynamic-stack-buffer-overflow", "Dynamic-stack-buffer-overflow\nWRITE {*}", true
            ),
            (
                "stack-use-after-return on address 0x10 at pc 0x1", access, "stack-use-after-return",
                "Stack-use-after-return\nREAD 8", true
            ),
            (
                "stack-use-after-scope on address 0x10 at pc 0x1", access, "stack-use-after-scope",
                "Stack-use-after-scope\nREAD 8", true
            ),
            ("use-after-poison on address 0x10 at pc 0x1", access, "use-after-poison", "Use-after-poison\nREAD 8", true),
            ("container-overflow on address 0x10 at pc 0x1", access, "container-overflow", "Container-overflow\nREAD 8", true),
            ("attempting double-free on 0x10 in thread T0:", "", "double-free", "Heap-double-free", true),
            ("attempting free on address which was not malloc()-ed: 0x10 in thread T0", "", "bad-free", "Invalid-free", true),
            (
                "alloc-dealloc-mismatch (malloc vs operator delete) on 0x10", "", "alloc-dealloc-mismatch",
                "Alloc-dealloc-mismatch (malloc vs operator delete)", true
            ),
            (
                "SEGV on unknown address 0x000000000008 (pc 0x1 bp 0x2 sp 0x3 T0)",
                "==1==The signal is caused by a READ memory access.\n", "SEGV", "Null-dereference READ", false
            ),
            ("SEGV on unknown address 0x000000000fff (pc 0x1 bp 0x2 sp 0x3 T0)", "", "SEGV", "Null-dereference", false),
            (
                "SEGV on unknown address 0x000000001000 (pc 0x1 bp 0x2 sp 0x3 T0)",
                "==1==The signal is caused by a WRITE memory access.\n", "SEGV", "UNKNOWN WRITE", true
            ),
            (
                "SEGV on unknown address 0x7f00dead0000 (pc 0x1 bp 0x2 sp 0x3 T0)",
                "==1==The signal is caused by a UNKNOWN memory access.\n", "SEGV", "UNKNOWN", true
            ),
            (
                "SEGV on unknown address (pc 0x1 bp 0x2 sp 0x3 T0)", "==1==The signal is caused by a READ memory access.\n",
                "SEGV", "Segv on unknown address", true
            ),
            ("SEGV on unknown address 0x000000000000 (pc 0x000000000000 bp 0x2 sp 0x3 T0)", "", "SEGV", "Null-dereference", true),
            (
                "access-violation on unknown address 0x00010008 (pc 0x1 bp 0x2 sp 0x3 T0)",
                "==1==The signal is caused by a READ memory access.\n", "access-violation", "UNKNOWN READ", true
            ),
            (
                "SEGV on unknown address 0x03e900000001 (pc 0x1 bp 0x2 sp 0x3 T0)", "    #0 0x1 in gsignal raise.c:5\n", "SEGV",
                "UNKNOWN", false
            ),
            ("unknown-crash on address 0x10 at pc 0x1", access, "unknown-crash", "Null-dereference", false),
            ("stack-overflow on address 0x7ffc0000 (pc 0x1 bp 0x2 sp 0x3 T0)", "", "stack-overflow", "Stack-overflow", false),
            ("FPE on unknown address 0x55 (pc 0x55 bp 0x2 sp 0x3 T0)", "", "FPE", "Floating-point-exception", false),
            ("int-divide-by-zero on unknown address 0x0 (pc 0x55 bp 0x2)", "", "int-divide-by-zero", "Divide-by-zero", false),
            ("ABRT on unknown address 0x03e8 (pc 0x55 bp 0x2 sp 0x3 T0)", "", "ABRT", "Abrt", false),
            ("ABRT (pc 0x55 sp 0x3 bp 0x2 T0)", "", "ABRT", "Abrt", false),
            ("ILL on unknown address 0x55 (pc 0x55 bp 0x2 sp 0x3 T0)", "", "ILL", "Ill", false),
            ("BUS on unknown address 0x55 (pc 0x51 bp 0x2 sp 0x3 T0)", "", "BUS", "Bus", false),
            (
                "memcpy-param-overlap: memory ranges [0x10,0x20) and [0x18, 0x28) overlap", "", "memcpy-param-overlap",
                "Memcpy-param-overlap", true
            ),
            ("negative-size-param: (size=-1)", "", "negative-size-param", "Negative-size-param", true),
            (
                "requested allocation size 0xffffffffffff exceeds maximum supported size of 0x10000000000 (thread T0)", "",
                "allocation-size-too-big", "Out-of-memory", false
            ),
            ("out of memory: allocator is trying to allocate 0x10 bytes", "", "out-of-memory", "Out-of-memory", false),
            ("odr-violation (0x10):", "", "odr-violation", "Odr-violation", false)
        ]
        for (heading, below, kind, type, isRelevant) in cases {
            let report = Self.report("AddressSanitizer: " + heading, below)
            #expect(report?.kind == kind, "\(heading)")
            #expect(report?.crashType == type, "\(heading)")
            #expect(report?.isSecurityRelevant == isRelevant, "\(heading)")
        }
    }

    @Test func `of leaks are about the first direct leak`() {
        let leaks = """
            Indirect leak of 9 byte(s) in 1 object(s) allocated from:
                #0 0x1 in malloc _asan_rtl_
                #1 0x2 in inner a.c:1

            Direct leak of 8 byte(s) in 1 object(s) allocated from:
                #0 0x1 in malloc _asan_rtl_
                #1 0x2 in first a.c:2

            Direct leak of 7 byte(s) in 1 object(s) allocated from:
                #0 0x1 in malloc _asan_rtl_
                #1 0x2 in second a.c:3

            SUMMARY: AddressSanitizer: 24 byte(s) leaked in 3 allocation(s).
            """
        let report = Self.report("LeakSanitizer: detected memory leaks\n", leaks)
        #expect(report?.tool == .leakSanitizer && report?.kind == "direct-leak")
        #expect(report?.crashType == "Direct-leak" && report?.crashState == ["first"])
        #expect(report?.allocationStack == report?.frames && report?.isSecurityRelevant == false)
        let cycle = Self.report("LeakSanitizer: detected memory leaks", String(leaks.prefix(while: { $0 != "D" })))
        #expect(cycle?.crashType == "Indirect-leak" && cycle?.crashState == ["inner"])
    }

    @Test func `of the hardware variant are read too`() {
        let mismatch = Self.report(
            "HWAddressSanitizer: tag-mismatch on address 0x0040e1287be0 at pc 0x007618899e7c",
            "READ of size 8 at 0x0040e1287be0 tags: 0f/47 (ptr/mem) in thread T31\n    #0 0x7618899e78  frame1\n")
        #expect(mismatch?.tool == .hardwareAddressSanitizer && mismatch?.crashType == "Tag-mismatch\nREAD 8")
        #expect(mismatch?.crashState == ["frame1"])
        let tail = Self.report("HWAddressSanitizer: allocation-tail-overwritten; heap object [0x10,0x12) of size 2")
        #expect(tail?.crashType == "Allocation-tail-overwritten" && tail?.address == 0x10)
    }

    @Test func `of a recursion begin where it comes back`() {
        let below = (["leaf", "helper"] + Array(repeating: ["even", "odd"], count: 4).flatMap(\.self) + ["main"]).enumerated()
            .map { "    #\($0) 0x1 in \($1) a.c:1\n" }.joined()
        let report = Self.report("AddressSanitizer: stack-overflow on address 0x7ffc (pc 0x1 bp 0x2 sp 0x3 T0)", below)
        #expect(report?.crashState == ["even", "odd"])
        #expect(report?.frames.count == 11)
    }

    @Test func `name the fuzz target's entry by its file and leave its engine out`() {
        let below = """
                #0 0x1 in memcpy a.c:1
                #1 0x1 in parse p.c:1
                #2 0x1 in LLVMFuzzerTestOneInput /src/x/parse_fuzzer.cc:9
                #3 0x1 in fuzzer::Fuzzer::RunOne(int) engine.cc:1
            freed by thread T0 here:
                #0 0x1 in drop p.c:2

            """
        let report = Self.report("AddressSanitizer: heap-use-after-free on address 0x10 at pc 0x1", below)
        #expect(report?.crashState == ["parse", "parse_fuzzer.cc", "drop"])
    }

    @Test func `without a function of the program have no such state`() {
        let report = Self.report(
            "AddressSanitizer: ABRT (pc 0x1)", "    #0 0x1 (/lib/libc.so.6+0x1)\n    #1 0x2 (/opt/prog+0x2)\n")
        #expect(report?.crashState == ["/opt/prog"] && report?.hasFunctionInState == false)
        #expect(Self.report("AddressSanitizer: ABRT (pc 0x1)")?.hasFunctionInState == true)
    }

    @Test func `are the last of several and survive colours, CRLF and foreign lines`() {
        let text =
            "==5==ERROR: AddressSanitizer: stack-buffer-overflow on address 0x20 at pc 0x1\n    #0 0x1 in before a.c:1\n"
            + "\u{1B}[1m\u{1B}[31m==5==ERROR: AddressSanitizer: heap-buffer-overflow on address 0x10 at pc 0x1\u{1B}[1m\u{1B}[0m\r\n"
            + "\u{1B}[1m\u{1B}[34mREAD of size 2 at 0x10 thread T0\u{1B}[1m\u{1B}[0m\r\n\r\n[worker] still alive\r\n"
            + "    #0 0x1 in first a.c:1\r\n\r\n    #1 0x2 in second a.c:2\r\n"
        let report = CrashReport(parsing: Array(text.utf8))
        #expect(report?.crashType == "Heap-buffer-overflow\nREAD 2")
        #expect(report?.crashState == ["first", "second"])
    }

    @Test func `are not seen where there are none`() {
        for text in [
            "", "all tests passed\n", "==1==WARNING: AddressSanitizer failed to allocate 0x10 bytes\n",
            "ERROR: AddressSanitizer\n",
            "AddressSanitizer:DEADLYSIGNAL\n", "ERROR: AddressSanitizer: \n", "ERROR: OtherSanitizer: heap-buffer-overflow\n"
        ] {
            #expect(CrashReport(parsing: Array(text.utf8)) == nil, "\(text)")
        }
    }

    @Test func `say when a mitigation held`() {
        let below = "READ of size 8 at 0x10 thread T0\n    #0 0x1 in f a.c:1\nMiraclePtr Status: PROTECTED\n"
        #expect(
            Self.report("AddressSanitizer: heap-use-after-free on address 0x10 at pc 0x1", below)?.isSecurityRelevant == false)
        let not = below.replacing("PROTECTED", with: "NOT PROTECTED")
        #expect(Self.report("AddressSanitizer: heap-use-after-free on address 0x10 at pc 0x1", not)?.isSecurityRelevant == true)
    }

    @Test func `never break the reader, whatever was printed`() {
        let whole = Array(
            """
            ==1==ERROR: AddressSanitizer: heap-buffer-overflow on address 0x602000000018 at pc 0x55 bp 0x7f sp 0x7e
            WRITE of size 2 at 0x602000000018 thread T0
                #0 0x55 in void a::(anonymous namespace)::b<c, d>(int) const /src/x y/z.cc:67:3 (/opt/p+0x55) (BuildId: 00)
                #1.1 0x55 in operator<< ../q.h:1 <<application>>+0xacf4c
            freed by thread T0 here:
                #0 0x1 (<unknown module>)
            SUMMARY: AddressSanitizer: x
            """.utf8)
        for length in 0...whole.count { _ = CrashReport(parsing: Array(whole.prefix(length)))?.crashState }
        var generator = SeededGenerator(seed: 42)
        let seeds = Array("()<>[]{}#/\\:+ .`'\u{1B}\n\r\0x0".utf8)
        for round in 0..<1_000 {
            var damaged = whole
            for _ in 0..<Int.random(in: 1...8, using: &generator) {
                let index = Int.random(in: 0..<damaged.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: damaged[index] = seeds[Int.random(in: 0..<seeds.count, using: &generator)]
                case 1: damaged.remove(at: index)
                default: damaged[index] = .random(in: 0...255, using: &generator)
                }
            }
            let report = CrashReport(parsing: damaged)
            #expect((report?.crashState.count ?? 0) <= 3, "seed 42, round \(round)")
            _ = report?.crashType
        }
    }

    @Test func `of endless stacks are cut`() {
        let below = (0..<5_000).map { "    #\($0) 0x1 in f\($0) a.c:1\n" }.joined()
        #expect(Self.report("AddressSanitizer: stack-overflow on address 0x1 (pc 0x1)", below)?.frames.count == 512)
    }
}

@testable import Correlation

extension CrashFixture {
    private static let kernelCalls =
        "CPU: 0 PID: 1 Comm: swapper/0 Not tainted 6.1.0\nCall Trace:\n <TASK>\n dump_stack_lvl+0x45/0x5a\n"
        + " ubsan_epilogue+0x5/0x40\n __ubsan_handle_out_of_bounds+0x8c/0xa0\n mesh_fill+0x12/0x34 [mesh]\n mesh_open+0x1/0x2\n"

    /// As race detectors and the kernel's check for undefined behaviour print them.
    static let races: [CrashFixture] = [
        CrashFixture(
            name: "ThreadSanitizer without addresses",
            text: "==================\nWARNING: ThreadSanitizer: data race (pid=7)\n  Write of size 4 at 0x7b04 by thread T1:\n"
                + "    #0 inc(void*) /src/race.cc:4:5 (race+0x4a1c2d) (BuildId: 12ab)\n"
                + "    #1 std::thread::run() race.h:9 (race+0x4a1c2d)\n\n  Previous read of size 4 at 0x7b04 by main thread:\n"
                + "    #0 dec race.cc:9 (race+0x4a1c3d)\n    #1 main /src/race.cc:12:5 (race+0x4a1c4d)\n\n"
                + "  Thread T1 (tid=9, running) created by main thread at:\n    #0 pthread_create <null> (race+0x42)\n"
                + "    #1 spawn /src/race.cc:20:5 (race+0x4a1c4d)\n",
            tool: .threadSanitizer, type: "Data race\nWRITE 4", state: ["inc", "std::thread::run", "dec"], address: "0x7b04",
            isRelevant: false),
        CrashFixture(
            name: "Go's race detector",
            text: "==================\nWARNING: DATA RACE\nWrite at 0x00c0000b4010 by goroutine 7:\n"
                + "  example.org/tide/cache.(*Map).Put()\n      /src/cache/map.go:10 +0x44\n  main.main.func1()\n"
                + "      /src/main.go:20 +0x30\n\nPrevious read at 0x00c0000b4010 by goroutine 6:\n"
                + "  example.org/tide/cache.(*Map).Get()\n      /src/cache/map.go:15 +0x30\n\nGoroutine 7 (running) created at:\n"
                + "  example.org/tide/cache.Start()\n      /src/cache/map.go:9 +0x8a\n==================\nFound 1 data race(s)\n",
            tool: .go, type: "Data race", state: ["cache.(*Map).Put", "cache.(*Map).Get"], address: "0x00c0000b4010",
            isRelevant: false),
        CrashFixture(
            name: "Go's race detector in a program without packages",
            text: "WARNING: DATA RACE\nRead at 0x00c0000b4010 by goroutine 7:\n  main.count()\n      /src/main.go:10 +0x44\n\n"
                + "Previous write at 0x00c0000b4010 by main goroutine:\n  main.add()\n      /src/main.go:15 +0x30\n\n"
                + "Goroutine 7 (running) created at:\n  main.start()\n      /src/main.go:9 +0x8a\n",
            tool: .go, type: "Data race", state: ["main.count", "main.add"], address: "0x00c0000b4010", isRelevant: false),
        CrashFixture(
            name: "the kernel's undefined behaviour",
            text: "[   12.345678] UBSAN: array-index-out-of-bounds in drivers/net/mesh.c:123:4\n"
                + "[   12.345678] index 5 is out of range for type 'int [4]'\n" + kernelCalls,
            tool: .kernel, type: "Kernel failure\nArray-index-out-of-bounds", state: ["mesh_fill", "mesh_open"], isRelevant: true),
        CrashFixture(
            name: "the kernel's undefined behaviour, and what it led to",
            text: "UBSAN: shift-out-of-bounds in drivers/net/mesh.c:123:4\n" + kernelCalls
                + "BUG: KASAN: slab-out-of-bounds in mesh_copy+0x1b/0x40\nRead of size 8 at addr ffff8880\n mesh_copy+0x1b/0x40\n",
            tool: .kernel, type: "Kernel failure\nSlab-out-of-bounds\nREAD 8", state: ["mesh_copy"], address: "0xffff8880",
            isRelevant: true)
    ]
}

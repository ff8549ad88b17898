import Clearinghouse

@testable import Sandbox

/// Sandboxes whose programs do as told.
enum FakeSandbox {
    /// The program crashes in `tide_expand` unless a patch was applied when it was built.
    static let crashingUnlessPatched = ReplayRunner { job, _ in
        if job.arguments.first == "sh" {
            let isPatched = job.inputs.keys.contains(".breakwater.patch")
            return outcome(collected: Dictionary(uniqueKeysWithValues: job.collect.map { ($0, isPatched ? [1] : [0]) }))
        }
        let isFixed = job.inputs["program"]?.bytes == [1]
        return isFixed ? outcome() : outcome(code: 1, standardError: crash)
    }

    /// A patch changes nothing.
    static let crashingAlways = ReplayRunner { job, _ in
        job.arguments.first == "sh"
            ? outcome(collected: Dictionary(uniqueKeysWithValues: job.collect.map { ($0, [0]) }))
            : outcome(code: 1, standardError: crash)
    }

    private static let crash = """
        ==7==ERROR: AddressSanitizer: heap-buffer-overflow on address 0x602000000010 at pc 0x55d1 bp 0x7ffd sp 0x7ffc
        WRITE of size 2 at 0x602000000010 thread T0
            #0 0x55d1 in tide_expand /src/libtide/src/tide.c:88:14
            #1 0x55d2 in tide_decode /src/libtide/src/tide.c:140:9
            #2 0x55d3 in main /src/libtide/fuzz/decode.c:20:3

        SUMMARY: AddressSanitizer: heap-buffer-overflow /src/libtide/src/tide.c:88:14 in tide_expand

        """

    static func outcome(
        code: Int32 = 0, standardError: String = "", collected: [String: [UInt8]] = [:]
    ) -> SandboxOutcome {
        SandboxOutcome(
            ending: .exited(code: code), standardOutput: CapturedOutput(bytes: [], omittedByteCount: 0),
            standardError: CapturedOutput(bytes: Array(standardError.utf8), omittedByteCount: 0), wallTime: .zero, cpuTime: .zero,
            peakMemoryInBytes: 0, collected: collected, notCollected: [], memoryGuard: .residentSetSupervisor
        )
    }
}

import Testing

@testable import Sandbox

/// Prints figures for the record; the only time that is asserted is one that a missed wake-up would exceed.
@Suite(.enabled("SKIPPED: no sandbox on this machine") { await Confined.isAvailable() }, .serialized)
struct `Sandbox speed` {
    @Test func `starts and ends a command in a bounded number of milliseconds`() async throws {
        var times: [Duration] = []
        let clock = ContinuousClock()
        for _ in 0..<100 {
            times.append(try await clock.measure { _ = try await Sandbox.run(SandboxJob(arguments: ["true"]), .replay) })
        }
        times.sort()
        print("sandbox start to end of `true`, 100 runs: p50 \(times[50]), p95 \(times[95]), worst \(times[99])")
        // A bound that only a broken wait (a missed end of a stream, a sleep) can exceed.
        #expect(times[50] < .seconds(1))
    }
}

import AllocationCounter
import Foundation

/// One thing measured: how many there were in a round, and what each round took by the wall clock and of the processor.
///
/// Wall time on a shared machine tells what others do; processor time is what the code costs.
struct Figure {
    let name: String
    /// Things done in a round, for example components asked about.
    let count: Int
    private var wall: [Double] = []
    private var processor: [Double] = []
    /// What the rounds found, so that nothing is optimised away and both sides can be held against each other.
    private var result = 0
    /// Requests for memory in the last round.
    private var allocations = 0

    /// Measures rounds of `body` after two that warm up; it returns what it found, the same number each time.
    init(_ name: String, count: Int, rounds: Int, _ body: () throws -> Int) rethrows {
        self.name = name
        self.count = count
        for round in -2..<rounds {
            let allocated = allocation_count()
            let (start, used) = (ContinuousClock.now, Self.processorTime())
            result = try body()
            allocations = allocation_count() - allocated
            if round < 0 { continue }
            let elapsed = (ContinuousClock.now - start).components
            wall.append(Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18)
            processor.append(Self.processorTime() - used)
        }
    }

    /// Seconds of the processor that this process has used, in its own code and in the system's.
    private static func processorTime() -> Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        let microseconds = usage.ru_utime.tv_usec + usage.ru_stime.tv_usec
        return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) + Double(microseconds) * 1e-6
    }

    private static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
    }

    /// Seconds are medians of the rounds.
    var json: String {
        """
        {"figure":"\(name)","count":\(count),"rounds":\(wall.count),"wall":\(Self.median(wall)),\
        "cpu":\(Self.median(processor)),"result":\(result),"allocations":\(allocations)}
        """
    }
}

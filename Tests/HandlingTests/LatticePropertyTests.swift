import Handling
import TestSupport
import Testing

/// The same seed gives the same labels and clearances everywhere.
private struct Sample {
    private static let names = ["case:1", "case:2", "member:a", "community:x"]
    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    mutating func label() -> HandlingLabel {
        var compartments: Set<Compartment> = []
        for name in Sample.names where Int.random(in: 0..<4, using: &random) == 0 {
            Compartment(name).map { _ = compartments.insert($0) }
        }
        return HandlingLabel(TLPLabel.allCases.randomElement(using: &random) ?? .red, compartments: compartments)
    }

    mutating func clearance() -> Clearance {
        var standings: [Compartment: Standing] = [:]
        for name in Sample.names where Int.random(in: 0..<4, using: &random) > 0 {
            Compartment(name).map { standings[$0] = Standing.allCases.randomElement(using: &random) }
        }
        return Clearance(upTo: TLPLabel.allCases.randomElement(using: &random) ?? .clear, standings: standings)
    }
}

/// What must hold for all labels and for clearances that differ from compartment to compartment.
@Suite struct LatticePropertyTests {
    private static let seed: UInt64 = 0x71F2
    private static let rounds = 20_000

    @Test func `the join is the least upper bound of a partial order`() {
        var sample = Sample(seed: Self.seed)
        for round in 0..<Self.rounds {
            let (a, b, c) = (sample.label(), sample.label(), sample.label())
            let place: Comment = "seed \(Self.seed), round \(round): \(a), \(b), \(c)"
            let join = a.joined(b)
            #expect(join.dominates(a) && join.dominates(b) && a.dominates(a), place)
            if c.dominates(a), c.dominates(b) { #expect(c.dominates(join), place) }
            #expect(a.dominates(b) == (join == a), place)
            if a.dominates(b), b.dominates(a) { #expect(a == b, place) }
            if a.dominates(b), b.dominates(c) { #expect(a.dominates(c), place) }
        }
    }

    @Test func `whoever may read under a label may read under all that it dominates`() {
        var sample = Sample(seed: Self.seed + 1)
        var (reads, refusals) = (0, 0)
        for round in 0..<Self.rounds {
            let (a, b, clearance) = (sample.label(), sample.label(), sample.clearance())
            let place: Comment = "seed \(Self.seed + 1), round \(round): \(a), \(b), \(clearance)"
            let join = a.joined(b)
            if clearance.permits(join) {
                reads += 1
                #expect(clearance.permits(a) && clearance.permits(b), place)
            } else {
                refusals += 1
            }
            // The rule once more, in other words than the implementation's.
            let isIn = join.compartments.subtracting(clearance.ceilings.keys).isEmpty
            let lowest = clearance.ceilings.filter { join.compartments.contains($0.key) }.values.min() ?? .red
            #expect(clearance.permits(join) == (isIn && join.tlp <= min(lowest, clearance.maximumTLP)), place)
            #expect((try? Labeled(1, a).restricted(by: b).read(as: clearance)) == (clearance.permits(join) ? 1 : nil), place)
        }
        #expect(reads > 500 && refusals > 500, "both happen: \(reads) and \(refusals)")
    }
}

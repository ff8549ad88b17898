import Handling
import TestSupport
import Testing

extension SeededGenerator {
    fileprivate mutating func label() -> HandlingLabel {
        HandlingLabel(TLPLabel.allCases.randomElement(using: &self) ?? .red, compartments: compartments())
    }

    fileprivate mutating func clearance() -> Clearance {
        Clearance(upTo: TLPLabel.allCases.randomElement(using: &self) ?? .clear, compartments: compartments())
    }

    private mutating func compartments() -> Set<Compartment> {
        var chosen: Set<Compartment> = []
        for name in ["case:1", "case:2", "member:a"] where Bool.random(using: &self) {
            Compartment(name).map { _ = chosen.insert($0) }
        }
        return chosen
    }
}

@Suite struct HandlingTests {
    private static let seed = UInt64.random(in: .min ... .max)

    @Test func `prints and reads the five labels of TLP 2-0 and nothing else`() {
        let texts = ["TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED"]
        #expect(texts.compactMap(TLPLabel.init).map(\.description) == texts)
        for text in ["TLP:WHITE", "tlp:red", "RED", "TLP: RED", "TLP:AMBER STRICT", ""] {
            #expect(TLPLabel(text) == nil, "\(text)")
        }
    }

    @Test func `reads back every label it prints`() {
        var random = SeededGenerator(seed: Self.seed)
        for _ in 0..<1_000 {
            let label = random.label()
            #expect(HandlingLabel(label.description) == label, "seed \(Self.seed), \(label)")
        }
        for text in ["TLP:RED ", "TLP:RED b,a", "TLP:RED a,,b", "TLP:RED a b"] {
            #expect(HandlingLabel(text) == nil, "\(text)")
        }
    }

    @Test func `joining is commutative, associative and idempotent, and never widens`() {
        var random = SeededGenerator(seed: Self.seed)
        for _ in 0..<2_000 {
            let (a, b, c) = (random.label(), random.label(), random.label())
            let message: Comment = "seed \(Self.seed): \(a), \(b), \(c)"
            #expect(a.joined(b) == b.joined(a), message)
            #expect(a.joined(b.joined(c)) == a.joined(b).joined(c), message)
            #expect(a.joined(a) == a, message)
            #expect(a.joined(b).dominates(a) && a.joined(b).dominates(b), message)
        }
    }

    @Test func `nothing reaches a principal below its label, however it was derived`() {
        var random = SeededGenerator(seed: Self.seed)
        for _ in 0..<4_000 {
            let (left, right, clearance) = (random.label(), random.label(), random.clearance())
            let derived = Labeled("secret", left).map { $0 + "!" }.combined(with: Labeled(1, right)) { "\($0)\($1)" }
            let mayRead = clearance.permits(left) && clearance.permits(right)
            let read = try? derived.read(as: clearance)
            #expect((read != nil) == mayRead, "seed \(Self.seed): \(left), \(right), \(clearance)")
        }
    }

    @Test func `describes itself by its label alone`() {
        let labeled = Labeled("heap overflow in libtide", .red)
        #expect("\(labeled)" == "Labeled(TLP:RED, redacted)")
        #expect(String(reflecting: labeled) == "Labeled(TLP:RED, redacted)")
        var dumped = ""
        dump(labeled, to: &dumped)
        #expect(!dumped.contains("libtide"))
    }
}

import Handling
import Testing

@Suite struct HandlingLabelTests {
    private func label(_ text: String) throws -> HandlingLabel { try #require(HandlingLabel(text), "\(text)") }

    @Test func `the labels go from the widest audience to the narrowest`() {
        #expect(TLPLabel.allCases.sorted() == [.clear, .green, .amber, .amberStrict, .red])
        #expect(TLPLabel.allCases.map(\.name) == ["CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"])
    }

    @Test func `refuses every other spelling of a TLP label`() {
        for text in [
            "TLP:", "TLP:red", "TLP:RED ", " TLP:RED", "TLP:AMBER-STRICT", "TLP:AMBER+", "TLP:AMBER +STRICT", "TLP:RED\0",
            "TLP：RED", "Tlp:Red", "TLP:AMBER+STRICT+", "TLP:REDTLP:RED"
        ] {
            #expect(TLPLabel(text) == nil, "\(text.debugDescription)")
        }
    }

    @Test func `prints one text, which records keep, and reads only that`() throws {
        #expect(try label("TLP:RED case:10,case:7,member:lab-a").compartments.count == 3)
        #expect(try label("TLP:AMBER+STRICT case:a:b/c").description == "TLP:AMBER+STRICT case:a:b/c")
        #expect(HandlingLabel.clear.description == "TLP:CLEAR")
        for text in [
            "", " ", "RED", "TLP:RED ", "TLP:RED  case:1", " TLP:RED", "TLP:RED case:1 ", "TLP:RED case:1,", "TLP:RED ,case:1",
            "TLP:RED case:1, case:2", "TLP:RED case:2,case:1", "TLP:RED case:1,case:1", "TLP:RED case", "TLP:RED case:",
            "TLP:RED\tcase:1", "TLP:REDcase:1", "TLP:RED,case:1", "TLP:RED case:1\n", "TLP:RED Case:1", "TLP:RED case:é"
        ] {
            #expect(HandlingLabel(text) == nil, "\(text.debugDescription)")
        }
        func many(_ count: Int) -> String {
            "TLP:RED " + (100..<100 + count).map { "case:\($0)" }.joined(separator: ",")
        }
        #expect(HandlingLabel(many(HandlingLabel.maximumCompartmentCount)) != nil)
        #expect(HandlingLabel(many(HandlingLabel.maximumCompartmentCount + 1)) == nil)
    }

    @Test func `a compartment is a kind and an identifier`() {
        let longest = "case:" + String(repeating: "x", count: Compartment.maximumByteCount - 5)
        for name in ["case:BW-2026-0042", "a:b", "member:x=y;z", longest] {
            #expect(Compartment(name)?.name == name)
        }
        for name in [
            "", ":", "case", "case:", ":1", "Case:1", "ca se:1", "case:1 2", "case:1,2", "case:é", "case:1\n", "c4se:1",
            "case:\u{7F}", longest + "x"
        ] {
            #expect(Compartment(name) == nil, "\(name.debugDescription)")
        }
    }

    @Test func `dominance needs the label and every compartment`() throws {
        let (red, green) = try (label("TLP:RED case:1"), label("TLP:GREEN case:1"))
        let (both, other) = try (label("TLP:GREEN case:1,case:2"), label("TLP:GREEN case:2"))
        #expect(red.dominates(green) && !green.dominates(red))
        #expect(both.dominates(green) && !green.dominates(both))
        #expect(!red.dominates(other) && !other.dominates(red))
        #expect(!both.dominates(red) && !red.dominates(both))
        #expect(red.dominates(.clear) && !HandlingLabel.clear.dominates(red) && red.dominates(red))
        #expect(red.joined(other).description == "TLP:RED case:1,case:2")
    }
}

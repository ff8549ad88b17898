import Handling
import Testing

@Suite struct ClearanceTests {
    private let room: Compartment
    private let other: Compartment

    init() throws {
        room = try #require(Compartment("case:1"))
        other = try #require(Compartment("case:2"))
    }

    private func mayRead(_ label: HandlingLabel, _ clearance: Clearance) -> Bool {
        (try? Labeled(1, label).read(as: clearance)) == 1
    }

    /// TLP 2.0 section 4, one line for each standing: what it may read, and by omission what not.
    @Test func `each standing reads up to its label`() throws {
        let expected: [Standing: Set<TLPLabel>] = [
            .communityMember: [.clear, .green],
            .client: [.clear, .green, .amber],
            .organizationMember: [.clear, .green, .amber, .amberStrict],
            .recipient: [.clear, .green, .amber, .amberStrict, .red]
        ]
        for standing in Standing.allCases {
            let clearance = Clearance(upTo: .red, standings: [room: standing])
            for tlp in TLPLabel.allCases {
                let isExpected = try #require(expected[standing]).contains(tlp)
                #expect(mayRead(HandlingLabel(tlp, compartments: [room]), clearance) == isExpected, "\(standing), \(tlp)")
            }
        }
    }

    @Test func `a recipient in one case may be a client in another, and is nobody in a third`() throws {
        let third = try #require(Compartment("case:3"))
        let clearance = Clearance(upTo: .red, standings: [room: .recipient, other: .client])
        #expect(mayRead(HandlingLabel(.red, compartments: [room]), clearance))
        #expect(!mayRead(HandlingLabel(.amberStrict, compartments: [other]), clearance))
        #expect(mayRead(HandlingLabel(.amber, compartments: [other, room]), clearance))
        #expect(!mayRead(HandlingLabel(.red, compartments: [other, room]), clearance))
        for tlp in TLPLabel.allCases { #expect(!mayRead(HandlingLabel(tlp, compartments: [third]), clearance), "\(tlp)") }
    }

    @Test func `nothing is above the principal's own maximum`() {
        let clearance = Clearance(upTo: .green, standings: [room: .recipient])
        #expect(clearance.ceilings == [room: .green])
        #expect(!mayRead(HandlingLabel(.amber, compartments: [room]), clearance))
        #expect(!mayRead(.amber, clearance))
        #expect(mayRead(.green, clearance))
        #expect(Clearance(upTo: .amber, compartments: [room]).compartments == [room])
        #expect(mayRead(.clear, .anonymous) && !mayRead(.green, .anonymous))
        #expect(!mayRead(HandlingLabel(.clear, compartments: [room]), .anonymous))
    }

    @Test func `restricting never widens`() {
        let labeled = Labeled("x", HandlingLabel(.red, compartments: [room]))
        #expect(labeled.restricted(by: .clear).label == labeled.label)
        #expect(labeled.restricted(by: HandlingLabel(.green, compartments: [other])).label.compartments == [room, other])
    }

    @Test func `neither text nor dump nor refusal shows value or compartment`() throws {
        struct Finding { let title = "heap overflow" }
        let secret = try #require(Compartment("case:secret"))
        let labeled = Labeled(Finding(), HandlingLabel(.amber, compartments: [secret]))
        var texts = ["\(labeled)", String(reflecting: labeled), "\(Optional(labeled) as Any)", String(describing: [labeled])]
        let refusal = #expect(throws: HandlingError.self) { try labeled.read(as: .anonymous) }
        texts += ["\(try #require(refusal))", String(reflecting: refusal), "\(refusal as Any)"]
        for value: Any in [labeled, try #require(refusal)] {
            var dumped = ""
            dump(value, to: &dumped)
            texts.append(dumped)
        }
        for text in texts {
            #expect(!text.contains("overflow") && !text.contains("title") && !text.contains("secret"), "\(text)")
        }
        #expect(refusal?.required == labeled.label)
    }
}

import Testing

@testable import Correlation

@Suite struct WeaknessClassTests {
    @Test func `no weakness is a kind of itself`() {
        for number in WeaknessHierarchy.numbers {
            for parent in WeaknessHierarchy.parents(of: number) {
                #expect(!WeaknessHierarchy.kinds(of: number).contains(parent), "CWE-\(number) and CWE-\(parent)")
            }
        }
        #expect(WeaknessHierarchy.kinds(of: 119).isSuperset(of: [119, 787, 122, 125, 416]))
        #expect(WeaknessHierarchy.kinds(of: 99_999) == [99_999])
    }

    @Test func `a family's listed members are of it and of the classes above it`() throws {
        for family in WeaknessFamily.families {
            let members = try #require(WeaknessClass.weaknesses(named: family.name), "\(family.name)")
            #expect(members.isSuperset(of: family.numbers), "\(family.name)")
        }
        let memorySafety = try #require(WeaknessClass.weaknesses(named: "memory-safety"))
        for name in ["bounds", "lifetime", "null"] {
            #expect(memorySafety.isSuperset(of: try #require(WeaknessClass.weaknesses(named: name))), "\(name)")
        }
        #expect(WeaknessClass.weaknesses(named: "odd") == nil)
        #expect(WeaknessClass.names.allSatisfy { WeaknessClass.weaknesses(named: $0)?.isEmpty == false })
    }

    @Test func `a kind with a family of its own is not drawn into its parent's`() throws {
        // A certificate past its end is a kind of CWE-672, which stands among the lifetimes of memory.
        #expect(WeaknessHierarchy.kinds(of: 672).contains(298))
        #expect(try !#require(WeaknessClass.weaknesses(named: "lifetime")).contains(298))
        #expect(try #require(WeaknessClass.weaknesses(named: "cryptography")).contains(298))
    }
}

import AdvisoryFormats
package import Clearinghouse
package import Journal
package import Matching
import PackageIdentity
import TestSupport

/// Both directions of matching, held against each other on any engine of the journal: what a scan of deposited inventories says of
/// an advisory is what every deposited component says that is matched against it.
package enum InventoryConformance {
    /// How much a run looked at, so that one which looked at nothing does not pass unseen.
    package struct Tally: Sendable {
        package var affected = 0
        package var undecided = 0
        package var unconcerned = 0
    }

    /// One component of one inventory and what an advisory says of it.
    private struct Verdict: Hashable {
        let inventory: String
        let ecosystem: Ecosystem
        let name: String
        let version: String?
        let doubt: VersionDoubt?
        let match: Match

        init(_ inventory: String, _ component: Component, _ match: Match) {
            self.inventory = inventory
            ecosystem = component.ecosystem
            name = component.name
            version = component.version
            doubt = component.doubt
            self.match = match
        }
    }

    /// Deposits random inventories of what the advisories name, and odd things beside it, in a journal that has the projections of
    /// the clearinghouse; replaces some and withdraws some; and asks each advisory.
    /// - Parameter pageSize: small, so that pages end everywhere.
    /// - Throws: `JournalConformance.Violation` where the directions differ, with the seed and the first difference.
    package static func check(
        _ advisories: [IndexedAdvisory], on journal: any Journal, environment: ClearinghouseEnvironment, seed: UInt64,
        inventoryCount: Int = 25, pageSize: Int = 3
    ) async throws -> Tally {
        let listed = try await deposit(advisories, on: journal, environment, seed, inventoryCount)
        let numbers = try await numbers(in: journal)
        var tally = Tally()
        for advisory in advisories {
            let scanned = try await scanned(advisory, in: journal, numbers, pageSize)
            let direct = try matched(advisory, listed)
            guard scanned.count == Set(scanned).count else { throw violation(advisory, seed, "something is found twice") }
            if let difference = Set(scanned).symmetricDifference(direct).first {
                let side = direct.contains(difference) ? "only matching finds" : "only the scan finds"
                throw violation(advisory, seed, "\(side) \(difference)")
            }
            tally.affected += direct.count { $0.match.verdict == .affected }
            tally.undecided += direct.count { $0.match.verdict != .affected }
            tally.unconcerned += listed.values.reduce(0) { $0 + $1.count } - direct.count
        }
        return tally
    }

    private static func violation(_ advisory: IndexedAdvisory, _ seed: UInt64, _ text: String) -> JournalConformance.Violation {
        JournalConformance.Violation(description: "\(advisory.id), seed \(seed): \(text)")
    }

    private static func deposit(
        _ advisories: [IndexedAdvisory], on journal: any Journal, _ environment: ClearinghouseEnvironment, _ seed: UInt64,
        _ count: Int
    ) async throws -> [String: [Component]] {
        let inventories = Inventories(journal: journal, environment: environment)
        let owner = Principal(member: "owner", scopes: [.depositInventories])
        var (chance, kept): (ComponentChance, [String: [Component]]) = (ComponentChance(advisories, seed: seed), [:])
        for number in 0..<count {
            // Every third replaces one, and what it lists goes except for what both list.
            let name = "inventory \(number % 3 == 2 ? number - 1 : number)"
            var components = chance.components(60)
            if let earlier = kept[name] { components += earlier.prefix(20) }
            let deposit = try InventoryDeposit(components, named: name, document: Array("\(number)".utf8), format: "test")
            let receipt = try await inventories.deposit(deposit, by: owner)
            kept[name] = components.map(\.sayingNothing)
            guard number % 7 == 6 else { continue }
            try await inventories.withdraw(receipt.identifier, by: owner)
            kept[name] = nil
        }
        return kept
    }

    private static func numbers(in journal: any Journal) async throws -> [Int64: String] {
        let rows = try await journal.read { try $0.rows("SELECT number, name FROM inventory") }
        return Dictionary(uniqueKeysWithValues: try rows.map { (try $0.integer(0), try $0.text(1)) })
    }

    private static func scanned(
        _ advisory: IndexedAdvisory, in journal: any Journal, _ numbers: [Int64: String], _ pageSize: Int
    ) async throws -> [Verdict] {
        let found = try await journal.read { snapshot in
            var (scan, found) = (try AdvisoryScan(advisory, pageSize: pageSize), [ConcernedComponents]())
            try scan.run(in: snapshot) { found.append($0) }
            return found
        }
        return found.flatMap { concerned in
            concerned.inventories.map {
                Verdict(numbers[$0] ?? "an inventory that is gone", concerned.component, concerned.match)
            }
        }
    }

    private static func matched(_ advisory: IndexedAdvisory, _ listed: [String: [Component]]) throws -> Set<Verdict> {
        var (matcher, found) = (Matcher(try AdvisoryIndex(of: [advisory])), Set<Verdict>())
        for (inventory, components) in listed {
            for component in components {
                for match in matcher.matches(component) { found.insert(Verdict(inventory, component, match)) }
            }
        }
        return found
    }
}

/// Draws components around what advisories say.
private struct ComponentChance {
    private let packages: [AffectedPackage]
    private var chance: SeededGenerator

    init(_ advisories: [IndexedAdvisory], seed: UInt64) {
        packages = advisories.flatMap(\.affected)
        chance = SeededGenerator(seed: seed)
    }

    mutating func components(_ count: Int) -> [Component] { (0..<count).map { _ in component() } }

    private mutating func component() -> Component {
        let package = chance.pick(packages)
        var component = Component(ecosystem: ecosystem(of: package), name: package.name, version: version(of: package))
        switch chance.below(8) {
        case 0: component.doubt = .stated
        case 1 where component.ecosystem.versionScheme == .rpm: component.doubt = .openEpoch
        default: break
        }
        return component
    }

    /// The advisory's own, another release, or a release nobody knows.
    private mutating func ecosystem(of package: AffectedPackage) -> Ecosystem {
        switch chance.below(6) {
        case 0: Ecosystem(name: package.ecosystem.name)
        case 1: chance.pick(packages).ecosystem
        case 2: Ecosystem(name: package.ecosystem.name, suffix: chance.pick(["1", "12", "9.3", "v3.18", "Alpine:3.18", ""]))
        default: package.ecosystem
        }
    }

    private mutating func version(of package: AffectedPackage) -> String? {
        let written = package.explicitVersions + package.ranges.flatMap { [$0.introducedText] + $0.end.texts }
        switch chance.below(8) {
        case 0: return chance.pick([nil, "", "no version", "2004d", "1.2.3\u{301}", "0", "99999.0", "01.0", "v1.0"])
        case 1: return chance.pick(["1.0", "1.0.0", "1.0.0-rc.1", "2:1.0-1", "1.0-1.el9", "1.0_p1", "1.0.post1", "2.0.0+b1"])
        case 2: return written.isEmpty ? "1.0" : chance.pick(written) + chance.pick([".1", "-1", "+1", "~1", "a", "rc1", ".0"])
        default: return written.isEmpty ? "1.0" : chance.pick(written)
        }
    }
}

extension Component {
    /// The same with no version, and no doubt about it, in the place of an empty one, as the clearinghouse keeps it.
    fileprivate var sayingNothing: Component {
        var component = self
        if version?.isEmpty ?? true { (component.version, component.doubt) = (nil, nil) }
        return component
    }
}

extension VersionRange.End {
    fileprivate var texts: [String] {
        switch self {
        case .fixed(let text), .lastAffected(let text), .limit(let text): [text]
        case .none: []
        }
    }
}

import Clearinghouse
import Matching
import PackageIdentity

/// What made-up inventories list: packages that have advisories, in the versions that these name, and made-up ones between them; a
/// few packages nearly everywhere and most of them nearly nowhere.
///
/// An inventory draws most of its components from one ecosystem, as a host or a project does, and the others from all. How common the
/// package of rank `r` is follows Zipf's law (1/r); of its versions the latest is the most common, each earlier one less so.
struct Population {
    static let componentsPerInventory = 1_000
    /// Of its components, those from its main ecosystem.
    private static let mainShare = 800

    /// Every version of every package, in the order of the table.
    let rows: [ComponentRow]
    private let ecosystems: [RankedPackages]
    private let seed: UInt64

    /// - Parameter packages: lines, as `DepositsBenchmark` describes them.
    init(packages: [UInt8], seed: UInt64) {
        let all = Set(packages.split(separator: UInt8(ascii: "\n")).flatMap { Self.package($0).rows }).sorted { $0.precedes($1) }
        let places = Dictionary(uniqueKeysWithValues: all.enumerated().map { ($1, $0) })
        var lists: [String: [[Int]]] = [:]
        for line in packages.split(separator: UInt8(ascii: "\n")) {
            let (ecosystem, rows) = Self.package(line)
            lists[ecosystem, default: []].append(rows.compactMap { places[$0] }.sorted())
        }
        rows = all
        ecosystems = lists.sorted { $0.key < $1.key }.map { RankedPackages($0.value) }
        self.seed = seed
    }

    private static func package(_ line: some Collection<UInt8>) -> (ecosystem: String, rows: [ComponentRow]) {
        let fields = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self)
        }
        let ecosystem = Ecosystem(fields[0])
        return (
            fields[0], fields.dropFirst(2).map { ComponentRow(Component(ecosystem: ecosystem, name: fields[1], version: $0)) }
        )
    }

    /// The components of one inventory as places in `rows`; the same number gives the same.
    func components(of inventory: Int) -> Set<Int> {
        var chance = Chance(state: seed &+ UInt64(inventory) &* 0xD1B5_4A32_D192_ED03)
        let main = ecosystems[chance.below(ecosystems.count)]
        var drawn: Set<Int> = []
        while drawn.count < Self.componentsPerInventory {
            let source = drawn.count < Self.mainShare ? main : ecosystems[chance.below(ecosystems.count)]
            drawn.insert(source.draw(&chance))
        }
        return drawn
    }
}

extension ComponentRow {
    fileprivate func precedes(_ other: ComponentRow) -> Bool {
        if name != other.name { return name < other.name }
        if ecosystem != other.ecosystem { return ecosystem < other.ecosystem }
        if key != other.key { return key.lexicographicallyPrecedes(other.key) }
        return version < other.version
    }
}

/// The packages of one ecosystem, the most common first, each as the places of its versions.
private struct RankedPackages {
    private let packages: [[Int]]
    /// Sums of 1/rank.
    private let sums: [Double]

    init(_ packages: [[Int]]) {
        self.packages = packages
        var sum = 0.0
        sums = packages.indices.map { rank in
            sum += 1 / Double(rank + 1)
            return sum
        }
    }

    func draw(_ chance: inout Chance) -> Int {
        let wanted = chance.fraction() * (sums.last ?? 0)
        var (low, high) = (0, sums.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if sums[middle] < wanted { low = middle + 1 } else { high = middle }
        }
        // Each version is two thirds as common as the next one.
        var version = packages[low].count - 1
        while version > 0, chance.below(3) < 2 { version -= 1 }
        return packages[low][version]
    }
}

/// SplitMix64.
private struct Chance {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }

    mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }

    mutating func fraction() -> Double { Double(next() >> 11) / Double(1 << 53) }
}

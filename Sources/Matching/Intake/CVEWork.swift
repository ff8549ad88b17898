import AdvisoryFormats
import PackageIdentity

/// How much of a CVE record is worked out: entries are compared with those that are ranges and with every CPE name, so that a record
/// of many would cost their number squared.
struct CVEWork {
    /// Comparisons of a record, and ten for a range that a name gets. Of 44,130 records of 2023 to 2025 the largest but one
    /// (CVE-2024-20311) needs 3 million; the largest names each of its 2,434 versions by CPE as well.
    static let limit = 16_000_000

    private var rest = limit

    /// Whether blocks that are read together are worked out, in which case their work is taken off; `everything` is what is said
    /// of others.
    mutating func takes(_ size: CVEBlockSize) -> Bool {
        // A document has at most some millions of either, so that no product of two numbers overflows.
        takes(size.entryCount * (size.blockCount + size.rangeCount))
    }

    /// Whether so many names get their ranges from blocks, or so many ranges are compared with them.
    mutating func takes(_ count: Int, of size: CVEBlockSize) -> Bool { takes(10 * count * (size.entryCount + size.blockCount)) }

    private mutating func takes(_ work: Int) -> Bool {
        if work > rest { return false }
        rest -= work
        return true
    }

    static func everything(in scheme: VersionScheme) -> VersionRange {
        .everything(in: scheme, doubt: "The record says more of the product's versions than is worked out.")
    }
}

/// How much blocks of a record say.
struct CVEBlockSize {
    var blockCount = 0
    /// Entries and changes.
    var entryCount = 0
    /// Those among them that hold more than one version: single ones are found without a comparison.
    var rangeCount = 0

    /// The least there is to look at.
    static let one = CVEBlockSize(blockCount: 1)

    init(blockCount: Int = 0) { self.blockCount = blockCount }

    init(_ block: CVEProduct) {
        blockCount = 1
        for entry in block.versions {
            entryCount += 1 + entry.changes.count
            let isSingle = entry.lessThan == nil && entry.lessThanOrEqual == nil && CVEProductStatus.isVersion(entry.version)
            if !isSingle { rangeCount += 1 + entry.changes.count }
        }
    }

    static func += (left: inout CVEBlockSize, right: CVEBlockSize) {
        left.blockCount += right.blockCount
        left.entryCount += right.entryCount
        left.rangeCount += right.rangeCount
    }
}

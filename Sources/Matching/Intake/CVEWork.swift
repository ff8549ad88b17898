import AdvisoryFormats
import PackageIdentity

/// How much of a CVE record is worked out: entries are compared with each other and with every CPE name, so that a record of many
/// would cost their number squared.
struct CVEWork {
    /// Comparisons of a record, and ten for a range that a name gets. Of 44,130 records of 2023 to 2025 the largest but one
    /// (CVE-2024-20311) needs 3 million; the largest names each of its 2,434 versions by CPE as well.
    static let limit = 16_000_000

    private var rest = limit

    /// Whether the product is worked out, in which case its work is taken off; `everything` is what is said of another one.
    mutating func takes(_ product: CVEProduct) -> Bool {
        let entries = product.versions.reduce(0) { $0 + 1 + $1.changes.count }
        // A document has at most some millions of either, so that no product of two numbers overflows.
        let work = entries * entries + 10 * entries * product.cpes.count
        if work > rest { return false }
        rest -= work
        return true
    }

    static func everything(in scheme: VersionScheme) -> VersionRange {
        .everything(in: scheme, doubt: "The record says more of the product's versions than is worked out.")
    }
}

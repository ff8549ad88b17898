import AdvisoryFormats
import Journal
import Matching
import PackageIdentity

/// One range of an advisory as columns of `affected_range`, behind the advisory's key and ordinal.
struct AffectedRangeRow: Sendable {
    let values: [SQLValue]

    static func rows(of record: OSVRecord) -> [AffectedRangeRow] {
        AffectedPackage.all(of: record).flatMap { package -> [AffectedRangeRow] in
            let ranges = package.ranges.map { AffectedRangeRow($0, of: package) }
            let listed = package.explicitVersions.isEmpty ? [] : [AffectedRangeRow(listedBy: package)]
            return ranges + listed
        }
    }

    private init(_ range: VersionRange, of package: AffectedPackage) {
        let upper: SQLValue
        var isIncluded: Int64 = 0
        switch range.upper {
        case .exclusive(let key): upper = .blob(key.bytes)
        case .inclusive(let key):
            upper = .blob(key.bytes)
            isIncluded = 1
        case .open: upper = .null
        }
        // A range in doubt keeps its doubt as evidence and no keys: it can't be answered by comparing bytes.
        let isCertain = range.doubt == nil
        values = [
            .text(package.ecosystem.description), .text(package.name), isCertain ? .blob(range.lower.bytes) : .null,
            isCertain ? upper : .null, .integer(isIncluded), .text(range.doubt ?? range.text)
        ]
    }

    /// Versions named one by one: one row for all of them, which says that the list has to be looked at.
    private init(listedBy package: AffectedPackage) {
        values = [
            .text(package.ecosystem.description), .text(package.name), .null, .null, .integer(0),
            .text("\(package.explicitVersions.count) versions listed")
        ]
    }
}

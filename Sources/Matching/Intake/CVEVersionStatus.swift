import AdvisoryFormats
import PackageIdentity

/// What a CVE record says of the versions of one product, as runs of affected versions and of those it leaves in doubt.
///
/// The containers of a record are read together: what the numbering authority says of a version counts, and where it says nothing
/// certain of it, what the other publishers say. Several blocks of one container about the same product are taken together: a
/// version is affected where one of them says so.
struct CVEVersionStatus {
    let scheme: VersionScheme
    /// The numbering authority's blocks first, then those of the others.
    private let authorities: [[CVEProductStatus]]
    private let texts: [VersionKey: CVEProductStatus.BoundText]

    init(_ numbering: [CVEProduct], others: [CVEProduct] = [], in scheme: VersionScheme) {
        self.scheme = scheme
        authorities = [numbering, others].map { $0.map { CVEProductStatus($0, in: scheme) } }
        texts = authorities.joined().reduce(into: [:]) { $0.merge($1.texts) { first, _ in first } }
    }

    /// Whether an entry says anything: without one only the defaults speak.
    var hasEntries: Bool { authorities.joined().contains(where: \.hasEntries) }

    /// The affected runs and those in doubt, sorted and apart from each other.
    func ranges() -> [VersionRange] {
        var ranges: [VersionRange] = []
        let bounds = self.bounds
        var begun: (at: VersionKey, status: Status)?
        for (number, bound) in bounds.enumerated() {
            let status = status(at: bound)
            if let last = begun, last.status != status {
                append(last.at, bound, last.status, next: status, to: &ranges)
                begun = nil
            }
            if begun == nil, status != .unaffected { begun = (bound, status) }
            if number == bounds.count - 1, let begun { append(begun.at, nil, begun.status, next: .unaffected, to: &ranges) }
        }
        return ranges
    }

    /// What of somebody else's ranges lies where nothing certain is said; they belong to the same scheme.
    func undecidedParts(of ranges: [VersionRange]) -> [VersionRange] {
        let bounds = self.bounds
        return ranges.flatMap { range in
            let inner = bounds.filter { range.lower < $0 && range.contains($0) }
            var parts: [VersionRange] = []
            var begun: VersionKey?
            for bound in [range.lower] + inner {
                let isOpen = !status(at: bound).isCertain
                if isOpen, begun == nil { begun = bound }
                if !isOpen, let lower = begun {
                    parts.append(part(of: range, from: lower, to: bound))
                    begun = nil
                }
            }
            return parts + (begun.map { [part(of: range, from: $0, to: nil)] } ?? [])
        }
    }

    /// What is said of one version.
    func status(of version: String) -> Status {
        placed(version).map(status) ?? .silent
    }

    /// Whether an entry, and not only a default, speaks of a version.
    func isHeld(_ version: String) -> Bool {
        placed(version).map { key in authorities.joined().contains { $0.holds(key) } } ?? false
    }

    /// Where a version stands; nil where it has no place.
    func placed(_ version: String) -> VersionKey? {
        CVEProductStatus.isVersion(version) ? try? CPEPackage.key(version, in: scheme) : nil
    }

    /// What the record says of a version in the end.
    enum Status: Hashable {
        case affected, unaffected
        /// The record says that it is not known, or says nothing.
        case silent
        /// An entry whose place is not known may hold it.
        case unplaced
        /// It is affected by default, and the entries only name what is affected.
        case defaulted

        var isCertain: Bool { self == .affected || self == .unaffected }

        var doubt: String? {
            switch self {
            case .affected, .unaffected: nil
            case .silent: "The record does not say whether this version is affected."
            case .unplaced: "The record names versions that have no place in an order, and this may be one of them."
            case .defaulted: "The record calls every version affected, and beside that names only versions that are."
            }
        }
    }
}

// MARK: evaluation
extension CVEVersionStatus {
    private var bounds: [VersionKey] { Set(authorities.joined().flatMap(\.bounds) + [.lowest]).sorted() }

    private func status(at key: VersionKey) -> Status {
        var open = Status.silent
        for blocks in authorities where !blocks.isEmpty {
            let status = Self.joined(Set(blocks.map { $0.status(at: key) }))
            if status.isCertain { return status }
            if open == .silent { open = status }
        }
        return open
    }

    /// What blocks of one container say together: what is worst.
    private static func joined(_ statuses: Set<Status>) -> Status {
        [.affected, .unplaced, .defaulted, .silent].first(where: statuses.contains) ?? .unaffected
    }

    private func append(
        _ lower: VersionKey, _ upper: VersionKey?, _ status: Status, next: Status, to ranges: inout [VersionRange]
    ) {
        ranges.append(
            VersionRange(
                scheme: scheme, lower: lower, upper: upper.map { .exclusive($0) } ?? .open, introducedText: introduced(at: lower),
                end: end(at: upper, of: status, next: next), doubt: status.doubt
            )
        )
    }

    private func introduced(at key: VersionKey) -> String {
        texts[key].map { $0.isAfter ? "after " + $0.version : $0.version } ?? "0"
    }

    /// What ends a run: the version that is not affected any more or the last that is, or else a mere limit of what is said.
    private func end(at bound: VersionKey?, of status: Status, next: Status) -> VersionRange.End {
        guard let bound, let text = texts[bound] else { return .none }
        if text.isAfter, status == .affected || next == .unaffected { return .lastAffected(text.version) }
        return next == .unaffected ? .fixed(text.version) : .limit(text.version)
    }

    private func part(of range: VersionRange, from lower: VersionKey, to upper: VersionKey?) -> VersionRange {
        var part = range
        if lower != range.lower { (part.lower, part.introducedText) = (lower, introduced(at: lower)) }
        if let upper {
            part.upper = .exclusive(upper)
            part.end = end(at: upper, of: .affected, next: status(at: upper))
        }
        return part
    }
}

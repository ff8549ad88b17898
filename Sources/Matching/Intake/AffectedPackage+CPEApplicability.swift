import AdvisoryFormats
import PackageIdentity

extension AffectedPackage {
    /// What a statement of applicability says of the products that it calls vulnerable.
    static func all(of applicability: CVEApplicability) -> [(cpe: CPE, package: AffectedPackage)] {
        let isJoined = applicability.joining == .and && applicability.nodes.count > 1
        return applicability.nodes.flatMap { node in
            let isJoined = isJoined || node.joining == .and && node.matches.count > 1
            let isNegated = applicability.isNegated || node.isNegated
            let doubt =
                isNegated
                ? "The record says for which products it does not hold."
                : isJoined ? "The record says that it holds only together with another product." : nil
            return node.matches.filter(\.isVulnerable).compactMap { package($0, doubt) }
        }
    }

    private static func package(
        _ match: CVEApplicability.Match, _ doubt: String?
    ) -> (cpe: CPE, package: AffectedPackage)? {
        guard let cpe = try? CPE(parsing: match.criteria), var package = AffectedPackage(cpe) else { return nil }
        if cpe[.version] == .any, let range = VersionRange(boundedBy: match) { package.ranges = [range] }
        guard let doubt else { return (cpe, package) }
        package.ranges = package.ranges.map { $0.doubted(doubt) }
        if let literal = cpe[.version].literal {
            package.explicitVersions = []
            package.ranges = [.only(literal, in: CPEPackage.scheme, doubt: doubt)]
        }
        return (cpe, package)
    }
}

extension VersionRange {
    /// The versions between the bounds of a match, nil where it has none. Bounds that contradict each other or have no place put
    /// every version in doubt: what the record meant is not known.
    fileprivate init?(boundedBy match: CVEApplicability.Match) {
        let starts = [match.startIncluding, match.startExcluding].compactMap(\.self)
        let ends = [match.endIncluding, match.endExcluding].compactMap(\.self)
        if starts.isEmpty, ends.isEmpty { return nil }
        let scheme = CPEPackage.scheme
        let words = (starts + ends).map { "'\($0)'" }.joined(separator: ", ")
        self = .everything(in: scheme, doubt: "The record's bounds \(words) are not those of a range of versions.")
        guard starts.count < 2, ends.count < 2,
            let keys = try? (starts + ends).map({ try CPEPackage.key($0, in: scheme) }),
            (starts + ends).allSatisfy(CVEProductStatus.isVersion)
        else { return }
        var range = VersionRange.everything(in: scheme)
        if let start = starts.first {
            range.lower = match.startExcluding == nil ? keys[0] : keys[0].successor
            range.introducedText = match.startExcluding == nil ? start : "after " + start
        }
        if let end = ends.first, let key = keys.last {
            range.upper = match.endExcluding == nil ? .inclusive(key) : .exclusive(key)
            range.end = match.endExcluding == nil ? .lastAffected(end) : .fixed(end)
        }
        if let outside = range.upper.firstOutside, outside <= range.lower { return }
        self = range
    }
}

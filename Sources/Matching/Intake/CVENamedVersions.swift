import AdvisoryFormats
import PackageIdentity

/// What a product of a CVE record says of its CPE names, whose own versions its `versions` go beyond: records name a branch by its
/// first version (`.net:6.0.0` for `6.0.0` up to `6.0.21`), by a pattern (`asp.net_core:2.1*`) or by NA for "see the versions".
struct CVENamedVersions {
    private let status: CVEVersionStatus
    private let ranges: [VersionRange]

    init(_ status: CVEVersionStatus) {
        self.status = status
        ranges = status.ranges()
    }

    /// Nil where nothing is said, or where the name leaves part, vendor or product open.
    func package(_ cpe: CPE) -> AffectedPackage? {
        guard let open = cpe.withVersion(.any), var package = AffectedPackage(open) else { return nil }
        package.ranges = ranges
        if case .pattern = cpe[.version] {
            if let literal = cpe[.version].literal {
                package.ranges = ranges(of: literal)
                if status.status(of: literal) == .affected { package.explicitVersions = [cpe.formatted(.version)] }
            } else if !status.hasEntries {
                package.ranges = ranges.map { $0.doubted("The record names versions by '\(cpe.formatted(.version))' only.") }
            }
        }
        return package.ranges.isEmpty && package.explicitVersions.isEmpty ? nil : package
    }

    /// What the record says beyond the one version that a name has.
    private func ranges(of literal: String) -> [VersionRange] {
        let key = status.placed(literal)
        switch status.status(of: literal) {
        case .unaffected: return []
        case .affected:
            // A range that begins at the version is the branch that it names; another one may be more than the name means.
            let doubt = "The record names the product in version \(literal), and gives a range around it."
            return ranges.filter { range in key.map(range.contains) ?? false && !range.isPoint }
                .map { $0.lower == key ? $0 : $0.doubted(doubt) }
        case .silent, .unplaced, .defaulted:
            let doubt = status.status(of: literal).doubt ?? ""
            let isHeld = status.isHeld(literal)
            let others = ranges.filter { range in
                range.doubt != CVEVersionStatus.Status.silent.doubt || isHeld && key.map(range.contains) ?? false
            }
            let named = "The record names the product in version \(literal), of which its ranges say nothing certain."
            return [.only(literal, in: CPEPackage.scheme, doubt: doubt)] + others.map { $0.doubted(named) }
        }
    }
}

extension VersionRange {
    /// Whether the range is one version.
    fileprivate var isPoint: Bool { upper.firstOutside == lower.successor }
}

import Matching
import PackageIdentity

/// One run of `inventory_component`: the components of one package, in one ecosystem or several that lie side by side, whose keys
/// lie between two.
///
/// The bounds are tuples of the table's key behind the name, compared column by column and byte by byte on both engines.
struct CandidateScan: Sendable {
    let name: String
    /// Inclusive.
    let lower: (ecosystem: String, key: VersionKey)
    /// Exclusive.
    let upper: (ecosystem: String, key: VersionKey)

    /// The runs that hold every component an advisory may concern, apart from each other: of each package and release one for
    /// each span of keys, and the same for components whose release is not known.
    static func all(of advisory: IndexedAdvisory) -> [CandidateScan] {
        guard !advisory.isWithdrawn else { return [] }
        return Dictionary(grouping: advisory.affected) { PackageName(ecosystem: $0.ecosystem.name, name: $0.name) }
            .sorted { $0.key < $1.key }
            .flatMap { scans(of: $0.key, $0.value) }
    }

    private static func scans(of package: PackageName, _ entries: [AffectedPackage]) -> [CandidateScan] {
        let unreleased = Ecosystem(name: package.ecosystem)
        let named = entries.map(\.ecosystem).filter { $0.release != nil }
        // And for components whose system does not say its service pack.
        var releases = Set(named + named.compactMap(\.withoutServicePack)).sorted { $0.canonicalText < $1.canonicalText }
        let isAboutAll = unreleased.canHaveRelease && entries.contains { $0.ecosystem.release == nil }
        if isAboutAll { releases = [] }
        let single = ([unreleased] + releases).flatMap { ecosystem in
            let speaking = entries.filter {
                ecosystem.release == nil || $0.ecosystem == ecosystem || $0.ecosystem.withoutServicePack == ecosystem
            }
            let spans = KeySpan.merged(speaking.flatMap { $0.candidateSpans(in: ecosystem.versionScheme) })
            return spans.map { CandidateScan(package.name, ecosystem.canonicalText, $0) }
        }
        return single + (isAboutAll ? [CandidateScan(package.name, releasesOf: package.ecosystem)] : [])
    }

    private init(_ name: String, _ ecosystem: String, _ span: KeySpan) {
        self.name = name
        lower = (ecosystem, span.lower)
        // No text lies between an ecosystem and the same with U+0001 behind it: rows have no U+0000.
        upper = span.end.map { (ecosystem, $0) } ?? (ecosystem + "\u{1}", .lowest)
    }

    /// Every release: what an advisory that names none says holds for all, and each may have an order of its own.
    private init(_ name: String, releasesOf ecosystem: String) {
        self.name = name
        lower = (ecosystem + ":", .lowest)
        // `;` is the byte after `:`.
        upper = (ecosystem + ";", .lowest)
    }
}

private struct PackageName: Hashable, Comparable {
    let ecosystem: String
    let name: String

    static func < (left: PackageName, right: PackageName) -> Bool {
        (left.name, left.ecosystem) < (right.name, right.ecosystem)
    }
}

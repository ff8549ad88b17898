import AdvisoryFormats
import PackageIdentity

/// What a CVE record says of the versions of one product, as runs of affected versions and of those it leaves in doubt.
///
/// The rule is that of the record format (https://cveproject.github.io/cve-schema/schema/docs/, `versions`): the first entry that
/// holds a version gives its status, changes in the entry's range change it in order, and what no entry holds has the default
/// status, which is unknown where it is not written. `*` is no end, `0` no beginning.
///
/// Records also hold what is no version: nothing (`n/a`, `unspecified`) or prose (`1.0 and earlier`). Such an entry may hold any
/// version that no entry before it holds, which puts those in doubt whose status would be another one; no end is invented. A
/// text that begins with a comparator (`>= 1.0, < 1.2`), which no version does, is read as the range that it is.
struct CVEVersionStatus {
    let scheme: VersionScheme
    private let defaultStatus: CVEStatus
    private var zones: [Zone] = []
    private var texts: [VersionKey: BoundText] = [:]

    /// The versions that an entry holds, half-open; or, where it is not certain, may hold.
    private struct Zone {
        var lower = VersionKey.lowest
        var upper: VersionKey?
        var isCertain = true
        var status: CVEStatus
        var changes: [(at: VersionKey, status: CVEStatus)] = []
        /// Every status that the entry may give, where it is not certain.
        var possible: Set<CVEStatus> = []

        func holds(_ key: VersionKey) -> Bool { key.isWithin(lower, to: upper) }

        func status(of key: VersionKey) -> CVEStatus {
            changes.reduce(status) { status, change in change.at < key || change.at == key ? change.status : status }
        }
    }

    private struct BoundText {
        var version: String
        /// Whether the version itself lies before the bound.
        var isAfter: Bool
    }

    init(_ product: CVEProduct, in scheme: VersionScheme) {
        self.scheme = scheme
        defaultStatus = product.defaultStatus ?? .unknown
        for entry in product.versions where entry.versionType != "git" { add(entry) }
        addCommits(product.versions.filter { $0.versionType == "git" })
    }

    /// Whether an entry says anything: without one only the default speaks.
    var hasEntries: Bool { !zones.isEmpty }

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

    /// What is said of one version.
    func status(of version: String) -> Status {
        placed(version).map(status) ?? .silent
    }

    /// Whether an entry, and not only the default, speaks of a version.
    func isHeld(_ version: String) -> Bool { placed(version).map { key in zones.contains { $0.holds(key) } } ?? false }

    /// Where a version stands; nil where it has no place.
    func placed(_ version: String) -> VersionKey? {
        Self.isVersion(version) ? try? VersionKey(encoding: version, in: scheme) : nil
    }

    /// What the record says of a version in the end.
    enum Status: Hashable {
        case affected, unaffected
        /// The record says that it is not known, or says nothing.
        case silent
        /// An entry whose place is not known may hold it.
        case unplaced

        var doubt: String? {
            switch self {
            case .affected, .unaffected: nil
            case .silent: "The record does not say whether this version is affected."
            case .unplaced: "The record names versions that have no place in an order, and this may be one of them."
            }
        }
    }
}

// MARK: entries
extension CVEVersionStatus {
    private mutating func add(_ entry: CVEVersion) {
        guard entry.lessThan != nil || entry.lessThanOrEqual != nil else { return addSingle(entry) }
        var zone = Zone(status: entry.status)
        if entry.version != "0" {
            if let key = key(entry.version) {
                zone.lower = key
                note(key, entry.version, isAfter: false)
            } else {
                zone.isCertain = false
            }
        }
        addEnd(of: entry, to: &zone)
        for change in entry.changes {
            if let key = key(change.at) {
                zone.changes.append((key, change.status))
                note(key, change.at, isAfter: false)
            } else {
                zone.isCertain = false
            }
        }
        zone.possible = Set([entry.status] + entry.changes.map(\.status))
        zones.append(zone)
    }

    /// Commits have no place among versions: what they say may be true of any version that no other entry holds. They take
    /// no certainty away where the default is silent or harmless and other entries speak of the versions, as records do that
    /// say the same twice, once in commits and once in versions.
    private mutating func addCommits(_ entries: [CVEVersion]) {
        let statuses = Set(entries.flatMap { [$0.status] + $0.changes.map(\.status) })
        guard !statuses.isEmpty, zones.isEmpty || defaultStatus == .affected else { return }
        zones.append(Zone(isCertain: false, status: defaultStatus, possible: statuses))
    }

    private mutating func addEnd(of entry: CVEVersion, to zone: inout Zone) {
        if let end = entry.lessThan, end != "*" {
            zone.upper = key(end)
            if let key = zone.upper { note(key, end, isAfter: false) } else { zone.isCertain = false }
        } else if let end = entry.lessThanOrEqual, end != "*" {
            zone.upper = key(end)?.successor
            if let key = zone.upper { note(key, end, isAfter: true) } else { zone.isCertain = false }
        }
    }

    private mutating func addSingle(_ entry: CVEVersion) {
        if let key = key(entry.version) {
            note(key, entry.version, isAfter: false)
            note(key.successor, entry.version, isAfter: true)
            zones.append(Zone(lower: key, upper: key.successor, status: entry.status))
        } else if let runs = comparators(entry.version) {
            for run in runs {
                let (lower, upper) = (run.interval.start, run.interval.end)
                let isAfterLower = if case .excluded = run.interval.lower { true } else { false }
                let isAfterUpper = if case .included = run.interval.upper { true } else { false }
                if let text = run.lower { note(lower, text, isAfter: isAfterLower) }
                if let upper, let text = run.upper { note(upper, text, isAfter: isAfterUpper) }
                zones.append(Zone(lower: lower, upper: upper, status: entry.status))
            }
        } else {
            zones.append(Zone(isCertain: false, status: entry.status, possible: [entry.status]))
        }
    }

    private func comparators(_ text: String) -> [VersionRun]? {
        guard let first = text.utf8.first, "<>=".utf8.contains(first), let type = scheme.versType else { return nil }
        return (try? VersRange(native: text, in: .github(type)))?.runs
    }

    private func key(_ text: String) -> VersionKey? {
        guard Self.isVersion(text), let key = try? VersionKey(encoding: text, in: scheme) else { return nil }
        return scheme == .pep440 && key.isLegacyPEP440 ? nil : key
    }

    /// Whether a text can be a version at all: prose, wildcards, lists and placeholders are none in any scheme.
    static func isVersion(_ text: String) -> Bool {
        var hasDigit = false
        for byte in text.utf8 {
            if byte <= 0x20 || "<>=*,;|()[]".utf8.contains(byte) { return false }
            hasDigit = hasDigit || byte >= 0x30 && byte <= 0x39
        }
        return hasDigit && !text.lowercased().hasSuffix(".x")
    }

    private mutating func note(_ key: VersionKey, _ version: String, isAfter: Bool) {
        if texts[key] == nil { texts[key] = BoundText(version: version, isAfter: isAfter) }
    }
}

// MARK: evaluation
extension CVEVersionStatus {
    private var bounds: [VersionKey] {
        let ends = zones.flatMap { zone in [zone.lower] + (zone.upper.map { [$0] } ?? []) + zone.changes.map(\.at) }
        return Set(ends + [.lowest]).sorted()
    }

    private func status(at key: VersionKey) -> Status {
        var possible: Set<CVEStatus> = []
        var decided = defaultStatus
        for zone in zones where zone.holds(key) {
            if zone.isCertain {
                decided = zone.status(of: key)
                break
            }
            possible.formUnion(zone.possible)
        }
        possible.insert(decided)
        guard possible.count == 1 else { return possible.contains(.affected) ? .unplaced : .silent }
        return decided == .affected ? .affected : decided == .unaffected ? .unaffected : .silent
    }

    private func append(
        _ lower: VersionKey, _ upper: VersionKey?, _ status: Status, next: Status, to ranges: inout [VersionRange]
    ) {
        let begin = texts[lower]
        let end: VersionRange.End =
            if let upper, let text = texts[upper] {
                next != .unaffected ? .limit(text.version) : text.isAfter ? .lastAffected(text.version) : .fixed(text.version)
            } else {
                .none
            }
        ranges.append(
            VersionRange(
                scheme: scheme, lower: lower, upper: upper.map { .exclusive($0) } ?? .open,
                introducedText: begin.map { $0.isAfter ? "after " + $0.version : $0.version } ?? "0", end: end,
                doubt: status.doubt
            )
        )
    }
}

extension VersionScheme {
    /// A VERS type whose versions this scheme orders, or nil.
    var versType: String? { Self.versTypes[self] }

    private static let versTypes: [VersionScheme: String] = [
        .libversion: "generic", .semver: "semver", .npm: "npm", .pep440: "pypi", .maven: "maven", .rubygems: "gem",
        .crates: "cargo", .nuget: "nuget", .composerNormalized: "composer", .golang: "golang", .rpm: "rpm", .dpkg: "deb",
        .pub: "pub",
        .hackage: "hackage", .apk: "apk", .alpm: "alpm", .cran: "cran", .conan: "conan", .julia: "julia", .opam: "opam"
    ]
}

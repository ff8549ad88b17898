import AdvisoryFormats
import PackageIdentity

/// What one block of a container of a CVE record says of the versions of its product.
///
/// The rule is that of the record format (https://cveproject.github.io/cve-schema/schema/docs/, `versions`): the first entry that
/// holds a version gives its status, changes in the entry's range change it in order, and what no entry holds has the default
/// status, which is unknown where it is not written. `*` is no end and no beginning, `0` no beginning.
///
/// Records also hold what is no version: nothing (`n/a`, `unspecified`) or prose (`1.0 and earlier`), and ranges that end, or
/// change, before they begin. Such an entry may hold any version that no entry before it holds, which puts those in doubt whose status would be
/// another one; no end is invented. A text that begins with a comparator (`>= 1.0, < 1.2`), which no version does, is read as the
/// range that it is. Those are written to go on from one to the next (`>= 8.0.0` affected, `>= 8.3.3` not): of those that lie
/// within each other the narrowest counts. Where the default is "affected" and every entry too, which many publishers write who
/// mean the entries, what only the default holds is in doubt.
struct CVEProductStatus {
    private let scheme: VersionScheme
    private let defaultStatus: CVEStatus
    /// Whether the default is "affected" and the entries only name what is affected: one of the two was not meant so.
    private let isDefaultInDoubt: Bool
    private var zones: [Zone] = []
    /// Entries of one version, which are found and not looked through; the first of each.
    private var singles: [VersionKey: (number: Int, status: CVEStatus)] = [:]
    /// Statuses of entries of no place at all: a second one of the same status says nothing that the first does not.
    private var placeless: Set<CVEStatus> = []
    private var entryCount = 0
    /// What the record wrote of the versions at which something changes.
    private(set) var texts: [VersionKey: BoundText] = [:]

    /// The versions that an entry holds, half-open; or, where it is not certain, may hold.
    private struct Zone {
        /// The entry's place among all of them.
        let number: Int
        var lower = VersionKey.lowest
        var upper: VersionKey?
        var isCertain = true
        var isComparator = false
        var status: CVEStatus
        var changes: [(at: VersionKey, status: CVEStatus)] = []
        /// Every status that the entry may give, where it is not certain.
        var possible: Set<CVEStatus> = []

        func holds(_ key: VersionKey) -> Bool { key.isWithin(lower, to: upper) }

        func lies(within other: Zone) -> Bool {
            guard other.lower <= lower else { return false }
            guard let end = other.upper else { return true }
            return upper.map { $0 <= end } ?? false
        }

        func status(of key: VersionKey) -> CVEStatus {
            changes.reduce(status) { status, change in change.at < key || change.at == key ? change.status : status }
        }
    }

    /// A version as the record wrote it.
    struct BoundText {
        var version: String
        /// Whether the version itself lies before the bound.
        var isAfter: Bool
    }

    init(_ product: CVEProduct, in scheme: VersionScheme) {
        self.scheme = scheme
        defaultStatus = product.defaultStatus ?? .unknown
        let entries = product.versions.filter { $0.versionType != "git" }
        isDefaultInDoubt =
            defaultStatus == .affected && !entries.isEmpty
            && entries.allSatisfy { $0.status == .affected && $0.changes.allSatisfy { $0.status == .affected } }
        for entry in entries { add(entry) }
        addCommits(product.versions.filter { $0.versionType == "git" })
    }

    /// Whether an entry says anything: without one only the default speaks.
    var hasEntries: Bool { entryCount > 0 }

    /// Whether an entry, and not only the default, speaks of a version.
    func holds(_ key: VersionKey) -> Bool { singles[key] != nil || zones.contains { $0.holds(key) } }

    /// Every version at which something may change.
    var bounds: [VersionKey] {
        singles.keys.flatMap { [$0, $0.successor] }
            + zones.flatMap { zone in [zone.lower] + (zone.upper.map { [$0] } ?? []) + zone.changes.map(\.at) }
    }

    /// What is said of the version at a key.
    func status(at key: VersionKey) -> CVEVersionStatus.Status {
        let single = singles[key]
        var possible: Set<CVEStatus> = []
        var decided = single?.status
        for zone in zones where zone.number < single?.number ?? .max && zone.holds(key) {
            if zone.isCertain {
                decided = zone.isComparator ? narrowest(in: zone, at: key, single?.status) : zone.status(of: key)
                break
            }
            possible.formUnion(zone.possible)
        }
        if decided == nil, isDefaultInDoubt { return .defaulted }
        possible.insert(decided ?? defaultStatus)
        guard possible.count == 1, let decided = possible.first else { return possible.contains(.affected) ? .unplaced : .silent }
        return decided == .affected ? .affected : decided == .unaffected ? .unaffected : .silent
    }

    /// The status of the narrowest of the texts that lie within one that begins with a comparator; a version that stands alone is
    /// narrower than any.
    private func narrowest(in first: Zone, at key: VersionKey, _ single: CVEStatus?) -> CVEStatus {
        if let single { return single }
        return zones.reduce(first) { narrowest, zone in
            zone.isComparator && zone.holds(key) && zone.lies(within: narrowest) ? zone : narrowest
        }.status
    }
}

// MARK: entries
extension CVEProductStatus {
    private mutating func add(_ entry: CVEVersion) {
        entryCount += 1
        guard entry.lessThan != nil || entry.lessThanOrEqual != nil else { return addSingle(entry) }
        var zone = Zone(number: entryCount, status: entry.status)
        if entry.version != "0", entry.version != "*" {
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
                // A change before the range would leave nothing of the entry's own status.
                if key <= zone.lower, change.status != entry.status { zone.isCertain = false }
                zone.changes.append((key, change.status))
                note(key, change.at, isAfter: false)
            } else {
                zone.isCertain = false
            }
        }
        // From 1.2 up to 1.2 lies nothing, and yet the entry means something.
        if let upper = zone.upper, upper <= zone.lower { (zone.lower, zone.upper, zone.isCertain) = (.lowest, nil, false) }
        zone.possible = Set([entry.status] + entry.changes.map(\.status))
        zones.append(zone)
    }

    /// Commits have no place among versions: what they say may be true of any version that no other entry holds. They take
    /// no certainty away where the default is silent or harmless and other entries speak of the versions, as records do that
    /// say the same twice, once in commits and once in versions.
    private mutating func addCommits(_ entries: [CVEVersion]) {
        let statuses = Set(entries.flatMap { [$0.status] + $0.changes.map(\.status) })
        guard !statuses.isEmpty, !hasEntries || defaultStatus == .affected else { return }
        entryCount += 1
        zones.append(Zone(number: entryCount, isCertain: false, status: defaultStatus, possible: statuses))
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
            if singles[key] == nil { singles[key] = (entryCount, entry.status) }
        } else if let runs = comparators(entry.version) {
            for run in runs {
                let (lower, upper) = (run.interval.start, run.interval.end)
                let isAfterLower = if case .excluded = run.interval.lower { true } else { false }
                let isAfterUpper = if case .included = run.interval.upper { true } else { false }
                if let text = run.lower { note(lower, text, isAfter: isAfterLower) }
                if let upper, let text = run.upper { note(upper, text, isAfter: isAfterUpper) }
                zones.append(Zone(number: entryCount, lower: lower, upper: upper, isComparator: true, status: entry.status))
            }
        } else if placeless.insert(entry.status).inserted {
            zones.append(Zone(number: entryCount, isCertain: false, status: entry.status, possible: [entry.status]))
        }
    }

    private func comparators(_ text: String) -> [VersionRun]? {
        guard let first = text.utf8.first, "<>=".utf8.contains(first), let type = scheme.versType else { return nil }
        return (try? VersRange(native: text, in: .github(type)))?.runs
    }

    private func key(_ text: String) -> VersionKey? {
        guard Self.isVersion(text), let key = try? CPEPackage.key(text, in: scheme) else { return nil }
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

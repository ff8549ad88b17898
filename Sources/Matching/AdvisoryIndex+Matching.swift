import PackageIdentity

extension AdvisoryIndex {
    /// The advisories that concern a component, each once, sorted by identifier; empty when none does.
    package func match(_ component: Component) -> [Match] {
        var matches: [Match] = []
        match(component, into: &matches)
        return matches
    }

    /// Appends the advisories that concern a component to `matches`.
    ///
    /// A version is affected when a certain range holds it or the advisory lists it
    /// (https://ossf.github.io/osv-schema/#evaluation). The verdict is unknown when only a range in doubt holds it, when the
    /// version has no place in the order and the ranges do not hold everything, or when the advisory is about one release of
    /// a distribution and the component's release is not known.
    package func match(_ component: Component, into matches: inout [Match]) {
        guard let found = packages[PackageName(ecosystem: component.ecosystem.name, name: component.name)] else { return }
        let first = matches.count
        var place = VersionPlace(component.version)
        for entry in entries[found] {
            let coverage = entry.ecosystem.coverage(of: component.ecosystem)
            if coverage == .different { continue }
            guard var match = judge(entry, &place) else { continue }
            if coverage == .undecided, match.verdict == .affected {
                match.verdict = .unknown(
                    reason: "The advisory is about \(entry.ecosystem), and the component's release is not known.")
            }
            // Entries are sorted by advisory: of several for one package the surest speaks.
            if matches.count > first, matches[matches.count - 1].advisory == match.advisory {
                if match.verdict == .affected, matches[matches.count - 1].verdict != .affected {
                    matches[matches.count - 1] = match
                }
            } else {
                matches.append(match)
            }
        }
    }

    private func judge(_ entry: Entry, _ place: inout VersionPlace) -> Match? {
        if let range = firstRange(in: entry.ranges.lowerBound..<entry.doubtful, &place) {
            return Match(
                advisory: entry.advisory, verdict: .affected, evidence: .init(rule: .range, text: range.text),
                fixedVersion: range.fixedText
            )
        }
        if let version = place.version, lists(entry, &place) {
            return Match(
                advisory: entry.advisory, verdict: .affected, evidence: .init(rule: .listed, text: "lists " + version),
                fixedVersion: nil
            )
        }
        if let range = firstRange(in: entry.doubtful..<entry.ranges.upperBound, &place) {
            return undecided(entry, range, reason: range.doubt ?? "")
        }
        return unplaced(entry, &place)
    }

    /// The first range that holds the version. Ranges of different schemes may stand side by side: none ends the search.
    private func firstRange(in part: Range<Int>, _ place: inout VersionPlace) -> VersionRange? {
        for index in part {
            if ranges[index].containsEverything { return ranges[index] }
            guard let key = place.key(in: ranges[index].scheme) else { continue }
            if ranges[index].contains(key) { return ranges[index] }
        }
        return nil
    }

    private func lists(_ entry: Entry, _ place: inout VersionPlace) -> Bool {
        if !entry.unplaced.isEmpty, let version = place.version, unplacedVersions[entry.unplaced].contains(version) {
            return true
        }
        if entry.listed.isEmpty { return false }
        guard let key = place.listedKey(in: entry.ecosystem.versionScheme) else { return false }
        var (low, high) = (entry.listed.lowerBound, entry.listed.upperBound)
        while low < high {
            let middle = low + (high - low) / 2
            if listed[middle] < key { low = middle + 1 } else { high = middle }
        }
        return low < entry.listed.upperBound && listed[low] == key
    }

    /// A version without a place in the order could lie in every range there is.
    private func unplaced(_ entry: Entry, _ place: inout VersionPlace) -> Match? {
        for index in entry.ranges {
            if let reason = place.reasonWithoutPlace(in: ranges[index].scheme) {
                return undecided(entry, ranges[index], reason: reason)
            }
        }
        guard entry.ranges.isEmpty, place.version == nil, !entry.listed.isEmpty || !entry.unplaced.isEmpty else { return nil }
        return Match(
            advisory: entry.advisory, verdict: .unknown(reason: VersionPlace.missing),
            evidence: .init(rule: .undecided, text: "lists versions"), fixedVersion: nil
        )
    }

    private func undecided(_ entry: Entry, _ range: VersionRange, reason: String) -> Match {
        Match(
            advisory: entry.advisory, verdict: .unknown(reason: reason), evidence: .init(rule: .undecided, text: range.text),
            fixedVersion: range.fixedText
        )
    }
}

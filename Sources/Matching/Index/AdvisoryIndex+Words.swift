import PackageIdentity

extension Matcher {
    /// The advisories that concern a component, each once, sorted by identifier; empty when none does.
    package mutating func matches(_ component: Component) -> [Match] {
        var places: [MatchPlace] = []
        find(component, into: &places)
        return places.map { index.match(at: $0, of: component) }.sorted { $0.advisory < $1.advisory }
    }
}

extension AdvisoryIndex {
    /// The identifier of the advisory at a place.
    package func identifier(at place: MatchPlace) -> String {
        let segment = segments[place.segment]
        return segment.identifier(ofAdvisory: segment.entries[place.entry].advisory)
    }

    /// A place in words: the advisory, the verdict and the sentence of the advisory that gave it.
    package func match(at place: MatchPlace, of component: Component) -> Match {
        let segment = segments[place.segment]
        let entry = segment.entries[place.entry]
        return Match(
            advisory: segment.identifier(ofAdvisory: entry.advisory), aliases: segment.aliases(ofAdvisory: entry.advisory),
            summary: segment.summary(ofAdvisory: entry.advisory), document: segment.document(ofAdvisory: entry.advisory),
            verdict: verdict(place, component),
            evidence: evidence(place, component), fixedVersion: fixedVersion(place)
        )
    }

    private func verdict(_ place: MatchPlace, _ component: Component) -> Match.Verdict {
        let segment = segments[place.segment]
        switch place.ground {
        case .range, .listed:
            guard place.isReleaseUnknown else { return place.isStated ? .unknown(reason: Self.statedVersion) : .affected }
            let ecosystem = segment.ecosystems[Int(segment.entries[place.entry].ecosystem)]
            if ecosystem.name == CPEPackage.ecosystemName {
                return .unknown(reason: CPEPackage.reason(ecosystem, component.ecosystem))
            }
            return .unknown(reason: "The advisory is about \(ecosystem), and the component's release is not known.")
        case .doubtfulRange(let range):
            return .unknown(reason: segment.optionalText(segment.rangeTexts[range].doubt) ?? "")
        case .unplaced(let range):
            let scheme = segment.schemes[Int(segment.ranges[range].scheme)]
            return .unknown(reason: VersionPlace.reasonWithoutPlace(of: component.version, in: scheme))
        case .noVersion: return .unknown(reason: VersionPlace.missing)
        case .versionPattern: return .unknown(reason: "The inventory names the version by a pattern.")
        case .updateAtBound:
            return .unknown(reason: "The range ends at this version, and its update may lie on either side.")
        case .openEpoch: return .unknown(reason: Self.openEpoch)
        }
    }

    private static let statedVersion =
        "The package comes from a repository: its version is what the lock file states, and its code may be another's."
    private static let openEpoch =
        "The inventory has no epochs, and the advisory's boundaries have several: under one of them the version is affected."
    private static let takenEpoch = " (the inventory has no epochs: that of the advisory was taken)"

    private func evidence(_ place: MatchPlace, _ component: Component) -> Match.Evidence {
        var evidence = evidence(place, of: segments[place.segment], component.version)
        if component.doubt == .openEpoch, evidence.rule != .undecided { evidence.text += Self.takenEpoch }
        return evidence
    }

    private func evidence(_ place: MatchPlace, of segment: IndexSegment, _ version: String?) -> Match.Evidence {
        switch place.ground {
        case .range(let range): segment.evidence(.range, ofRange: range)
        case .listed: .init(rule: .listed, text: "lists " + (version ?? ""))
        case .doubtfulRange(let range), .unplaced(let range), .updateAtBound(let range), .openEpoch(let range?):
            segment.evidence(.undecided, ofRange: range)
        case .noVersion, .versionPattern, .openEpoch(nil): .init(rule: .undecided, text: "lists versions")
        }
    }

    private func fixedVersion(_ place: MatchPlace) -> String? {
        switch place.ground {
        case .range(let range), .doubtfulRange(let range), .unplaced(let range), .updateAtBound(let range),
            .openEpoch(let range?):
            segments[place.segment].end(ofRange: range).fixedText
        case .listed, .noVersion, .versionPattern, .openEpoch(nil): nil
        }
    }
}

extension IndexSegment {
    func end(ofRange number: Int) -> VersionRange.End {
        let text = optionalText(rangeTexts[number].end) ?? ""
        return switch RangeElement.EndKind(rawValue: ranges[number].endKind) {
        case .fixed: .fixed(text)
        case .lastAffected: .lastAffected(text)
        case .limit: .limit(text)
        case .some(.none), nil: .none
        }
    }

    fileprivate func evidence(_ rule: Match.Rule, ofRange number: Int) -> Match.Evidence {
        // What is said of commits is in doubt as a whole: the place of a hash among others is no boundary.
        if schemes[Int(ranges[number].scheme)] == GitTag.scheme { return Match.Evidence(rule: rule, text: "names commits") }
        let range = Match.Boundaries(introduced: text(rangeTexts[number].introduced), end: end(ofRange: number))
        return Match.Evidence(rule: rule, text: VersionRange.words(introduced: range.introduced, end: range.end), range: range)
    }
}

import PackageIdentity

extension AdvisoryIndex {
    /// One segment in the place of the newest `count`: what stands in them, and what they retract.
    package func merged(newest count: Int) -> [UInt8] {
        var builder = SegmentBuilder()
        let first = max(segments.count - count, 0)
        // Oldest first, so that of two revisions of the same time the newer segment's counts here too. Retractions stay, whatever
        // they retract: an older revision may still come.
        for number in first..<segments.count {
            for retraction in retractions(in: segments[number]) + standing(in: number) { builder.add(retraction) }
        }
        return builder.bytes()
    }

    private func retractions(in segment: IndexSegment) -> [IndexedAdvisory] {
        segment.retracted.map { IndexedAdvisory(id: segment.text($0.identifier), modified: $0.modified, isWithdrawn: true) }
    }

    private func standing(in number: Int) -> [IndexedAdvisory] {
        let segment = segments[number]
        var advisories = (0..<UInt32(segment.advisoryCount)).map { segment.header(ofAdvisory: $0) }
        for package in 0..<segment.packageCount {
            let entries = segment.packages[package].firstEntry..<segment.packages[package + 1].firstEntry
            for entry in entries {
                let advisory = Int(segment.entries[Int(entry)].advisory)
                advisories[advisory].affected.append(segment.affectedPackage(Int(entry), of: package))
            }
        }
        return advisories.enumerated().filter { !dead[number].contains(UInt32($0.offset)) }.map(\.element)
    }
}

extension IndexSegment {
    fileprivate func header(ofAdvisory number: UInt32) -> IndexedAdvisory {
        IndexedAdvisory(
            id: identifier(ofAdvisory: number), modified: advisories[Int(number)].modified, aliases: aliases(ofAdvisory: number),
            summary: summary(ofAdvisory: number),
            document: document(ofAdvisory: number)
        )
    }

    fileprivate func affectedPackage(_ entry: Int, of package: Int) -> AffectedPackage {
        let (element, next) = (entries[entry], entries[entry + 1])
        var affected = AffectedPackage(
            ecosystem: ecosystems[Int(element.ecosystem)], name: name(ofPackage: package),
            ranges: (Int(element.firstRange)..<Int(next.firstRange)).map(range),
            explicitVersions: unplaced[Int(element.firstUnplaced)..<Int(next.firstUnplaced)].map(text)
        )
        affected.explicitKeys = listed[Int(element.firstListed)..<Int(next.firstListed)].map(key)
        return affected
    }

    private func range(_ number: Int) -> VersionRange {
        let range = ranges[number]
        return VersionRange(
            scheme: schemes[Int(range.scheme)], lower: key(range.lower),
            upper: range.isOpen ? .open : .exclusive(key(range.upper)),
            introducedText: text(rangeTexts[number].introduced), end: end(ofRange: number),
            doubt: optionalText(rangeTexts[number].doubt)
        )
    }

    func key(_ element: KeyElement) -> VersionKey {
        VersionKey(
            words: (element.high, element.middle, element.low),
            bytesBeyondWords: element.rest == SegmentLayout.none ? nil : Array(bytes(element.rest))
        )
    }
}

import PackageIdentity

extension Matcher {
    /// Judges the entries of a product by the rule of `CPEApplicability`; of several sentences of one advisory the surest counts.
    /// - Parameters:
    ///   - attributes: what the inventory says of the product beside its name.
    ///   - version: in UTF-8; nil where the attributes have it.
    func judge(
        products entries: Range<Int>, of segment: IndexSegment, _ number: Int, _ attributes: CPE,
        _ version: UnsafeBufferPointer<UInt8>?, _ places: inout [MatchPlace]
    ) {
        let product = InstalledProduct(attributes, version)
        let first = places.count
        var wanted: [UInt32: CPE] = [:]
        for entry in entries {
            let element = segment.entries[entry]
            guard !index.dead[number].contains(element.advisory),
                let attributes = wanted[element.ecosystem]
                    ?? CPEPackage.attributes(segment.ecosystems[Int(element.ecosystem)])
            else { continue }
            wanted[element.ecosystem] = attributes
            guard let coverage = CPEPackage.coverage(attributes, of: product.attributes),
                let ground = segment.judge(entry, product)
            else { continue }
            let place = MatchPlace(segment: number, entry: entry, ground: ground, isReleaseUnknown: !coverage.isCertain)
            // Entries are sorted by advisory, so one that was found already was the last to be found.
            if places.count > first, segment.entries[places[places.count - 1].entry].advisory == element.advisory {
                if place.isAffected, !places[places.count - 1].isAffected { places[places.count - 1] = place }
            } else {
                places.append(place)
            }
        }
    }
}

/// What an inventory says of a product beside its name.
private struct InstalledProduct {
    let attributes: CPE
    /// Nil for a text that no CPE name could have, such as one with a blank in it.
    let version: CPEValue?
    /// In lowercase; nil where the inventory names no version, or a pattern.
    let text: String?

    init(_ attributes: CPE, _ version: UnsafeBufferPointer<UInt8>?) {
        self.attributes = attributes
        text = (version.map { String(decoding: $0, as: UTF8.self) } ?? attributes[.version].literal)?.lowercased()
        self.version = version == nil ? attributes[.version] : text.flatMap { try? CPEValue.literal($0) }
    }

    /// The version's place in the order of ranges; nil where it has none that anybody could have meant.
    func key(in scheme: VersionScheme) -> VersionKey? {
        version?.literal.flatMap { try? CPEPackage.key($0, in: scheme) }
    }
}

extension IndexSegment {
    /// What an entry says of a product's version, or nil where it does not concern it; what is certain counts before what is not.
    fileprivate func judge(_ entry: Int, _ product: InstalledProduct) -> MatchPlace.Ground? {
        let (element, next) = (entries[entry], entries[entry + 1])
        var open: MatchPlace.Ground?
        for number in Int(element.firstRange)..<Int(next.firstRange) {
            let isCertain = number < Int(element.firstDoubtful)
            guard let ground = judge(range: number, isCertain: isCertain, product) else { continue }
            if case .range = ground { return ground }
            open = open ?? ground
        }
        for number in Int(element.firstUnplaced)..<Int(next.firstUnplaced) {
            let listed = text(unplaced[number])
            guard let wanted = CPEPackage.value(listed), let version = product.version else {
                // Words of a maker: `3.1.0 p1`.
                if listed.lowercased() == product.text { return .listed }
                continue
            }
            switch wanted.relation(to: version) {
            case .equal, .superset: return .listed
            case .subset: open = open ?? .noVersion
            case .undefined: open = open ?? .versionPattern
            case .disjoint:
                guard let literal = wanted.literal, let text = product.text else { continue }
                if ProseRange.withoutLetter(literal.lowercased()) == ProseRange.withoutLetter(text) { return .listed }
            }
        }
        return open
    }

    private func judge(range number: Int, isCertain: Bool, _ product: InstalledProduct) -> MatchPlace.Ground? {
        let range = ranges[number]
        let ground = isCertain ? MatchPlace.Ground.range(number) : .doubtfulRange(number)
        if range.containsEverything { return ground }
        guard let key = product.key(in: schemes[Int(range.scheme)]) else { return isCertain ? .unplaced(range: number) : ground }
        let (lower, upper) = (self.key(range.lower), range.isOpen ? nil : self.key(range.upper))
        let ends: [VersionKey] = [lower] + (upper.map { [$0] } ?? [])
        let isAtBound = ends.contains(key) || ends.contains(key.successor)
        if isAtBound, product.attributes[.update].literal != nil { return .updateAtBound(range: number) }
        return key.isWithin(lower, to: upper) ? ground : nil
    }
}

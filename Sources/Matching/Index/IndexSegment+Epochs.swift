import PackageIdentity

extension IndexSegment {
    /// What an entry says of a version that may lack an epoch, asked under each epoch that the entry's own boundaries have: certain where
    /// all give something certain, nothing where none gives anything.
    func judge(_ entry: Int, underItsEpochs version: VersionPlace) -> MatchPlace.Ground? {
        guard let written = version.version else {
            var version = VersionPlace(nil)
            return judge(entry, &version)
        }
        let answers = epochs(of: entry).map { epoch in
            (Array("\(epoch):".utf8) + Array(written)).withUnsafeBufferPointer { version in
                var version = VersionPlace(version)
                return judge(entry, &version)
            }
        }
        let grounds = answers.compactMap { $0 }
        guard let first = grounds.first else { return nil }
        if grounds.count < answers.count { return .openEpoch(range: first.range) }
        return grounds.first { !$0.isCertain } ?? first
    }

    /// The epochs of the boundaries and of the listed versions, in their order, so that the same question has the same evidence; 0, which
    /// nobody writes, where there are none.
    private func epochs(of entry: Int) -> [UInt64] {
        let (element, next) = (entries[entry], entries[entry + 1])
        var keys: [VersionKey] = []
        for range in ranges[Int(element.firstRange)..<Int(next.firstRange)] where schemes[Int(range.scheme)] == .rpm {
            keys += range.isOpen ? [key(range.lower)] : [key(range.lower), key(range.upper)]
        }
        if listSchemes[Int(element.ecosystem)] == .rpm {
            keys += listed[Int(element.firstListed)..<Int(next.firstListed)].map { key($0) }
        }
        let epochs = Set(keys.compactMap(\.rpmEpoch))
        return epochs.isEmpty ? [0] : epochs.sorted()
    }
}

extension MatchPlace.Ground {
    fileprivate var range: Int? {
        switch self {
        case .range(let range), .doubtfulRange(let range), .unplaced(let range), .updateAtBound(let range): range
        case .openEpoch(let range): range
        case .listed, .noVersion, .versionPattern: nil
        }
    }

    fileprivate var isCertain: Bool {
        switch self {
        case .range, .listed: true
        case .doubtfulRange, .unplaced, .noVersion, .versionPattern, .updateAtBound, .openEpoch: false
        }
    }
}

import PackageIdentity

extension IndexSegment {
    /// Gathers the epochs that an entry names.
    func gatherEpochs(of entry: Int, into epochs: inout OpenEpochs) {
        let (element, next) = (entries[entry], entries[entry + 1])
        for range in ranges[Int(element.firstRange)..<Int(next.firstRange)] where schemes[Int(range.scheme)] == .rpm {
            epochs.add(key(range.lower))
            if !range.isOpen { epochs.add(key(range.upper)) }
        }
        guard listSchemes[Int(element.ecosystem)] == .rpm else { return }
        for version in listed[Int(element.firstListed)..<Int(next.firstListed)] { epochs.add(key(version)) }
    }

    /// What an entry says of a version that may lack an epoch, asked under each that it may have: certain where all give something certain,
    /// nothing where none gives anything.
    func judge(_ entry: Int, _ version: UnsafeBufferPointer<UInt8>, under epochs: OpenEpochs) -> MatchPlace.Ground? {
        if epochs.areTooMany { return .openEpoch(range: nil) }
        let answers = epochs.asked.map { epoch in
            (Array("\(epoch):".utf8) + Array(version)).withUnsafeBufferPointer { version in
                var version = VersionPlace(version)
                return judge(entry, &version)
            }
        }
        let grounds = answers.compactMap { $0 }
        guard let first = grounds.first else { return nil }
        if grounds.count < answers.count { return .openEpoch(range: first.range) }
        return grounds.first { !$0.isCertain } ?? first
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

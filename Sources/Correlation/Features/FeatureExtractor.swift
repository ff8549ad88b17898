/// Makes features of records. Pure: the same record gives the same features on every machine.
package struct FeatureExtractor: Sendable {
    /// Whether a record's own and other identifiers are compared. An evaluation against groups that were made from
    /// identifiers must switch it off.
    package var comparesIdentifiers: Bool

    package init(comparesIdentifiers: Bool = true) { self.comparesIdentifiers = comparesIdentifiers }

    package func features(of record: CorrelationRecord) -> FindingFeatures {
        var bag = TokenBag()
        var text = TextTokens()
        text.read(record.title)
        text.read(record.text)
        bag[.word] = text.words
        bag[.symbol] = text.symbols
        bag[.textVersion] = text.versions
        for address in text.addresses { bag.add(address: address) }
        for reference in record.references { bag.add(address: Array(reference.utf8)[...]) }
        bag[.commit] += record.commits.compactMap { ReferenceToken.hash(Array($0.utf8)[...]) }
        bag.addPackages(of: record)
        bag[.fixedVersion] += record.fixedVersions.compactMap { VersionToken.hash(Array($0.utf8)[...], .fixedVersion) }
        // By family: one overflow is CWE-122 to one finder and CWE-787 to another.
        bag[.weakness] = record.weaknesses.compactMap { WeaknessFamily.name(of: $0) }.map { TokenHash.of($0.utf8, .weakness) }
        for symbol in record.symbols { SymbolToken.append(Array(symbol.utf8)[...], to: &bag[.symbol]) }
        bag.addPlaces(of: record)
        bag.addPatch(record.patch)
        if comparesIdentifiers {
            for name in [record.id] + record.aliases { bag[.identifier] += Self.pair(name.utf8, .identifier) }
        }
        var features = bag.features()
        features.signature = MinHash.signature(of: text.shingles)
        features.summary = summary(of: record, text)
        features.summary.listing = Self.listing(of: record, features)
        return features
    }

    /// Two independent hashes, for what decides alone: 64 bits.
    static func pair(_ bytes: some Sequence<UInt8>, _ kind: TokenKind) -> [UInt32] {
        var second = TokenHash(kind)
        second.add(0)
        for byte in bytes { second.add(byte.lowercased) }
        return [TokenHash.lowercased(bytes, kind), second.value]
    }

    private static func listing(of record: CorrelationRecord, _ features: FindingFeatures) -> UInt32 {
        guard let database = record.database else { return run(of: record) }
        var hash = TokenHash(.package)
        hash.add(database.utf8.map(\.lowercased))
        switch record.listing {
        case .byVulnerability: return hash.value
        case .byPackage:
            guard !features.range(.package).isEmpty else { return 0 }
            for token in features.tokens(.package) {
                for shift: UInt32 in [0, 8, 16, 24] { hash.add(UInt8(truncatingIfNeeded: token >> shift)) }
            }
            return hash.value
        }
    }

    /// A run of a finder's tool lists each of its findings once, like a catalogue.
    private static func run(of record: CorrelationRecord) -> UInt32 {
        guard let run = record.run else { return 0 }
        var hash = TokenHash(.word)
        hash.add((record.finder ?? "").utf8)
        hash.add(0)
        hash.add(run.utf8)
        return hash.value
    }

    private func summary(of record: CorrelationRecord, _ text: TextTokens) -> FeatureSummary {
        var summary = FeatureSummary()
        summary.wordCount = UInt16(clamping: text.wordCount)
        summary.text = text.wordCount > 5 ? text.whole.value : 0
        var title = TextTokens()
        title.read(record.title)
        summary.title = title.wordCount > 3 ? title.whole.value : 0
        summary.database = record.database.map { TokenHash.lowercased($0.utf8, .word) } ?? 0
        summary.finder = record.finder.map { TokenHash.lowercased($0.utf8, .word) } ?? 0
        summary.namesFunction = record.locations.contains { $0.function.flatMap(FunctionName.normalized) != nil }
        if record.locations.count == 1, record.locations[0].function == nil, let line = record.locations[0].startLine {
            summary.line = UInt32(clamping: line)
        }
        if let crash = record.crash, CrashStateLines.nameFunction(crash.state, type: crash.type) {
            summary.crash = CrashFeatures(of: crash)
        }
        return summary
    }
}

extension CrashFeatures {
    init(of crash: CorrelationRecord.Crash) {
        let type = crash.type.split(separator: " ")
        let kind = type.filter { !$0.utf8.allSatisfy(\.isDigit) }
        project = TokenHash.lowercased(Self.name(of: crash.project).utf8, .place)
        self.type = Self.hash([type.joined(separator: " ")]).value
        self.kind = Self.hash([kind.joined(separator: " ")]).value
        let lines = RustFrames.withoutHashes(crash.state)
        state = Self.hash(lines).wideValue
        for (place, frame) in lines.prefix(frames.scalarCount).enumerated() { frames[place] = Self.hash([frame]).value }
    }

    /// The last part of a package's or a repository's name.
    private static func name(of project: String) -> Substring {
        let name = FindingSubject.normalizedRepository(project) ?? project
        return name.split(separator: "/").last ?? ""
    }

    private static func hash(_ parts: some Sequence<String>) -> TokenHash {
        var hash = TokenHash(.place)
        for part in parts {
            hash.add(part.utf8)
            hash.add(0)
        }
        return hash
    }
}

/// Tokens by kind while they are collected.
struct TokenBag {
    private var lists = [[UInt32]](repeating: [], count: TokenKind.count)

    subscript(kind: TokenKind) -> [UInt32] {
        get { lists[kind.rawValue] }
        _modify { yield &lists[kind.rawValue] }
    }

    mutating func add(address: ArraySlice<UInt8>) {
        switch ReferenceToken.reading(address) {
        case .commit(let hash): self[.commit].append(hash)
        case .reference(let hash): self[.reference].append(hash)
        case nil: break
        }
    }

    mutating func addPackages(of record: CorrelationRecord) {
        var (whole, words): ([UInt32], [UInt32]) = ([], [])
        for package in record.packages {
            PackageToken.append(scope: package.scope, name: package.name, whole: &whole, words: &words)
        }
        for repository in record.repositories {
            guard let name = FindingSubject.normalizedRepository(repository) else { continue }
            PackageToken.append(scope: "", name: name, whole: &whole, words: &words)
        }
        self[.package] = whole
        self[.packageWord] = words
    }

    /// Places without what changes from commit to commit: no line, and no folder where there is a function.
    mutating func addPlaces(of record: CorrelationRecord) {
        let subjects =
            record.packages.prefix(Self.mostSubjects).map(\.name)
            + record.repositories.prefix(Self.mostSubjects).compactMap(FindingSubject.normalizedRepository)
        let projectName = subjects.first?.split(separator: "/").last.map(String.init) ?? ""
        let renames = FileRenames(of: record, project: projectName)
        for location in record.locations.prefix(Self.mostLocations) {
            addFingerprints(of: record, at: location)
            let function = location.function.flatMap(FunctionName.normalized)
            if let function { SymbolToken.append(Array(function.utf8)[...], to: &self[.symbol]) }
            guard let file = location.file.flatMap({ SourcePath.normalized($0, project: projectName) }) else { continue }
            for file in renames.names(of: file) { addPlace(file, function, of: subjects) }
        }
        if record.locations.isEmpty { addFingerprints(of: record, at: nil) }
        for subject in subjects {
            for (name, kind) in [(record.entry, TokenKind.entry), (record.sink, .sink)] {
                // One hash for both sides, so that one's sink meets another's entry.
                guard let name, !name.isEmpty else { continue }
                self[kind].append(TokenHash.of((subject.lowercased() + "\u{0}" + name).utf8, .entry))
            }
        }
    }

    private mutating func addPlace(_ file: String, _ function: String?, of subjects: [String]) {
        SymbolToken.append(Array(file.utf8)[...], to: &self[.symbol])
        let name = file.split(separator: "/").last.map(String.init) ?? file
        for subject in subjects {
            let place = subject.lowercased() + "\u{0}" + (function.map { name + "\u{0}" + $0 } ?? file)
            self[.place].append(TokenHash.of(place.utf8, .place))
        }
    }

    private mutating func addFingerprints(of record: CorrelationRecord, at location: CorrelationRecord.Location?) {
        guard location != nil || !record.toolFingerprints.isEmpty else { return }
        let subjects =
            record.packages.prefix(Self.mostSubjects).filter { !$0.scope.isEmpty }.map {
                (package: Optional("pkg:\($0.scope)/\($0.name)"), repository: String?.none)
            }
            + record.repositories.prefix(Self.mostSubjects).map { (package: nil, repository: Optional($0)) }
        let weaknesses = record.weaknesses.prefix(Self.mostWeaknesses).map(Optional.some)
        for subject in subjects {
            for weakness in weaknesses.isEmpty ? [nil] : weaknesses where self[.fingerprint].count < Self.maximumOfKind {
                let evidence = FindingFingerprint.Evidence(
                    package: subject.package, repository: subject.repository, weakness: weakness, file: location?.file,
                    function: location?.function, startLine: location?.startLine, toolFingerprints: record.toolFingerprints)
                for key in FindingFingerprint(of: evidence).keys {
                    self[.fingerprint] += FeatureExtractor.pair(key.canonicalText.utf8, .fingerprint)
                }
            }
        }
    }

    /// The changed lines of a diff without their spaces; short ones (braces) say nothing.
    mutating func addPatch(_ patch: String?) {
        guard let patch else { return }
        for line in patch.utf8.prefix(TextTokens.maximumBytes).split(separator: .newline).prefix(400) {
            guard let sign = line.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { continue }
            let content = line.filter { $0 > .space }
            guard content.count > 8, !content.starts(with: "+++".utf8), !content.starts(with: "---".utf8) else { continue }
            self[.patchLine].append(TokenHash.of(content, .patchLine))
        }
    }

    /// What is multiplied with each other for places and fingerprints: a record of more places than these is a list of findings.
    private static let mostLocations = 128
    private static let mostSubjects = 8
    private static let mostWeaknesses = 8

    /// Sorted, each once.
    consuming func features() -> FindingFeatures {
        var features = FindingFeatures()
        for kind in TokenKind.allCases {
            if kind.isPaired { Self.sortPairs(&lists[kind.rawValue]) } else { Self.sort(&lists[kind.rawValue]) }
            features.tokens += lists[kind.rawValue].prefix(Self.maximumOfKind)
            features.ends[kind.rawValue] = UInt16(features.tokens.count)
        }
        return features
    }

    private static func sort(_ tokens: inout [UInt32]) {
        tokens.sort()
        var previous: UInt32 = 0
        tokens.removeAll { token in
            defer { previous = token }
            return token == previous
        }
    }

    /// Pairs stay together, in the order of their 64 bits.
    private static func sortPairs(_ tokens: inout [UInt32]) {
        let pairs = Set(stride(from: 0, to: tokens.count - 1, by: 2).map { UInt64(tokens[$0]) << 32 | UInt64(tokens[$0 + 1]) })
        tokens = pairs.sorted().flatMap { [UInt32(truncatingIfNeeded: $0 >> 32), UInt32(truncatingIfNeeded: $0)] }
    }

    /// So that the ends fit into sixteen bits. Even, for pairs.
    private static let maximumOfKind = 1_000
}

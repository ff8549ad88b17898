/// The keys under which a record meets others: only records that share one are ever compared.
struct CandidateKeys {
    /// What sharing a key is worth: two are compared from `needed` on, so one strong key does, or two weak ones.
    enum Strength: UInt8, Hashable, Comparable {
        /// A rare word, a name of code, a band of the signature.
        case weak = 1
        /// A reference, a commit, a place, a package with one of its versions or words.
        case strong = 2
        /// It alone says that two are the same: such keys may have more records.
        case decisive = 3

        static func < (a: Strength, b: Strength) -> Bool { a.rawValue < b.rawValue }
    }

    static let needed: UInt32 = 2

    struct Key: Hashable {
        var hash: UInt32
        var strength: Strength
    }

    /// Bands of the signature that are keys, two lanes each: texts of similarity 0.3 meet in one of them in 53 of 100 cases, of 0.5 in 90.
    private static let bands = 8
    private static let rareWords = 6
    private static let rareSymbols = 4
    private static let versionsOfPackage = 6
    /// A word that one record in fifty has finds nothing, even within a package.
    private static let commonest: Float = 4

    /// Each key once, by their hashes.
    static func keys(of view: FeatureView, _ weights: TokenWeights, into keys: inout [Key]) {
        keys.removeAll(keepingCapacity: true)
        for kind in [TokenKind.identifier, .fingerprint] {
            let tokens = view.tokens(kind)
            for place in stride(from: 0, to: tokens.count, by: 2) {
                keys.append(Key(hash: combined(tokens[place], tokens[place + 1]), strength: .decisive))
            }
        }
        addCrash(view.summary.crash, to: &keys)
        func add(_ hash: UInt32, _ strength: Strength = .strong) { keys.append(Key(hash: hash, strength: strength)) }
        for kind in [TokenKind.reference, .commit, .place] { for token in view.tokens(kind).prefix(48) { add(token) } }
        // A chain leads from one record's sink to another's entry: both have one hash.
        for kind in [TokenKind.entry, .sink] { for token in view.tokens(kind) { add(token) } }
        let words = rarest(rareWords, of: view.tokens(.word), weights)
        for word in words { add(word, .weak) }
        for symbol in rarest(rareSymbols, of: view.tokens(.symbol), weights) { add(symbol, .weak) }
        for line in rarest(rareSymbols, of: view.tokens(.patchLine), weights) { add(line, .weak) }
        for package in view.tokens(.package).prefix(3) {
            for version in view.tokens(.fixedVersion).prefix(versionsOfPackage) { add(combined(package, version)) }
            for word in words where weights.weight(word) > commonest { add(combined(package, word)) }
        }
        if view.summary.title != 0 { add(view.summary.title) }
        addBands(view) { add($0, .weak) }
        keys.sort { ($0.hash, $1.strength) < ($1.hash, $0.strength) }
        var kept = 0
        for place in keys.indices where place == 0 || keys[place].hash != keys[kept - 1].hash {
            keys[kept] = keys[place]
            kept += 1
        }
        keys.removeLast(keys.count - kept)
    }

    /// State and kind of the crash, in its project (where many projects carry one library, that is fewer) and in any, and the innermost
    /// line with each other.
    private static func addCrash(_ crash: CrashFeatures, to keys: inout [Key]) {
        guard crash.isThere else { return }
        let state = combined(TokenHash.mixed(crash.state), crash.kind)
        for key in [combined(state, crash.project), state] { keys.append(Key(hash: key, strength: .decisive)) }
        for frame in crash.frames.present.dropFirst() {
            keys.append(Key(hash: combined(combined(crash.frames[0], frame), crash.kind), strength: .strong))
        }
    }

    private static func addBands(_ view: FeatureView, _ add: (UInt32) -> Void) {
        guard view.summary.wordCount > 4 else { return }
        for band in 0..<bands {
            let (a, b) = (view.lane(2 * band), view.lane(2 * band + 1))
            add(TokenHash.mixed(UInt64(band + 1) << 40 | UInt64(a) << 16 | UInt64(b)))
        }
    }

    private static func combined(_ a: UInt32, _ b: UInt32) -> UInt32 {
        TokenHash.mixed(UInt64(a) << 32 | UInt64(b))
    }

    /// The tokens with the largest weights; of equal ones those with the smaller hash, so that two records choose alike.
    private static func rarest(_ limit: Int, of tokens: UnsafeBufferPointer<UInt32>, _ weights: TokenWeights) -> [UInt32] {
        var chosen: [(weight: Float, token: UInt32)] = []
        chosen.reserveCapacity(limit + 1)
        for token in tokens {
            let weight = weights.weight(token)
            if chosen.count == limit, weight <= chosen[limit - 1].weight { continue }
            var place = chosen.count
            while place > 0, chosen[place - 1].weight < weight { place -= 1 }
            chosen.insert((weight, token), at: place)
            if chosen.count > limit { chosen.removeLast() }
        }
        return chosen.map(\.token)
    }
}

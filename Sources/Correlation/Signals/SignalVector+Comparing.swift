extension SignalVector {
    /// The signals of two records. Symmetric and pure: who is first changes nothing, and nothing else is read.
    init(_ a: FeatureView, _ b: FeatureView, _ weights: TokenWeights) {
        compareDecisive(a, b, weights)
        compareTexts(a, b, weights)
        compareReferences(a, b, weights)
        compareSubjects(a, b, weights)
        compareVersions(a, b, weights)
        compareSymbols(a, b, weights)
        combine()
    }

    private mutating func compareDecisive(_ a: FeatureView, _ b: FeatureView, _ weights: TokenWeights) {
        if Self.sharePair(a.tokens(.identifier), b.tokens(.identifier)) { self[.identifier] = 1 }
        // What one run lists at one place it holds for two.
        if !Self.areListedTogether(a, b), Self.sharePair(a.tokens(.fingerprint), b.tokens(.fingerprint)) {
            self[.fingerprint] = 1
        }
        compareCrashes(a, b, weights)
        comparePlaces(a, b, weights)
        if a.has(.patchLine), b.has(.patchLine) {
            let common = overlap(.patchLine, a, b, weights).count
            self[.patch] = share(common, .patchLine, a, b) * min(1, Float(common) / Self.tellingLines)
        }
    }

    /// Whether two lists of pairs, each in the order of their 64 bits, have one in common.
    private static func sharePair(_ a: UnsafeBufferPointer<UInt32>, _ b: UnsafeBufferPointer<UInt32>) -> Bool {
        var (i, j) = (0, 0)
        while i < a.count, j < b.count {
            let (x, y) = (UInt64(a[i]) << 32 | UInt64(a[i + 1]), UInt64(b[j]) << 32 | UInt64(b[j + 1]))
            if x == y { return true }
            if x < y { i += 2 } else { j += 2 }
        }
        return false
    }

    /// Type and state make a crash the same, as far as both are about one project; how finders name it says nothing against. Two kinds
    /// of crash with one state may be one bug or two.
    private mutating func compareCrashes(_ a: FeatureView, _ b: FeatureView, _ weights: TokenWeights) {
        let (crash, other) = (a.summary.crash, b.summary.crash)
        guard crash.isThere, other.isThere else { return }
        guard crash.isSimilar(to: other) else {
            self[.otherCrash] = 1
            return
        }
        guard crash.kind == other.kind, crash.project == other.project || overlap(.package, a, b, weights).count > 0 else {
            return
        }
        self[crash.state == other.state && crash.type == other.type ? .crashState : .similarCrash] = 1
    }

    private static func areListedTogether(_ a: FeatureView, _ b: FeatureView) -> Bool {
        a.summary.listing != 0 && a.summary.listing == b.summary.listing
    }

    /// So many changed lines in common are a fix in common; one or two may be an idiom (`return -EINVAL;`).
    private static let tellingLines: Float = 3

    private mutating func comparePlaces(_ a: FeatureView, _ b: FeatureView, _ weights: TokenWeights) {
        guard a.has(.place), b.has(.place) else { return }
        let (left, right) = (Int(a.summary.line), Int(b.summary.line))
        let isFarApart = left != 0 && right != 0 && abs(left - right) > Self.nearbyLines
        if overlap(.place, a, b, weights).count > 0, !isFarApart {
            self[.place] = 1
        } else if a.summary.namesFunction == b.summary.namesFunction, overlap(.package, a, b, weights).count > 0 {
            self[.otherPlace] = 1
        }
    }

    /// Without a function's name, lines of one file that lie further apart than edits between two scans move them are two places.
    private static let nearbyLines = 40

    private mutating func compareTexts(_ a: FeatureView, _ b: FeatureView, _ weights: TokenWeights) {
        let words = overlap(.word, a, b, weights)
        let cosine = words.squaredWeight / (a.norm * b.norm)
        let smaller = min(a.norm, b.norm)
        self[.textCosine] = cosine
        self[.textCosineSquared] = cosine * cosine
        self[.textContainment] = min(1, words.squaredWeight / (smaller * smaller))
        let (left, right) = (a.summary, b.summary)
        if min(left.wordCount, right.wordCount) > 2 {
            var equal = 0
            for lane in 0..<MinHash.lanes where a.lane(lane) == b.lane(lane) {
                equal += 1
            }
            self[.shingles] = Float(equal) / Float(MinHash.lanes)
        }
        if left.text != 0, left.text == right.text {
            self[.sameText] = 1
            // Two records make a weight of ln(n / 2), from which each further one takes something.
            self[.repeatedText] = min(1, max(0, weights.largest - 0.75 - weights.weight(left.text)) / 3)
        }
        if left.title != 0, left.title == right.title { self[.title] = weights.weight(left.title) / weights.largest }
        self[.shortText] = min(left.wordCount, right.wordCount) < 15 ? 1 : 0
    }

    private mutating func compareReferences(_ a: FeatureView, _ b: FeatureView, _ weights: TokenWeights) {
        let references = overlap(.reference, a, b, weights)
        self[.reference] = references.rarest / weights.largest
        self[.referenceShare] = share(references.count, .reference, a, b)
        if references.count == 0, a.has(.reference), b.has(.reference) { self[.otherReferences] = 1 }
        let commits = overlap(.commit, a, b, weights)
        self[.commit] = commits.rarest / weights.largest
        if commits.count == 0, a.has(.commit), b.has(.commit) { self[.otherCommit] = 1 }
    }

    private mutating func compareSubjects(_ a: FeatureView, _ b: FeatureView, _ weights: TokenWeights) {
        let packages = overlap(.package, a, b, weights)
        let words = overlap(.packageWord, a, b, weights)
        self[.package] = packages.count > 0 ? 1 : 0
        self[.packageWord] = max(words.rarest, packages.rarest) / weights.largest
        if a.has(.package), b.has(.package) {
            if packages.count == 0, words.count == 0 { self[.otherPackage] = 1 }
        } else {
            self[.unknownPackage] = 1
        }
        let database = a.summary.database
        if database != 0, database == b.summary.database {
            self[.sameDatabase] = 1
            self[.sameDatabaseAndPackage] = self[.package]
            self[.sameDatabaseOtherPackage] = 1 - self[.package]
            self[.sameTextOfDatabase] = self[.sameText]
        }
        if Self.areListedTogether(a, b) { self[.listedApart] = 1 }
        if a.has(.weakness), b.has(.weakness) {
            self[overlap(.weakness, a, b, weights).count > 0 ? .weakness : .otherWeakness] = 1
        }
    }

    private mutating func compareVersions(_ a: FeatureView, _ b: FeatureView, _ weights: TokenWeights) {
        let fixed = overlap(.fixedVersion, a, b, weights)
        self[.fixedVersion] = fixed.rarest / weights.largest
        self[.fixedVersionShare] = share(fixed.count, .fixedVersion, a, b)
        if fixed.count == 0, a.has(.fixedVersion), b.has(.fixedVersion) { self[.otherFixedVersion] = self[.package] }
        self[.textVersionShare] = share(overlap(.textVersion, a, b, weights).count, .textVersion, a, b)
    }

    private mutating func compareSymbols(_ a: FeatureView, _ b: FeatureView, _ weights: TokenWeights) {
        guard a.has(.symbol), b.has(.symbol) else { return }
        let symbols = overlap(.symbol, a, b, weights)
        self[.symbol] = symbols.rarest / weights.largest
        self[.symbolShare] = share(symbols.count, .symbol, a, b)
        if symbols.count == 0 { self[.otherSymbols] = 1 }
    }

    private mutating func combine() {
        self[.textOfPackage] = self[.textCosine] * self[.package]
        self[.shinglesOfPackage] = self[.shingles] * self[.package]
        self[.symbolOfPackage] = self[.symbol] * self[.package]
        self[.commitAndText] = self[.commit] * self[.textCosine]
        self[.referenceAndText] = self[.reference] * self[.textCosine]
        self[.referenceOfPackage] = self[.reference] * self[.package]
        self[.fixedVersionAndText] = self[.fixedVersionShare] * self[.textContainment]
        self[.titleOfPackage] = self[.title] * self[.packageWord]
        self[.repeatedSameText] = self[.repeatedText] * self[.sameText]
        self[.otherVersionAndText] = self[.otherFixedVersion] * self[.textCosine]
        self[.shortTextAndReference] = self[.shortText] * self[.reference]
    }

    @inline(__always)
    private func overlap(_ kind: TokenKind, _ a: FeatureView, _ b: FeatureView, _ weights: TokenWeights) -> TokenOverlap {
        TokenOverlap(a.tokens(kind), b.tokens(kind), weights)
    }

    @inline(__always)
    private func share(_ common: Int, _ kind: TokenKind, _ a: FeatureView, _ b: FeatureView) -> Float {
        let smaller = min(a.tokens(kind).count, b.tokens(kind).count)
        return smaller == 0 ? 0 : Float(common) / Float(smaller)
    }
}

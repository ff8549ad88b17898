/// Which relation two records have, if any. Pure and symmetric.
struct RelationRule {
    let model: SignalModel

    /// What two records are if they aren't one vulnerability.
    func kindOfDifferent(_ signals: SignalVector, _ a: FeatureView, _ b: FeatureView) -> RelationKind? {
        if leads(a, b) || leads(b, a) { return .chain }
        // All that follows is about one package.
        guard signals[.package] > 0 else { return nil }
        if isPart(a, of: b) || isPart(b, of: a) { return .subsumed }
        return isVariant(signals) ? .variant : nil
    }

    /// What alone says that two are one: no rival counts against it.
    func isDecisive(_ signals: SignalVector) -> Bool {
        signals[.identifier] > 0 || signals[.fingerprint] > 0 || signals[.crashState] > 0
    }

    private func leads(_ a: FeatureView, _ b: FeatureView) -> Bool {
        let (sinks, entries) = (a.tokens(.sink), b.tokens(.entry))
        return sinks.contains { sink in entries.contains(sink) }
    }

    /// Commits, or else places: both must name some, for nothing is a part of everything.
    private func isPart(_ a: FeatureView, of b: FeatureView) -> Bool {
        isPart(a.tokens(.commit), of: b.tokens(.commit), a.tokens(.commit).count, b.tokens(.commit).count)
            || isPart(a.tokens(.place), of: b.tokens(.place), Int(a.summary.placeCount), Int(b.summary.placeCount))
    }

    /// - Parameter size: how many things the tokens name; a renamed file has several tokens, and is one place.
    private func isPart(
        _ part: UnsafeBufferPointer<UInt32>, of whole: UnsafeBufferPointer<UInt32>, _ size: Int, _ wholeSize: Int
    ) -> Bool {
        size > 0 && wholeSize >= 2 * size && part.count { whole.contains($0) } >= size
    }

    /// The same weakness told in much the same words, but of other code.
    private func isVariant(_ signals: SignalVector) -> Bool {
        signals[.weakness] > 0 && signals[.textCosine] >= Self.variantText
            && (signals[.symbol] > 0 || signals[.otherSymbols] > 0)
    }

    /// Half of what the words say is common.
    private static let variantText: Float = 0.5
}

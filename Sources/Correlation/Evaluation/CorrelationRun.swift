/// A whole set correlated in two passes: the first counts how common tokens are, the second relates.
package struct CorrelationRun: Sendable {
    package private(set) var ids: [String] = []
    private var features: [FindingFeatures] = []
    private var statistics = TokenStatistics()
    private let extractor: FeatureExtractor

    /// - Parameter comparesIdentifiers: false hides every identifier from the signals, as an evaluation must.
    package init(comparesIdentifiers: Bool = true) { extractor = FeatureExtractor(comparesIdentifiers: comparesIdentifiers) }

    package mutating func add(_ record: CorrelationRecord) {
        let found = extractor.features(of: record)
        statistics.add(found)
        features.append(found)
        ids.append(record.id)
    }

    /// The relations of all records, whose places in the index are those of `ids`.
    package func index(model: SignalModel = .standard) -> CorrelationIndex {
        var index = CorrelationIndex(weights: statistics.weights(), model: model, expectedRecords: features.count)
        for feature in features { _ = index.add(feature) }
        return index
    }
}

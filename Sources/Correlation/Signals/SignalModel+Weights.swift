/// The weights, learned and not chosen but for fifteen.
///
/// `Benchmarks/correlation_weights.py` fits a logistic regression on the candidate pairs of one half of the groups in
/// dedupe-groundtruth, with all records of osv-corpus and vulnrichment as the background and every identifier hidden; the
/// sign of a weight is held to the meaning of its signal. The threshold and the margin over rivals are what gave the highest
/// recall at 99.5 % precision on that half. The other half judges (`CorrelationGroundTruthTests`). Signals of which that data has
/// no examples are set by hand: `identifier`, `fingerprint`, the three of crashes, `place`, `otherPlace`, `patch`, the three of weaknesses,
/// `symbol` and `sink`; `listedApart`, which is a rule; and `fixedVersionInText`, the best of a few beside the learned ones. The script
/// takes them from here. Weights that came out as nothing are left out (decision 14).
extension SignalModel {
    package static let standard = SignalModel(
        [
            .identifier: 25.00,
            .fingerprint: 18.00,
            .crashState: 26.00,
            .similarCrash: 8.00,
            .otherCrash: -14.00,
            .place: 5.00,
            // A scanner says the same words of fifty places of a package: they are fifty bugs.
            .otherPlace: -9.00,
            // Supports and does not decide: a whole fix in a package of the name does, two lines or two thirds of it need something besides.
            .patch: 10.00,
            .weakness: 1.00,
            .sameWeakness: 1.00,
            // More than a place gives: two kinds of mistake in one function are two bugs, unless the words are nearly the same.
            .otherWeakness: -6.00,
            .symbol: 0.30,
            .sink: 2.00,
            .textCosineSquared: 0.87,
            .textContainment: 6.31,
            .sameText: 5.46,
            .title: 0.68,
            .repeatedText: -2.25,
            .shortText: -0.30,
            .reference: 2.02,
            .otherReferences: -0.36,
            .commit: 1.46,
            .otherCommit: -2.08,
            .package: 0.67,
            .packageWord: 3.47,
            .fixedVersion: 0.82,
            .otherFixedVersion: -1.03,
            .fixedVersionInText: 2.00,
            .sameDatabase: -0.72,
            .sameDatabaseAndPackage: -1.30,
            .listedApart: -16.00,
            .commitAndText: 2.09,
            .referenceAndText: 0.41,
            .fixedVersionAndText: 2.03,
            .titleOfPackage: 0.32,
            .repeatedSameText: -2.25,
            .shortTextAndReference: 4.76
        ],
        bias: -8.24, threshold: 3.50, rivalMargin: 0.3, version: 1)
}

import PackageIdentity

/// What comparing two versions costs, from their text and from keys at hand.
struct VersionFigures {
    private let scheme: VersionScheme
    private let pairs: [(left: String, right: String)]
    private let rounds = 15

    struct UnknownScheme: Error { let name: String }

    /// - Parameter pairs: lines, the two versions with a tab between them; a line without a tab is passed over.
    init(scheme name: String, pairs text: [UInt8]) throws {
        guard let scheme = VersionScheme(name: name) else { throw UnknownScheme(name: name) }
        self.scheme = scheme
        pairs = text.split(separator: UInt8(ascii: "\n")).compactMap { line in
            let parts = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
            return parts.count == 2 ? (String(decoding: parts[0], as: UTF8.self), String(decoding: parts[1], as: UTF8.self)) : nil
        }
    }

    /// The results are the numbers of pairs whose left version comes first.
    func figures() -> [Figure] {
        let keys = pairs.compactMap { pair in
            key(pair.left).flatMap { left in key(pair.right).map { (left: left, right: $0) } }
        }
        return [
            Figure("parse and compare \(scheme)", count: pairs.count, rounds: rounds) { ascendingVersions() },
            // Several times over: a round of a millisecond is below what the processor's clock can tell.
            Figure("compare keys \(scheme)", count: Self.repetitions * keys.count, rounds: rounds) { ascending(keys) }
        ]
    }

    private static let repetitions = 20

    private func key(_ version: String) -> VersionKey? { try? VersionKey(encoding: version, in: scheme) }

    private func ascendingVersions() -> Int {
        var count = 0
        for pair in pairs where (try? scheme.compare(pair.left, pair.right)) == .before { count += 1 }
        return count
    }

    private func ascending(_ keys: [(left: VersionKey, right: VersionKey)]) -> Int {
        var count = 0
        for repetition in 0..<Self.repetitions {
            // Either side by turns, so that no round can be taken from the one before.
            if repetition & 1 == 0 {
                for pair in keys where pair.left < pair.right { count += 1 }
            } else {
                for pair in keys where pair.right < pair.left { count += 1 }
            }
        }
        return count
    }
}

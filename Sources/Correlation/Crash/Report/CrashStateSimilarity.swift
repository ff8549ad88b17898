/// How much two crash states have in common.
///
/// The rule of ClusterFuzz (`crash_comparer.CrashComparer`), by which it decides whether two crashes are one bug: two
/// frames in common in the same order, or lines that on average differ in little, so that a message with a value or the
/// arguments of a template may vary. Similarity is a reason to look, never to merge: unlike an equal state it isn't
/// transitive. Correlation keeps hashes of frames, and asks its rule for frames only (`CrashFeatures.isSimilar`).
package enum CrashStateSimilarity {
    /// Whether two states are of crashes that may be one bug. A state without lines is similar to none, also not to
    /// another such.
    ///
    /// Needs time with the product of the lengths of the lines; each line counts with its first 512 bytes.
    package static func areSimilar(_ first: [String], _ second: [String]) -> Bool {
        guard !first.isEmpty, !second.isEmpty else { return false }
        if first == second { return true }
        // A state that a fuzzer made up as a hash of something is equal or not.
        if first.contains(where: { $0.contains("FuzzerHash=") }) { return false }
        if longestCommonSubsequence(first, second) >= sufficientFrameCount { return true }
        let ratios = zip(first, second).map { ratio($0, $1) }
        return ratios.reduce(0, +) / Double(ratios.count) > sufficientRatio
    }

    static let sufficientFrameCount = 2
    static let sufficientRatio = 0.8
    private static let comparedByteCount = 512

    // MARK: frames

    /// How many frames come in both states in the same order, others between them.
    static func longestCommonSubsequence<Frame: Equatable>(_ first: [Frame], _ second: [Frame]) -> Int {
        var lengths = [Int](repeating: 0, count: second.count + 1)
        for frame in first {
            var diagonal = 0
            for (index, other) in second.enumerated() {
                let above = lengths[index + 1]
                lengths[index + 1] = frame == other ? diagonal + 1 : max(above, lengths[index])
                diagonal = above
            }
        }
        return lengths[second.count]
    }

    // MARK: lines

    /// One for equal lines, less the more edits lead from one to the other: the edits are counted against the length of
    /// both.
    static func ratio(_ first: String, _ second: String) -> Double {
        let first = Array(first.utf8.prefix(comparedByteCount))
        let second = Array(second.utf8.prefix(comparedByteCount))
        let length = first.count + second.count
        return length == 0 ? 1 : Double(length - editDistance(first, second)) / Double(length)
    }

    /// How many bytes must be inserted, removed or replaced (Levenshtein).
    private static func editDistance(_ first: [UInt8], _ second: [UInt8]) -> Int {
        var distances = Array(0...second.count)
        for (row, byte) in first.enumerated() {
            var diagonal = distances[0]
            distances[0] = row + 1
            for (column, other) in second.enumerated() {
                let above = distances[column + 1]
                distances[column + 1] = min(above + 1, distances[column] + 1, diagonal + (byte == other ? 0 : 1))
                diagonal = above
            }
        }
        return distances[second.count]
    }
}

package import Correlation
package import Sealing

/// The asker's side of "is it already known?", from a finding's keys to hit or miss. Nothing of it touches the network.
///
/// A question always has one element for each kind of key. Where the finding has no such key, the element hides random bytes instead,
/// so the number of elements says nothing, and neither does their content.
package struct BlindedQuestion {
    /// Elements of every question.
    package static let elementCount = CoarseKey.Kind.allCases.count

    /// What is sent, in the order of the kinds.
    package let elements: [BlindedElement]
    private let inputs: [BlindedInput]
    private let kinds: Set<CoarseKey.Kind>

    /// - Parameter random: so many unpredictable bytes, for the kinds that the finding has no key of.
    package init(_ keys: CoarseKeys, random: (Int) -> [UInt8]) throws(SealingError) {
        var inputs: [BlindedInput] = []
        for kind in CoarseKey.Kind.allCases {
            let key = keys.keys.first { $0.kind == kind }
            inputs.append(try BlindedInput(key?.input ?? random(Digest.byteCount)))
        }
        self.inputs = inputs
        kinds = Set(keys.keys.map(\.kind))
        elements = inputs.map(\.element)
    }

    /// The tags that a known finding would share, once every proof was checked, those of the random elements included: whoever stops at
    /// the first would show which elements count.
    /// - Throws: `malformedElement` for another number of evaluations, `unprovenEvaluation` where one was not made with the key.
    package func tags(
        from evaluations: [Evaluation], under key: EvaluationPublicKey, epoch: Int64
    ) throws(SealingError) -> [QuestionTag] {
        guard evaluations.count == inputs.count else {
            throw SealingError(
                .malformedElement, "\(inputs.count) evaluations were asked for, \(evaluations.count) came", at: "/evaluations")
        }
        var outputs: [CoarseKey.Kind: ObliviousOutput] = [:]
        for (kind, (input, evaluation)) in zip(CoarseKey.Kind.allCases, zip(inputs, evaluations)) {
            outputs[kind] = try input.output(from: evaluation, under: key)
        }
        return MatchRule.tags(of: outputs.filter { kinds.contains($0.key) }, epoch: epoch)
    }
}

/// What fixes a finding before anything is asked about it.
package enum QuestionCommitment {
    package static func commitment(to finding: [UInt8], salt: CommitmentSalt) -> Commitment? {
        domain.map { Commitment(domain: $0, salt: salt, content: finding) }
    }

    private static let domain = CommitmentDomain("breakwater blind question v1")
}

/// What whoever keeps findings computes of each: the tags of all its subjects, filled up with random ones to a fixed number.
package enum FindingTags {
    /// Two subjects with every combination.
    package static let countOfFinding = 2 * MatchRule.combinations.count

    /// The tags that findings with these keys share.
    package static func tags(
        of subjects: [CoarseKeys], epoch: Int64, key: EvaluationKey
    ) throws(SealingError) -> [QuestionTag] {
        let keys = subjects.flatMap(\.keys)
        var outputs = try key.outputs(of: keys.map(\.input))[...]
        var tags: [QuestionTag] = []
        for subject in subjects {
            let own = zip(subject.keys, outputs).map { ($0.kind, $1) }
            outputs = outputs.dropFirst(subject.keys.count)
            tags += MatchRule.tags(of: Dictionary(uniqueKeysWithValues: own), epoch: epoch)
        }
        return tags
    }

    /// The same in their order, with random ones among them up to `countOfFinding`: neither how many are real can be seen, nor which.
    package static func padded(_ tags: [QuestionTag], random: (Int) -> [UInt8]) -> [QuestionTag] {
        let missing = max(0, countOfFinding - tags.count)
        let dummies = (0..<missing).map { _ in
            QuestionTag(value: random(QuestionTag.byteCount).reduce(0) { $0 << 8 | UInt64($1) })
        }
        return (tags + dummies).sorted()
    }
}

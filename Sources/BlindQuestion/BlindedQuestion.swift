package import Correlation
package import Sealing

/// The asker's side of "is it already known?", from a finding's keys to hit or miss. Nothing of it touches the network.
///
/// A question always has one element for each combination of keys. Where the finding lacks one, the element hides random bytes instead,
/// so the number of elements says nothing, and neither does their content.
package struct BlindedQuestion {
    /// Elements of every question.
    package static let elementCount = KeyCombination.allCases.count

    /// What is sent, in the order of the combinations.
    package let elements: [BlindedElement]
    private let inputs: [BlindedInput]
    private let asked: Set<KeyCombination>

    /// - Parameter random: so many unpredictable bytes, for the combinations that the finding lacks.
    package init(_ keys: CoarseKeys, random: (Int) -> [UInt8]) throws(SealingError) {
        var (inputs, asked): ([BlindedInput], Set<KeyCombination>) = ([], [])
        for combination in KeyCombination.allCases {
            let input = combination.input(of: keys)
            if input != nil { asked.insert(combination) }
            inputs.append(try BlindedInput(input ?? random(Digest.byteCount)))
        }
        (self.inputs, self.asked) = (inputs, asked)
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
        var tags: [QuestionTag] = []
        for (combination, (input, evaluation)) in zip(KeyCombination.allCases, zip(inputs, evaluations)) {
            let output = try input.output(from: evaluation, under: key)
            if asked.contains(combination) { tags.append(QuestionTag(epoch: epoch, combination, output)) }
        }
        return tags
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
    package static let countOfFinding = 2 * KeyCombination.allCases.count

    /// The tags that findings with these keys share.
    package static func tags(
        of subjects: [CoarseKeys], epoch: Int64, key: EvaluationKey
    ) throws(SealingError) -> [QuestionTag] {
        let inputs = subjects.flatMap { keys in
            KeyCombination.allCases.compactMap { combination in combination.input(of: keys).map { (combination, $0) } }
        }
        return zip(inputs, try key.outputs(of: inputs.map(\.1))).map { QuestionTag(epoch: epoch, $0.0, $1) }
    }

    /// Random tags, as many as a finding has at most.
    package static func dummies(random: (Int) -> [UInt8]) -> [QuestionTag] {
        (0..<countOfFinding).map { _ in
            QuestionTag(value: random(QuestionTag.byteCount).reduce(0) { $0 << 8 | UInt64($1) })
        }
    }

    /// The tags in their order, with random ones among them up to `countOfFinding`: neither how many are real can be seen, nor which.
    package static func padded(_ tags: [QuestionTag], with dummies: [QuestionTag]) -> [QuestionTag] {
        (tags + dummies.prefix(max(0, countOfFinding - tags.count))).sorted()
    }
}

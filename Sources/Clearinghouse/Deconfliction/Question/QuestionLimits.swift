package import CivilTime

/// How much a member may ask, and how long an epoch lasts. Each limit bounds what a member learns that asks for everything it can
/// think of: whether something is known of five combinations of keys a question.
package enum QuestionLimits {
    /// Questions of a member in any 24 hours. A laboratory with a fleet of agents has some dozens of findings a day worth asking about;
    /// the files of one middling repository times the families of weaknesses are some thirty thousand combinations.
    package static let questionsADay: Int64 = 100
    /// Questions of a member in an epoch: more than a full day in three, so that the rare busy week is possible and asking
    /// around the clock is not.
    package static let questionsAnEpoch: Int64 = 1_000
    /// Commitments that a member may have lodged without asking about them: each is a row that stays.
    package static let waitingCommitments: Int64 = 1_000
    package static let day: Duration = .seconds(86_400)
    /// After it the key is destroyed: what somebody kept of the epoch can't be asked again, and what was computed of dictionaries is void.
    /// Short enough for that, long enough that a set of a million findings is worth being computed.
    package static let epochLifetime: Duration = .seconds(30 * 86_400)
    /// Findings whose tags are answered as what came since: 800 KB, more than came to anybody who asks every day. Who was away longer
    /// gets the whole list, which is made once for all.
    package static let largestDelta: Int64 = 10_000
    /// Findings whose tags are recorded at once: one record of some 40 KB, computed in about a second.
    package static let findingsAtOnce = 200
}

/// What a member may still ask.
package struct QuestionBudget: Sendable, Equatable {
    package let leftToday: Int64
    package let leftInEpoch: Int64
    /// When there is one more; nil where there is one now.
    package let next: Timestamp?
}

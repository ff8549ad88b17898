/// How signals make a score: a sum of log-odds, one weight a signal, through the logistic function.
///
/// Additive, so that a person can be told what each signal gave, and a signal that improves changes its own part only.
package struct SignalModel: Sendable {
    private var weights = InlineArray<53, Float>(repeating: 0)
    let bias: Float
    /// From which log-odds two records are called duplicates.
    package let threshold: Float
    /// How far a proposal must lie before the next best of the same listing.
    package let rivalMargin: Float
    /// Raised with every change of weights or of what a signal observes, so that what an earlier one said can be examined anew.
    package let version: Int

    init(_ weights: [Signal: Float], bias: Float, threshold: Float, rivalMargin: Float, version: Int) {
        self.version = version
        for (signal, weight) in weights { self.weights[signal.rawValue] = weight }
        self.bias = bias
        self.threshold = threshold
        self.rivalMargin = rivalMargin
    }

    /// The log-odds that both are one vulnerability.
    @inline(__always) func logOdds(_ signals: SignalVector) -> Float {
        var sum = bias
        for place in 0..<Signal.count { sum += weights[place] * signals[place] }
        return sum
    }

    func contribution(of signal: Signal, in signals: SignalVector) -> Float { weights[signal.rawValue] * signals[signal] }

    /// From log-odds to 0…1, shifted so that the threshold is at one half: above it is proposed, below it is not.
    package func score(_ logOdds: Float) -> Float {
        let x = logOdds - threshold
        // x / (1 + |x|) is the logistic function's cheap sister: the same order, no exponential in this floor.
        return 0.5 + 0.5 * x / (1 + abs(x))
    }
}

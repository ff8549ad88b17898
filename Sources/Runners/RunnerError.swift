/// Why a runner could not look at a source as asked. What a tool says of single files is a notice of its result instead.
package struct RunnerError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Code: String, Sendable {
        /// The program of a tool is not there, or lies where the sandbox shows nothing.
        case toolMissing
        /// The source is not what it should be: no archive, damaged, too large, or with members that lead outside.
        case badSource
        /// The tool ended otherwise than it promises, or wrote what it never writes.
        case toolFailed
        /// The rules that the tool was given are none, or it can't read all of them: with less of them it would find less.
        case badRules
        /// The model's service did not answer as its protocol says.
        case modelFailed
        /// The model's service will not answer however often it is asked: a wrong key, an unknown model, a malformed question.
        case modelRefused
        /// The budget given for tokens or money is spent.
        case budgetSpent
    }

    package let code: Code
    /// For the operator: it may name programs of this machine and repeat words of a service.
    package let reason: String
    /// True where a model's service may have counted the question, though nothing came of it.
    package let mayHaveCost: Bool

    package init(_ code: Code, _ reason: String, mayHaveCost: Bool = false) {
        self.code = code
        self.reason = reason
        self.mayHaveCost = mayHaveCost
    }

    /// What the member who asked is told: of this machine and of the operator's contracts nothing but the kind of fault.
    package var publicReason: String {
        switch code {
        case .badSource, .budgetSpent: reason
        case .toolMissing: "the tool is not installed here"
        case .badRules: "the tool's rules can't be used"
        case .toolFailed: "the tool ended otherwise than it promises"
        case .modelFailed: "the model's service does not answer as it should"
        case .modelRefused: "the model's service refuses the question"
        }
    }

    package var description: String { reason }
}

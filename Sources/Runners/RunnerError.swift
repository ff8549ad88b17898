/// Why a runner could not look at a source as asked. What a tool says of single files is a notice of its result instead.
package struct RunnerError: Error, Sendable, CustomStringConvertible {
    package enum Code: String, Sendable {
        /// The program of a tool is not there, or lies where the sandbox shows nothing.
        case toolMissing
        /// The source is not what it should be: no archive, damaged, too large, or with members that lead outside.
        case badSource
        /// The tool ended otherwise than it promises, or wrote what it never writes.
        case toolFailed
        /// The model's service did not answer as its protocol says.
        case modelFailed
        /// The model's service will not answer however often it is asked: a wrong key, an unknown model, a malformed question.
        case modelRefused
        /// The budget given for tokens or money is spent.
        case budgetSpent
    }

    package let code: Code
    package let reason: String

    package init(_ code: Code, _ reason: String) {
        self.code = code
        self.reason = reason
    }

    package var description: String { reason }
}

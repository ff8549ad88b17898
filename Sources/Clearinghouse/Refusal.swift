/// A command that a room's state machine refuses, and why. Nothing was recorded.
///
/// Refusals are answers, not failures: they name what the caller can change. The edges map codes to HTTP statuses and exit
/// codes in one place each.
package struct Refusal: Error, Sendable, CustomStringConvertible {
    package enum Code: String, Sendable, CaseIterable {
        /// The thing does not exist, or the caller may not know that it does.
        case notFound = "not-found"
        /// The caller's token does not carry the scope, or the thing is not the caller's.
        case forbidden
        /// No valid token.
        case unauthorised
        /// What was sent is not well-formed; `place` says where.
        case malformed
        /// Well-formed, but contradicts what is recorded.
        case conflict
        /// An idempotency key was used before for something else.
        case idempotencyKeyReused = "idempotency-key-reused"
        /// Not now: the state does not allow it yet.
        case notYet = "not-yet"
        /// As often as it is allowed for now; the reason says when it is allowed again.
        case budgetSpent = "budget-spent"
        /// Something stands there that the caller did not say it replaces.
        case preconditionRequired = "precondition-required"
        /// Something else stands there than the caller says it replaces.
        case preconditionFailed = "precondition-failed"
        /// Not ready yet, for whoever asks.
        case unavailable
        /// Larger than the limit.
        case tooLarge = "too-large"
        /// A body of a kind that is not taken there.
        case unsupportedMediaType = "unsupported-media-type"
    }

    package let code: Code
    package let reason: String
    /// Where in the input: a JSON Pointer, a line, a byte offset.
    package let place: String?
    /// After which the same may be asked again; nil where time alone changes nothing.
    package let retryAfter: Duration?
    /// Where a document breaks several rules of its format, the first of them (at most 20), each with its place; empty else.
    package var violations: [Violation] = []

    /// Where what was asked for is now, for whoever may know.
    package private(set) var movedTo: String?

    func moved(to identifier: String) -> Refusal {
        var refusal = self
        refusal.movedTo = identifier
        return refusal
    }

    /// One rule that a document breaks.
    package struct Violation: Sendable {
        package let reason: String
        package let place: String
    }

    package init(_ code: Code, _ reason: String, place: String? = nil, retryAfter: Duration? = nil) {
        self.code = code
        self.reason = reason
        self.place = place
        self.retryAfter = retryAfter
    }

    package var description: String {
        place.map { "\(reason) (at \($0))" } ?? reason
    }
}

package import CivilTime

/// How often something was tried in vain, why, and when it is tried again.
package struct Refusal: Hashable, Sendable {
    package var reason: String
    package private(set) var tries: Int
    package private(set) var nextTry: Timestamp

    /// What is kept of a reason: a document with a thousand violations is refused in as few words as another.
    private static let maximumReasonLength = 300
    private static let firstDelayInHours = 1
    private static let maximumDelayInHours = 7 * 24

    /// A refusal now, after as many before; the next try is an hour away, then twice as far each time, and at most a week.
    package init(_ reason: String, after tries: Int, at now: Timestamp) {
        let hours = min(Self.firstDelayInHours << min(tries, 20), Self.maximumDelayInHours)
        let isLong = reason.utf8.count > Self.maximumReasonLength
        self.init(
            reason: isLong ? String(reason.prefix(Self.maximumReasonLength)) + "…" : reason, tries: tries + 1,
            nextTry: now.advanced(by: .seconds(hours * 3_600))
        )
    }

    /// As it was written down.
    init(reason: String, tries: Int, nextTry: Timestamp) {
        self.reason = reason
        self.tries = tries
        self.nextTry = nextTry
    }

    func isDue(_ now: Timestamp, _ isRetry: Bool) -> Bool { isRetry || nextTry <= now }
}

/// A document of a source that was refused.
package struct RefusedDocument: Hashable, Sendable {
    /// Its number in the source, from 1.
    package let number: Int
    package let name: String
    package let refusal: Refusal
}

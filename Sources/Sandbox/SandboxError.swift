/// Why a command was not run, or its run could not be followed to the end. What the command itself did is never an
/// error: it is a `SandboxOutcome`.
package struct SandboxError: Error, Equatable, CustomStringConvertible {
    package struct Code: Sendable, Equatable {
        private enum Value { case unavailable, invalidJob, invalidPolicy, couldNotStart, lost }
        private let value: Value

        /// This machine can't confine a command; nothing was started. Ask `SandboxAvailability` again after mending it.
        package static let unavailable = Code(value: .unavailable)
        /// The job asks for something that is refused on principle; nothing was started.
        package static let invalidJob = Code(value: .invalidJob)
        /// The policy can't be enforced; nothing was started.
        package static let invalidPolicy = Code(value: .invalidPolicy)
        /// The confinement could not be set up; the command did not run.
        package static let couldNotStart = Code(value: .couldNotStart)
        /// The command ran and everything was killed, but how it ended is unknown. Run it again.
        package static let lost = Code(value: .lost)
    }

    package let code: Code
    package let reason: String

    package var description: String { "sandbox: \(reason)" }

    static func unavailable(_ reason: String) -> SandboxError { .init(code: .unavailable, reason: reason) }
    static func invalidJob(_ reason: String) -> SandboxError { .init(code: .invalidJob, reason: reason) }
    static func invalidPolicy(_ reason: String) -> SandboxError { .init(code: .invalidPolicy, reason: reason) }
    static func couldNotStart(_ reason: String) -> SandboxError { .init(code: .couldNotStart, reason: reason) }
    static func lost(_ reason: String) -> SandboxError { .init(code: .lost, reason: reason) }
}

import CivilTime
import Handling
import JSONText
package import Journal
import Sealing
import TransparencyLog

/// What every engine of the journal must do, as checks that any engine's tests can run.
///
/// An engine passes when every check of `all` returns without throwing, each on an empty journal of its own.
package struct JournalConformance: Sendable {
    package struct Check: Sendable {
        package let name: String
        let body: @Sendable (Subject) async throws -> Void
    }

    /// An empty journal and the environment it was given.
    package struct Subject: Sendable {
        package let journal: any Journal
        package let environment: TestEnvironment

        package init(journal: any Journal, environment: TestEnvironment) {
            self.journal = journal
            self.environment = environment
        }
    }

    /// A promise that was not kept.
    package struct Violation: Error, CustomStringConvertible {
        package let description: String
    }

    package static let projections = [CounterProjection.projection]

    package static let all: [Check] = appendChecks + sealingChecks + logChecks + jobChecks + replayChecks

    package static func run(_ check: Check, on subject: Subject) async throws {
        try await check.body(subject)
    }
}

func require(_ condition: Bool, _ promise: String) throws {
    guard condition else { throw JournalConformance.Violation(description: promise) }
}

/// The code of the journal error that `body` must throw.
func journalError(_ body: () async throws -> Void) async throws -> JournalError.Code? {
    do {
        try await body()
        return nil
    } catch let error as JournalError {
        return error.code
    }
}

func counted(_ name: String, expectedVersion: Int64? = nil, note: Content? = nil, sealedUnder: ContentKeyName? = nil) -> RecordDraft {
    RecordDraft(
        CounterProjection.counted, in: StreamName("counter", name), by: "tester", label: .green,
        payload: ["note": note.map { .string($0.digest.hex) } ?? .null], contents: note.map { [$0] } ?? [],
        sealedUnder: sealedUnder, expectedVersion: expectedVersion
    )
}

func draft(_ kind: RecordKind, _ stream: StreamName, _ payload: JSONValue = [:]) -> RecordDraft {
    RecordDraft(kind, in: stream, by: "tester", label: .green, payload: payload)
}

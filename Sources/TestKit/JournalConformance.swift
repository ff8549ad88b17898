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
        private let open: @Sendable (JournalEnvironment, [Projection]) async throws -> any Journal

        /// - Parameter open: opens an engine on one database, which is empty the first time.
        package init(
            environment: TestEnvironment,
            open: @escaping @Sendable (JournalEnvironment, [Projection]) async throws -> any Journal
        ) async throws {
            journal = try await open(environment.journal, JournalConformance.projections)
            self.environment = environment
            self.open = open
        }

        /// Opens the same database once more, as another start, another server or another program would.
        package func reopen(
            _ environment: JournalEnvironment? = nil, projections: [Projection] = JournalConformance.projections
        ) async throws -> any Journal {
            try await open(environment ?? self.environment.journal, projections)
        }
    }

    /// A promise that was not kept.
    package struct Violation: Error, CustomStringConvertible {
        package let description: String
    }

    package static let projections = [CounterProjection.projection]

    package static let all: [Check] = appendChecks + sealingChecks + logChecks + jobChecks + replayChecks + ownershipChecks

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

func counted(_ name: String, expectedVersion: Int64? = nil, note: Content? = nil, sealedUnder: ContentKeyName? = nil)
    -> RecordDraft
{
    RecordDraft(
        CounterProjection.counted, in: StreamName("counter", name), by: "tester", label: .green,
        payload: ["note": note.map { .string($0.digest.hex) } ?? .null], contents: note.map { [$0] } ?? [],
        sealedUnder: sealedUnder, expectedVersion: expectedVersion
    )
}

extension Journal {
    /// Destroys a content key, with a record that says so.
    package func destroy(_ name: ContentKeyName) async throws {
        _ = try await append { _ in
            Decision([draft(RecordKind("key.destroyed"), StreamName("key", name.text))], destroying: [name])
        }
    }
}

func draft(_ kind: RecordKind, _ stream: StreamName, _ payload: JSONValue = [:]) -> RecordDraft {
    RecordDraft(kind, in: stream, by: "tester", label: .green, payload: payload)
}

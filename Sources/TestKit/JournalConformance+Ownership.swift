import Journal
import Sealing

extension JournalConformance {
    static let ownershipChecks: [Check] = [
        Check(name: "opens again with the keys and the origin it was begun with") { subject in
            try await subject.journal.append([counted("a")])
            let name = try await subject.journal.read { try $0.journalName() }
            let again = try await subject.reopen(changed(subject, belonging: JournalBelonging(journal: name)))
            try require(try await again.append([counted("a")]).first?.sequence == 1, "it is the same journal")
            try require(try await again.read { try $0.journalName() } == name, "under the same name")
        },
        Check(name: "refuses another origin, log key or master key, from the first opening on, and writes nothing") { subject in
            let others = [
                try changed(subject, origin: "log.example/other"), try changed(subject, logSeed: 10),
                try changed(subject, masterKey: 8), try changed(subject, belonging: JournalBelonging(journal: "another"))
            ]
            try await refuses(others, subject)
        },
        Check(name: "refuses another value of what its servers agreed on, and takes what nobody said before") { subject in
            let agreed = try changed(subject, belonging: JournalBelonging(agreements: [("signing key", "one")]))
            _ = try await subject.reopen(agreed)
            _ = try await subject.reopen(agreed)
            try await refuses([changed(subject, belonging: JournalBelonging(agreements: [("signing key", "two")]))], subject)
        }
    ]

    private static func refuses(_ environments: [JournalEnvironment], _ subject: Subject) async throws {
        let query: @Sendable (JournalSnapshot) throws -> [[SQLValue]] = { snapshot in
            try snapshot.rows("SELECT name, value FROM setting ORDER BY name").map(\.values)
        }
        let before = try await subject.journal.read(query)
        for (index, environment) in environments.enumerated() {
            let code = try await journalError { _ = try await subject.reopen(environment) }
            try require(code == .otherClearinghouse, "environment \(index) is refused: \(String(describing: code))")
        }
        try require(try await subject.journal.read(query) == before, "nothing was written")
    }

    private static func changed(
        _ subject: Subject, origin: String = "log.example/test", logSeed: UInt8 = 9, masterKey: UInt8 = 7,
        belonging: JournalBelonging = JournalBelonging()
    ) throws -> JournalEnvironment {
        JournalEnvironment(
            now: subject.environment.journal.now, random: subject.environment.journal.random,
            masterKey: try ContentKey(bytes: Array(repeating: masterKey, count: 32)),
            log: LogIdentity(origin: origin, signingKey: try SigningKey(seed: Array(repeating: logSeed, count: 32))),
            belonging: belonging
        )
    }
}

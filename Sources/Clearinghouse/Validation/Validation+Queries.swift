import JSONText
import Journal
import Sealing

/// A validation and, once it has one, its verdict.
package struct ValidationSummary: Sendable {
    package let identifier: String
    package let finding: String
    package let vulnerability: String
    package let fix: String?
    /// Nil while the replay waits or runs.
    package let outcome: String?
    package let runCount: Int64
    package let crashCount: Int64
    package let crashType: String?
    package let crashState: String?
    package let explanation: String?
    /// The signed verdict, a DSSE envelope.
    package let envelope: String?
}

/// A reproducer as it was handed in.
package struct AttachedReproducer: Sendable {
    /// The manifest, byte for byte.
    package let manifest: [UInt8]
    package let bundle: ReproducerBundle
}

extension Validation {
    /// - Throws: `notFound` also for validations the caller may not see: it sees those of its own findings and, as a vendor, of
    ///   its cases; who may ask for validations sees all.
    package func summary(_ identifier: String, for principal: Principal) async throws -> ValidationSummary {
        if !principal.scopes.contains(.validate) { try principal.require(.readFindings) }
        return try await journal.read { snapshot in
            guard
                let found = try snapshot.validations("id = $1", identifier).first,
                try principal.scopes.contains(.validate) || snapshot.canRead(finding: found.finding, principal)
            else { throw Refusal(.notFound, "there is no validation \(identifier) of yours") }
            return found
        }
    }

    /// The reproducer a finding has now.
    /// - Throws: `notFound` where there is none, or the caller may not read the finding.
    package func reproducer(of finding: String, for principal: Principal) async throws -> AttachedReproducer {
        try principal.require(.readFindings)
        return try await journal.read { snapshot in
            let summary = try snapshot.finding(finding, for: principal)
            let row = try snapshot.firstRow("SELECT manifest FROM reproducer WHERE finding = $1", [.text(finding)])
            guard let digest = try row.flatMap({ Digest(hex: try $0.text(0)) }) else {
                throw Refusal(.notFound, "the finding \(finding) has no reproducer")
            }
            return try snapshot.reproducer(digest, of: finding, by: summary.member)
        }
    }
}

extension JournalSnapshot {
    func validations(_ condition: String, _ value: String) throws -> [ValidationSummary] {
        try rows(
            """
            SELECT id, finding, vulnerability, fix, outcome, run_count, crash_count, crash_type, crash_state, explanation,
            envelope FROM validation WHERE \(condition) ORDER BY requested, id
            """,
            [.text(value)]
        ).map { row in
            ValidationSummary(
                identifier: try row.text(0), finding: try row.text(1), vulnerability: try row.text(2),
                fix: try row.optionalText(3), outcome: try row.optionalText(4), runCount: try row.integer(5),
                crashCount: try row.integer(6), crashType: try row.optionalText(7), crashState: try row.optionalText(8),
                explanation: try row.optionalText(9), envelope: try row.optionalText(10)
            )
        }
    }

    /// A reproducer of a finding, by its manifest: a later one does not take away what an earlier validation ran.
    func reproducer(_ manifest: Digest, of finding: String, by member: String) throws -> AttachedReproducer {
        let key = DiscoveryRecords.contentKey(of: member)
        let attached = try records(of: DiscoveryRecords.findingStream(finding)).last {
            $0.kind == ValidationRecords.reproducerAttached && $0.payload?["manifest"]?.string == manifest.hex
        }
        guard let bytes = try content(manifest, sealedUnder: key), let listed = attached?.payload?["files"]?.array
        else { throw Refusal(.notFound, "the reproducer of \(finding) was withdrawn") }
        var files: [String: [UInt8]] = [:]
        for file in listed {
            guard let path = file["path"]?.string, let digest = file["sha256"]?.string.flatMap(Digest.init(hex:)) else {
                continue
            }
            files[path] = try content(digest, sealedUnder: key)
        }
        let bundle = try ReproducerBundle(manifest: ReproducerManifest(json: JSONValue(parsing: bytes)), files: files)
        return AttachedReproducer(manifest: bytes, bundle: bundle)
    }
}

import AdvisoryFormats
import JSONText
import TestSupport
import Testing

@Suite struct InterchangeRecordTests {
    private static let digest = String(repeating: "ab", count: 32)

    private static func statement(_ type: String, _ predicate: JSONValue, digest: String = digest) -> JSONValue {
        [
            "_type": "https://in-toto.io/Statement/v1",
            "subject": [["name": "x", "digest": ["sha256": .string(digest), "gitCommit": "1"], "uri": "x:y"]],
            "predicateType": .string("https://github.com/alpha-omega-security/scrutineer/interchange/" + type),
            "predicate": predicate
        ]
    }

    private static let certificate: JSONValue = [
        "repository": "https://github.com/acme/lib", "advisory": "GHSA-x", "status": "fixed", "audited_at": "2026-11-01T00:00:00Z"
    ]

    @Test func `each kind is read`() throws {
        #expect(
            try InterchangeRecord(
                parsing: Self.statement("optout/v1", ["repository": "r", "requested_at": "2026-11-01T00:00:00Z"]).bytes())
                == .optOut(.init(repository: "r", requestedAt: "2026-11-01T00:00:00Z")))
        #expect(
            try InterchangeRecord(
                parsing: Self.statement(
                    "route/v1", ["repository": "r", "channel": "a@b.example", "verified_at": "2026-11-01T00:00:00Z"]
                ).bytes()) == .route(.init(repository: "r", channel: "a@b.example", verifiedAt: "2026-11-01T00:00:00Z")))
        #expect(
            try InterchangeRecord(parsing: Self.statement("claim/v1", ["contact": "a@b.example"]).bytes())
                == .claim(hash: Self.digest, contact: "a@b.example"))
        #expect(
            try InterchangeRecord(parsing: Self.statement("certificate/v1", Self.certificate).bytes())
                == .certificate(
                    .init(
                        repository: "https://github.com/acme/lib", advisory: "GHSA-x", status: .fixed,
                        auditedAt: "2026-11-01T00:00:00Z")))
    }

    @Test(
        arguments: [
            ("claim/v1", ["contact": ""], "/predicate/contact"),
            ("claim/v1", ["contact": "a", "severity": "high"], "/predicate/severity"),
            ("claim/v1", [:], "/predicate"),
            ("optout/v1", ["repository": "r", "requested_at": "today"], "/predicate/requested_at"),
            (
                "certificate/v1", ["repository": "r", "advisory": "a", "status": "bypass", "audited_at": "2026-11-01T00:00:00Z"],
                "/predicate/status"
            ),
            (
                "certificate/v2", ["repository": "r", "advisory": "a", "status": "fixed", "audited_at": "2026-11-01T00:00:00Z"],
                "/predicate/status"
            ),
            ("route/v2", [:], "/predicateType"), ("claim/v1", 7, "/predicate")
        ] as [(String, JSONValue, String)])
    func `what a predicate must not say is refused with its place`(type: String, predicate: JSONValue, place: String) {
        do {
            _ = try InterchangeRecord(parsing: Self.statement(type, predicate).bytes())
            Issue.record("\(type) was taken")
        } catch {
            #expect(error.violations.contains { $0.pointer == place }, "\(error)")
        }
    }

    @Test(arguments: ["", "AB", "zz"])
    func `a subject has a SHA-256 in lower case`(digest: String) {
        #expect(throws: FormatRefusal.self) {
            try InterchangeRecord(parsing: Self.statement("claim/v1", ["contact": "a"], digest: digest).bytes())
        }
    }

    @Test func `a record is written as it is read, its repository in one spelling`() throws {
        let records: [InterchangeRecord] = [
            .claim(hash: Self.digest, contact: "c"),
            .optOut(.init(repository: "https://github.com/acme/lib", requestedAt: "2026-11-01T00:00:00Z", reason: "no time")),
            .route(.init(repository: "https://github.com/acme/lib", channel: "c", verifiedAt: "2026-11-01T00:00:00Z")),
            .certificate(
                .init(
                    repository: "https://github.com/acme/lib", advisory: "GHSA-x", advisoryURL: "https://x.example",
                    status: .regressed,
                    commit: "4f2a", auditedAt: "2026-11-01T00:00:00Z"))
        ]
        for record in records {
            #expect(try InterchangeRecord(parsing: record.json { _ in Self.digest }.bytes()) == record)
        }
        let shouted = InterchangeRecord.optOut(
            .init(repository: "HTTPS://GitHub.com/ACME/Lib.git", requestedAt: "2026-11-01T00:00:00Z"))
        #expect(shouted.subjectText == "https://github.com/acme/lib")
    }

    @Test func `damaged records are refused and nothing else happens`() throws {
        let bytes = Self.statement("certificate/v1", Self.certificate).bytes()
        for seed in 0..<2_000 as Range<UInt64> {
            var generator = SeededGenerator(seed: seed)
            var damaged = Array(
                bytes.prefix(seed.isMultiple(of: 2) ? bytes.count : Int.random(in: 0...bytes.count, using: &generator)))
            if !damaged.isEmpty {
                damaged[Int.random(in: 0..<damaged.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            do throws(FormatRefusal) {
                _ = try InterchangeRecord(parsing: damaged)
            } catch {
                #expect(!error.violations.isEmpty, "seed \(seed)")
            }
        }
    }
}

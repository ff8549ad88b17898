import CivilTime
import JSONText
import Sealing
import Testing

@testable import Clearinghouse

@Suite struct AdoptionTests {
    /// A house with two operators and one advisory.
    struct Scene {
        let house: House
        let harbour: Principal
        let lake: Principal
        let osv: [UInt8]

        init() async throws {
            house = try House()
            harbour = try await house.enrol("harbour", as: .operator)
            lake = try await house.enrol("lake", as: .operator)
            let document = Sample.osv("GHSA-1")
            _ = try await house.distribution.importOSV([document], from: "osv", by: House.desk)
            osv = document.bytes
        }

        func report(
            _ status: String, of advisory: String = "GHSA-1", version: [UInt8]? = nil, type: String = Adoption.predicateType,
            signedBy key: SigningKey? = nil, by principal: Principal
        ) async throws -> Int64 {
            let envelope = try AdoptionTests.envelope(
                status, of: advisory, version: version ?? osv, type: type, key ?? House.key(of: principal.member)
            )
            return try await house.adoption.report(envelope, by: principal)
        }

        func doneCount() async throws -> Int64 {
            try await house.adoption.summary(of: "GHSA-1").doneCount
        }
    }

    static func envelope(
        _ status: String, of advisory: String, version: [UInt8], type: String = Adoption.predicateType, _ key: SigningKey
    ) throws -> [UInt8] {
        let statement = try InTotoStatement(
            subjects: [.init(name: advisory, sha256: Digest(hashing: version))], predicateType: type,
            predicate: JSONObject([("advisory", .string(advisory)), ("status", .string(status))])
        )
        return try DSSEEnvelope(
            payloadType: InTotoStatement.payloadType, payload: statement.jsonBytes(), signedBy: [key]
        ).jsonBytes()
    }

    @Test func `counts each operator once, by its latest report`() async throws {
        let scene = try await Scene()
        #expect(try await scene.report("done", by: scene.harbour) == 1)
        #expect(try await scene.report("done", by: scene.harbour) == 1)
        #expect(try await scene.report("done", by: scene.lake) == 2)
        #expect(try await scene.report("not-done", by: scene.harbour) == 1)
        #expect(try await scene.doneCount() == 1)
        #expect(try await scene.report("mitigated", by: scene.harbour) == 1, "mitigated is not done")
        #expect(try await scene.report("done", by: scene.harbour) == 2)
        #expect(try await scene.doneCount() == 2)
        try await scene.house.expectProvable()
    }

    @Test func `the curve has each operator's moment, in order`() async throws {
        let scene = try await Scene()
        scene.house.wait(.seconds(60))
        _ = try await scene.report("done", by: scene.lake)
        scene.house.wait(.seconds(60))
        _ = try await scene.report("done", by: scene.harbour)
        scene.house.wait(.seconds(60))
        #expect(try await scene.report("done", by: scene.lake) == 2, "said again, it is still done since the first day")
        let start = scene.house.now.advanced(by: .seconds(-180))
        let curve = try await scene.house.adoption.summary(of: "GHSA-1").curve
        #expect(curve == [start.advanced(by: .seconds(60)), start.advanced(by: .seconds(120))])
        #expect(try await scene.house.adoption.summary(of: "GHSA-9").curve.isEmpty)
    }

    @Test func `refuses a report that another key signed, and members without a key`() async throws {
        let scene = try await Scene()
        for key in [House.key(of: "lake"), House.clearinghouseKey] {
            try await scene.house.expectRefusal(.forbidden) {
                _ = try await scene.report("done", signedBy: key, by: scene.harbour)
            }
        }
        try await scene.house.membership.register("keyless", name: "K", roles: [.operator], by: House.desk)
        let keyless = Principal(member: "keyless", scopes: [.reportAdoption])
        try await scene.house.expectRefusal(.forbidden) { _ = try await scene.report("done", by: keyless) }
        #expect(try await scene.doneCount() == 0)
    }

    @Test func `refuses a report on another version of the advisory`() async throws {
        let scene = try await Scene()
        try await scene.house.expectRefusal(.conflict, at: "/subject") {
            _ = try await scene.report("done", version: [1], by: scene.harbour)
        }
        let newer = Sample.osv("GHSA-1", modified: "2026-11-09T00:00:00Z")
        _ = try await scene.house.distribution.importOSV([newer], from: "osv", by: House.desk)
        try await scene.house.expectRefusal(.conflict, at: "/subject") {
            _ = try await scene.report("done", by: scene.harbour)
        }
        #expect(try await scene.report("done", version: newer.bytes, by: scene.harbour) == 1)
    }

    @Test func `tells reports on the advisory as it stands from those on an earlier revision`() async throws {
        let scene = try await Scene()
        _ = try await scene.report("done", by: scene.harbour)
        let newer = Sample.osv("GHSA-1", modified: "2026-11-09T00:00:00Z")
        _ = try await scene.house.distribution.importOSV([newer], from: "osv", by: House.desk)
        _ = try await scene.report("done", version: newer.bytes, by: scene.lake)
        let summary = try await scene.house.adoption.summary(of: "GHSA-1")
        #expect(summary.doneCount == 2 && summary.currentCount == 1)
        _ = try await scene.report("done", version: newer.bytes, by: scene.harbour)
        #expect(try await scene.house.adoption.summary(of: "GHSA-1").currentCount == 2)
    }

    @Test func `refuses what is no report: unknown advisory, status, predicate, and bytes that are no envelope`() async throws {
        let scene = try await Scene()
        try await scene.house.expectRefusal(.notFound, at: "/predicate/advisory") {
            _ = try await scene.report("done", of: "GHSA-9", by: scene.harbour)
        }
        for status in ["", "Done", "finished"] {
            try await scene.house.expectRefusal(.malformed, at: "/predicate/status", "\(status)") {
                _ = try await scene.report(status, by: scene.harbour)
            }
        }
        try await scene.house.expectRefusal(.malformed, at: "/predicateType") {
            _ = try await scene.report("done", type: Verdict.predicateType, by: scene.harbour)
        }
        let payload = try DSSEEnvelope(
            payloadType: "text/plain", payload: Array("done".utf8), signedBy: [House.key(of: "harbour")]
        ).jsonBytes()
        for bytes in [[], Array("{}".utf8), Array("done".utf8), payload] {
            try await scene.house.expectRefusal(.malformed, "\(String(decoding: bytes, as: UTF8.self))") {
                _ = try await scene.house.adoption.report(bytes, by: scene.harbour)
            }
        }
    }

    @Test func `refuses who may not report`() async throws {
        let scene = try await Scene()
        let finder = try await scene.house.enrol("lab-a", as: .finder)
        try await scene.house.expectRefusal(.forbidden) { _ = try await scene.report("done", by: finder) }
    }
}

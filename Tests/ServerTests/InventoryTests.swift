import Foundation
import HTTPTypes
import JSONText
import Sealing
import TestKit
import TestSupport
import Testing

@Suite
struct InventoryTests {
    private static let list = Array("ecosystem,name,version\nGo,example.com/m,1.0.0\nGo,example.com/secret,2.0.0\n".utf8)
    private static let advisory = """
        {"id":"GO-1","modified":"2026-01-01T00:00:00Z","affected":[{"package":{"ecosystem":"Go","name":"example.com/m"},\
        "ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"1.1.0"}]}]}]}
        """

    private static func deposit(
        _ desk: Desk, _ bytes: [UInt8] = list, as token: String?, query: String = "name=shop&file=list.csv",
        type: String = "text/csv"
    ) async throws -> Reply {
        try await desk.send(.post, "/v1/inventories?\(query)", as: token, bytes: bytes, type: type)
    }

    @Test
    func `an owner deposits, learns of a new advisory, and withdraws`() async throws {
        try await TestClearinghouse.open { desk in
            let (mill, walk) = (try await desk.member("mill", "operator"), try await Walk(desk))
            let deposited = try await Self.deposit(desk, as: mill)
            try #require(deposited.status == 201, "\(deposited.text)")
            let inventory = try deposited.text("inventory")
            #expect(try deposited.json["components"]?.integer == 2)
            let before = try await desk.get("/v1/inventories/\(inventory)/matches", as: mill).json
            #expect(before["complete"] == .bool(true))
            let since = try #require(before["next"]?.integer)
            _ = try await desk.postLines("/v1/advisories/import", [Self.advisory], as: walk.coordinator)
            let after = try await desk.get("/v1/inventories/\(inventory)/matches?since=\(since)", as: mill).list("advisories")
            #expect(after.first?["advisory"]?.string == "GO-1" && after.first?["matches"]?.array?.count == 1)
            let concerned = try await desk.get("/v1/advisories/GO-1/inventories", as: mill).list("inventories")
            #expect(concerned.first?["matches"]?.array?.first?["evidence"]?.string == "introduced 0, fixed 1.1.0")
            let count = try await desk.get("/v1/advisories/GO-1/inventories/count", as: walk.coordinator)
            #expect(try count.json["affected"]?.integer == 1)
            let named = try await desk.get("/v1/inventories/shop/matches?since=\(since)", as: mill).list("advisories")
            #expect(named == after, "by its name, too")
            #expect(try await desk.send(.delete, "/v1/inventories/shop", as: mill).status == 200)
            #expect(try await desk.get("/v1/inventories", as: mill).list("inventories").isEmpty)
            #expect(try await desk.get("/v1/inventories/\(inventory)/matches", as: mill).status == 404)
        }
    }

    @Test
    func `nobody but the owner sees what an inventory lists`() async throws {
        try await TestClearinghouse.open { desk in
            let (mill, port) = (try await desk.member("mill", "operator"), try await desk.member("port", "operator"))
            let walk = try await Walk(desk)
            _ = try await desk.postLines("/v1/advisories/import", [Self.advisory], as: walk.coordinator)
            let inventory = try await Self.deposit(desk, as: mill).text("inventory")
            for token in [port, desk.house.adminToken] {
                #expect(try await desk.get("/v1/inventories/shop/matches", as: token).status == 404)
                for path in ["/v1/inventories/\(inventory)/matches", "/v1/inventories", "/v1/advisories/GO-1/inventories"] {
                    let reply = try await desk.get(path, as: token)
                    #expect(!reply.text.contains("example.com") && !reply.text.contains("shop"), "\(path): \(reply.text)")
                }
                #expect(try await desk.send(.delete, "/v1/inventories/\(inventory)", as: token).status == 404)
            }
            #expect(try await desk.get("/v1/inventories", as: nil).status == 401)
            #expect(try await desk.get("/v1/advisories/GO-1/inventories/count", as: mill).status == 403)
        }
    }

    @Test
    func `takes a compressed inventory as what it holds, and refuses a bomb and a damaged one`() async throws {
        try await TestClearinghouse.open { desk in
            let mill = try await desk.member("mill", "operator")
            let packed = try Self.gzip(Self.list)
            let reply = try await Self.deposit(desk, packed, as: mill, type: "application/octet-stream")
            #expect(try reply.json["components"]?.integer == 2, "\(reply.text)")
            let again = try await Self.deposit(desk, as: mill)
            #expect(try again.json["unchanged"] == .bool(true), "the same bytes once unpacked")
            let damaged = try await Self.deposit(desk, Array(packed.dropLast(9)), as: mill, type: "application/octet-stream")
            #expect(damaged.status == 400 && damaged.text.contains("damaged"), "\(damaged.text)")
            let bomb = try Self.gzip(Array(repeating: 0x20, count: 65 * 1_024 * 1_024))
            let refused = try await Self.deposit(desk, bomb, as: mill, type: "application/octet-stream")
            #expect(refused.status == 413, "\(refused.text)")
        }
    }

    @Test
    func `refuses what is no inventory with the place, a body of another kind, and a missing name`() async throws {
        try await TestClearinghouse.open { desk in
            let mill = try await desk.member("mill", "operator")
            let broken = try await Self.deposit(
                desk, Array("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"components\":[{\"name\":7}]}".utf8), as: mill,
                query: "name=shop", type: "application/vnd.cyclonedx+json"
            )
            #expect(broken.status == 400)
            #expect(try broken.text("place").contains("/components/0/name"), "\(broken.text)")
            #expect(try await Self.deposit(desk, as: mill, type: "image/png").status == 415)
            let nameless = try await Self.deposit(desk, as: mill, query: "file=list.csv")
            #expect(nameless.status == 400)
            #expect(try nameless.text("place") == "query parameter name")
            #expect(try await desk.get("/v1/inventories", as: mill).list("inventories").isEmpty)
        }
    }

    private static func gzip(_ bytes: [UInt8]) throws -> [UInt8] {
        let file = FileManager.default.temporaryDirectory.appending(path: "inventory-\(UUID())")
        try Data(bytes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return Array(try Program.run("gzip", ["-c", file.path]))
    }
}

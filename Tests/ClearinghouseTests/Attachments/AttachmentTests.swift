import CivilTime
import Foundation
import Journal
import Sealing
import TestKit
import Testing

@testable import Clearinghouse

/// Files of findings; chunks have 1,000 bytes here.
@Suite struct AttachmentTests {
    private struct Scene {
        let house: House
        let (lab, other): (Principal, Principal)
        let finding: String
        let file = Array("A secret core dump. ".utf8) + (0..<2_480).map { UInt8(truncatingIfNeeded: $0 * 7) }

        init() async throws {
            house = try House()
            lab = try await house.enrol("lab-a", as: .finder)
            other = try await house.enrol("lab-b", as: .finder)
            finding = try await house.submit(Sample.report(), by: lab).finding
        }

        var rooms: Attachments { house.attachments }

        func declaration(
            _ bytes: [UInt8]? = nil, finding: String? = nil, name: String = "core", mediaType: String = "application/x-core",
            size: Int64? = nil, sha256: String? = nil
        ) throws(Refusal) -> AttachmentDeclaration {
            let bytes = bytes ?? file
            return try AttachmentDeclaration(
                finding: finding ?? self.finding, name: name, mediaType: mediaType, sizeInBytes: size ?? Int64(bytes.count),
                sha256: sha256 ?? Digest(hashing: bytes).hex
            )
        }

        func chunk(_ offset: Int) -> [UInt8] { Array(file[offset..<min(offset + 1_000, file.count)]) }

        @discardableResult
        func send(_ offset: Int, of attachment: String) async throws -> ChunkAnswer {
            try await rooms.receive(chunk(offset), at: Int64(offset), of: attachment, by: lab)
        }

        func whole() async throws -> StoredAttachment {
            let attachment = try await rooms.declare(declaration(), by: lab).identifier
            for offset in [0, 1_000, 2_000] { try await send(offset, of: attachment) }
            return try await rooms.complete(attachment, by: lab)
        }

        func download(_ attachment: String, from start: Int64 = 0, by principal: Principal) async throws -> [UInt8] {
            var bytes: [UInt8] = []
            while start + Int64(bytes.count) < Int64(file.count) {
                bytes += try await rooms.bytes(of: attachment, from: start + Int64(bytes.count), for: principal)
            }
            return bytes
        }
    }

    @Test func `a file arrives in chunks, is found to be the declared one, and comes back from any byte on`() async throws {
        let scene = try await Scene()
        let attachment = try await scene.whole()
        #expect(attachment.completed != nil && attachment.expires == nil)
        for start in [0, 1, 999, 1_000, 1_001, 2_499] {
            let bytes = try await scene.download(attachment.identifier, from: Int64(start), by: scene.lab)
            #expect(bytes == Array(scene.file[start...]), "from \(start)")
        }
        #expect(try await scene.rooms.attachments(of: scene.finding, for: scene.lab).map(\.name) == ["core"])
        #expect(try scene.house.files().allSatisfy { Data($0).range(of: Data("A secret core dump".utf8)) == nil })
        try await scene.house.expectProvable()
    }

    @Test func `declaring the same file again answers with how far it is, and records nothing`() async throws {
        let scene = try await Scene()
        let first = try await scene.rooms.declare(scene.declaration(), by: scene.lab)
        #expect(first.receivedByteCount == 0)
        try await scene.send(0, of: first.identifier)
        let count = try await scene.house.recordCount()
        let again = try await scene.rooms.declare(scene.declaration(), by: scene.lab)
        #expect(again.identifier == first.identifier && again.receivedByteCount == 1_000)
        #expect(try await scene.house.recordCount() == count)
    }

    @Test func `the same bytes twice cost nothing, other bytes are refused, and a wrong offset is answered with the right one`()
        async throws
    {
        let scene = try await Scene()
        let attachment = try await scene.rooms.declare(scene.declaration(), by: scene.lab).identifier
        try await scene.send(0, of: attachment)
        let count = try await scene.house.recordCount()
        guard case .taken(let state) = try await scene.send(0, of: attachment) else { return #expect(Bool(false)) }
        #expect(state.receivedByteCount == 1_000)
        for offset: Int64 in [2_000, 500, -1_000, 3_000, .max] {
            let answer = try await scene.rooms.receive(scene.chunk(2_000), at: offset, of: attachment, by: scene.lab)
            guard case .wrongOffset(right: 1_000) = answer else { return #expect(Bool(false), "\(offset): \(answer)") }
        }
        #expect(try await scene.house.recordCount() == count)
        try await scene.house.expectRefusal(.conflict, at: "byte 0") {
            _ = try await scene.rooms.receive(scene.chunk(1_000), at: 0, of: attachment, by: scene.lab)
        }
        for length in [0, 999] {
            try await scene.house.expectRefusal(.malformed, at: "byte \(length)") {
                _ = try await scene.rooms.receive(
                    Array(scene.chunk(1_000).prefix(length)), at: 1_000, of: attachment, by: scene.lab)
            }
        }
    }

    @Test func `is not complete while bytes are missing, nor with other bytes than were declared`() async throws {
        let scene = try await Scene()
        let attachment = try await scene.rooms.declare(scene.declaration(), by: scene.lab).identifier
        try await scene.send(0, of: attachment)
        try await scene.house.expectRefusal(.notYet, at: "byte 1000") {
            _ = try await scene.rooms.complete(attachment, by: scene.lab)
        }
        let wrong = try await scene.rooms.declare(
            scene.declaration(sha256: Digest(hashing: "other").hex), by: scene.lab
        ).identifier
        for offset in [0, 1_000, 2_000] { try await scene.send(offset, of: wrong) }
        let refusal = await #expect(throws: Refusal.self) { try await scene.rooms.complete(wrong, by: scene.lab) }
        #expect(refusal?.code == .conflict && refusal?.place == "/sha256")
        try await scene.house.expectRefusal(.notYet) { _ = try await scene.rooms.bytes(of: wrong, from: 0, for: scene.lab) }
        try await scene.house.expectRefusal(.notYet, at: "byte 0") { _ = try await scene.rooms.complete(wrong, by: scene.lab) }
    }

    @Test func `what arrived damaged is refused where its digest comes along, and else is sent anew`() async throws {
        let scene = try await Scene()
        let attachment = try await scene.rooms.declare(scene.declaration(), by: scene.lab).identifier
        var damaged = scene.chunk(0)
        damaged[7] ^= 1
        try await scene.house.expectRefusal(.malformed, at: "header Content-Digest") {
            _ = try await scene.rooms.receive(
                damaged, at: 0, of: attachment, digest: Digest(hashing: scene.chunk(0)), by: scene.lab)
        }
        _ = try await scene.rooms.receive(damaged, at: 0, of: attachment, by: scene.lab)
        for offset in [1_000, 2_000] { try await scene.send(offset, of: attachment) }
        await #expect(throws: Refusal.self) { try await scene.rooms.complete(attachment, by: scene.lab) }
        #expect(try await scene.rooms.declare(scene.declaration(), by: scene.lab).receivedByteCount == 0)
        for offset in [0, 1_000, 2_000] { try await scene.send(offset, of: attachment) }
        _ = try await scene.rooms.complete(attachment, by: scene.lab)
        #expect(try await scene.download(attachment, by: scene.lab) == scene.file)
        try await scene.house.expectProvable()
    }

    @Test func `an upload is given up when nothing comes for a week, and goes on where it was when it is declared again`()
        async throws
    {
        let scene = try await Scene()
        let attachment = try await scene.rooms.declare(scene.declaration(), by: scene.lab).identifier
        try await scene.send(0, of: attachment)
        scene.house.wait(AttachmentLimits.patience - .milliseconds(1))
        try await scene.send(1_000, of: attachment)
        scene.house.wait(AttachmentLimits.patience)
        try await scene.house.expectRefusal(.conflict) { try await scene.send(2_000, of: attachment) }
        let again = try await scene.rooms.declare(scene.declaration(), by: scene.lab)
        #expect(again.receivedByteCount == 2_000 && again.phase(at: scene.house.now) == .unfinished)
        try await scene.send(2_000, of: attachment)
        _ = try await scene.rooms.complete(attachment, by: scene.lab)
        scene.house.wait(AttachmentLimits.patience * 2)
        #expect(try await scene.download(attachment, by: scene.lab) == scene.file)
        try await scene.house.expectProvable()
    }

    @Test func `a member's quota counts what is awaited and, of what was given up, what had arrived`() async throws {
        let scene = try await Scene()
        let largest = AttachmentLimits.maximumByteCount
        for number in 0..<16 {
            _ = try await scene.rooms.declare(
                scene.declaration(name: "dump \(number)", size: largest), by: scene.lab)
        }
        try await scene.house.expectRefusal(.tooLarge, at: "/size") {
            _ = try await scene.rooms.declare(scene.declaration(size: 1), by: scene.lab)
        }
        scene.house.wait(AttachmentLimits.patience)
        let attachment = try await scene.rooms.declare(scene.declaration(), by: scene.lab).identifier
        try await scene.send(0, of: attachment)
        scene.house.wait(AttachmentLimits.patience)
        for number in 0..<15 {
            _ = try await scene.rooms.declare(
                scene.declaration(name: "dump \(number)", size: largest), by: scene.lab)
        }
        try await scene.house.expectRefusal(.tooLarge, "1,000 bytes of the last are held") {
            _ = try await scene.rooms.declare(scene.declaration(size: largest - 999), by: scene.lab)
        }
        _ = try await scene.rooms.declare(scene.declaration(size: largest - 1_000), by: scene.lab)
    }

    @Test func `refuses what can't be a declaration, naming the place`() async throws {
        let scene = try await Scene()
        for name in ["", ".", "..", "a/b", "a\\b", "a\nb", "a\u{85}b", "a\u{9F}b", String(repeating: "n", count: 256)] {
            try await scene.house.expectRefusal(.malformed, at: "/name") { _ = try scene.declaration(name: name) }
        }
        for type in ["", "text", "text/", "/plain", "text/plain; charset=x", "a/b/c", "te xt/plain", "text/pl\u{e4}in"] {
            try await scene.house.expectRefusal(.malformed, at: "/mediaType") { _ = try scene.declaration(mediaType: type) }
        }
        for size: Int64 in [0, -1] {
            try await scene.house.expectRefusal(.malformed, at: "/size") { _ = try scene.declaration(size: size) }
        }
        try await scene.house.expectRefusal(.tooLarge, at: "/size") {
            _ = try scene.declaration(size: AttachmentLimits.maximumByteCount + 1)
        }
        for digest in ["", "00", String(repeating: "g", count: 64)] {
            try await scene.house.expectRefusal(.malformed, at: "/sha256") { _ = try scene.declaration(sha256: digest) }
        }
    }

    @Test func `a finding takes so many files and no more`() async throws {
        let scene = try await Scene()
        for number in 0..<AttachmentLimits.maximumCountPerFinding {
            _ = try await scene.rooms.declare(scene.declaration(name: "\(number)"), by: scene.lab)
        }
        try await scene.house.expectRefusal(.tooLarge) { _ = try await scene.rooms.declare(scene.declaration(), by: scene.lab) }
    }

    @Test func `only the finder attaches; who may see the finding reads, the vendor from its case on, and nobody else`()
        async throws
    {
        let scene = try await Scene()
        let attachment = try await scene.whole().identifier
        let vendor = try await scene.house.enrol("vendor-v", as: .vendor)
        let declaration = try scene.declaration(name: "other")
        try await scene.house.expectRefusal(.notFound) { _ = try await scene.rooms.declare(declaration, by: scene.other) }
        try await scene.house.expectRefusal(.forbidden) { _ = try await scene.rooms.declare(declaration, by: House.desk) }
        try await scene.house.expectRefusal(.notFound) {
            _ = try await scene.rooms.receive(scene.chunk(0), at: 0, of: attachment, by: House.desk)
        }
        #expect(try await scene.download(attachment, by: House.desk) == scene.file)
        for stranger in [scene.other, vendor] {
            try await scene.house.expectRefusal(.notFound) { _ = try await scene.download(attachment, by: stranger) }
            try await scene.house.expectRefusal(.notFound) {
                _ = try await scene.rooms.attachments(of: scene.finding, for: stranger)
            }
        }
        let vulnerability = try await scene.house.discovery.finding(scene.finding, for: scene.lab).summary.vulnerability
        _ = try await scene.house.coordination.open(
            CaseOpening(
                vulnerability: vulnerability, vendor: "vendor-v", title: "x",
                embargoUntil: scene.house.now.advanced(byDays: 90)), by: House.desk)
        #expect(try await scene.download(attachment, by: vendor) == scene.file)
        try await scene.house.expectRefusal(.notFound) { _ = try await scene.download(attachment, by: scene.other) }
    }

    @Test func `goes with the member that leaves, and the tables can be derived again`() async throws {
        let scene = try await Scene()
        let attachment = try await scene.whole().identifier
        try await scene.house.membership.withdraw("lab-a", reason: "moved on", by: House.desk)
        for line in try await scene.house.tables() { #expect(!line.contains(attachment) && !line.contains("core"), "\(line)") }
        try await scene.house.expectRefusal(.notFound) { _ = try await scene.download(attachment, by: House.desk) }
        let chunk = Digest(hashing: scene.chunk(0))
        let left = try await scene.house.journal.read {
            try $0.content(chunk, sealedUnder: DiscoveryRecords.contentKey(of: "lab-a"))
        }
        #expect(left == nil)
        try await scene.house.expectProvable()
    }
}

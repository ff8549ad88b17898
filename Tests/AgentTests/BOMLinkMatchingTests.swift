import Agent
import Foundation
import Matching
import Testing

/// BOM-Links of VEX documents to components of the inventories.
@Suite struct BOMLinkMatchingTests {
    private static let uuid = "f08a6ccd-4dce-4759-bd84-c626675d60a7"

    /// A document of left-pad 1.2.0 and of the version 1.1.0, which `main` holds.
    private static func bom(serial: String = uuid, version: Int? = 2) -> String {
        let version = version.map { ",\"version\":\($0)" } ?? ""
        return """
            {"bomFormat":"CycloneDX","specVersion":"1.6","serialNumber":"urn:uuid:\(serial)"\(version),
            "metadata":{"component":{"type":"application","bom-ref":"main","name":"main"}},"components":[
            {"type":"library","bom-ref":"pkg:npm/left-pad@1.2.0?x=%20y","name":"left-pad","version":"1.2.0","purl":"pkg:npm/left-pad@1.2.0"},
            {"type":"library","bom-ref":"old","name":"left-pad","version":"1.1.0","purl":"pkg:npm/left-pad@1.1.0"},
            {"type":"library","bom-ref":"right","name":"right-pad","version":"1.1.0","purl":"pkg:npm/right-pad@1.1.0"}]}
            """
    }

    private static let xml = """
        <bom xmlns="http://cyclonedx.org/schema/bom/1.6" serialNumber="urn:uuid:\(uuid)" version="2"><components>
        <component type="library" bom-ref="old"><name>left-pad</name><version>1.1.0</version><purl>pkg:npm/left-pad@1.1.0</purl></component>
        </components></bom>
        """

    private static func vex(_ link: String, state: String = "not_affected", versions: String = "") -> String {
        """
        {"bomFormat":"CycloneDX","specVersion":"1.6","vulnerabilities":[{"id":"CVE-2026-1","analysis":{"state":"\(state)",
        "justification":"code_not_reachable","detail":"d"},"affects":[{"ref":"\(link)"\(versions)}]}]}
        """
    }

    /// The versions in which CVE-2026-1 is suppressed, inventory by inventory, and what is said of the statements.
    private func suppressed(_ vex: String, _ inventories: [String], products: [String] = []) throws -> ([String], [String]) {
        let folder = FileManager.default.temporaryDirectory.appending(path: "bom-link-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        func file(_ name: String, _ text: String) throws -> String {
            try Data(text.utf8).write(to: folder.appending(path: name))
            return folder.appending(path: name).path
        }
        var statements = try VEXCollection(files: [file("vex.json", vex)], products: products)
        let index = try SampleVEX.index()
        let read = try inventories.enumerated().map { number, text in
            try SBOMInventory.read(file: file("\(number).cdx", text), concernedBy: index, linkedBy: statements)
        }
        statements.noteLinks(followedInto: read)
        var report = MatchReport(against: index, vex: statements)
        for inventory in read { report.add(inventory) }
        let found = report.suppressed.map { "\($0.source): \($0.component.version ?? "")" }
        return (found, statements.sources.flatMap(\.problems))
    }

    private func link(_ reference: String, _ version: Int = 2) -> String { "urn:cdx:\(Self.uuid)/\(version)#\(reference)" }

    @Test(arguments: ["pkg:npm/left-pad@1.2.0?x=%20y", "pkg:npm/left-pad@1.2.0%3Fx=%2520y"])
    func `name the component of that document, and the same package nowhere else`(reference: String) throws {
        let other = Self.bom(serial: "3e671687-395b-41f5-a30f-a58921a69b79")
        let (found, problems) = try suppressed(Self.vex(link(reference)), [other, Self.bom()])
        #expect(found == ["1: 1.2.0"] && problems.isEmpty, "\(problems)")
    }

    @Test func `lead into XML, to what the document describes, and to the first version where none is stated`() throws {
        #expect(try suppressed(Self.vex(link("old")), [Self.xml]).0 == ["0: 1.1.0"])
        #expect(try suppressed(Self.vex(link("main")), [Self.bom()]).0 == ["0: 1.2.0", "0: 1.1.0"])
        #expect(try suppressed(Self.vex(link("old", 1)), [Self.bom(version: nil)]).0 == ["0: 1.1.0"])
        let upper = Self.vex(link("old").replacing(Self.uuid, with: Self.uuid.uppercased()))
        #expect(try suppressed(upper, [Self.bom()]).0 == ["0: 1.1.0"], "a UUID is the same in capitals")
    }

    @Test func `count for a fix, because the version is the one that stands there, and heed versions beside them`() throws {
        #expect(try suppressed(Self.vex(link("old"), state: "resolved"), [Self.bom()]).0 == ["0: 1.1.0"])
        let other = ",\"versions\":[{\"version\":\"1.2.0\",\"status\":\"unaffected\"}]"
        #expect(try suppressed(Self.vex(link("old"), versions: other), [Self.bom()]).0 == [])
        #expect(
            try suppressed(Self.vex(link("old"), versions: other.replacing("1.2.0", with: "1.1.0")), [Self.bom()]).0 == [
                "0: 1.1.0"
            ])
    }

    @Test(arguments: [("old", 3), ("nowhere", 2)])
    func `count for nothing without the document or the component, and that is said`(reference: String, version: Int) throws {
        let link = link(reference, version)
        let (found, problems) = try suppressed(Self.vex(link), [Self.bom()])
        let words = "1 BOM-Links lead to no component of the inventories, and what is said of them counts for nothing: "
        #expect(found.isEmpty && problems == [words + link])
        let (named, none) = try suppressed(Self.vex(link), [Self.bom()], products: [link])
        #expect(named == ["0: 1.2.0", "0: 1.1.0"] && none.isEmpty, "whoever asks says that the inventory is of it")
    }

    @Test func `are found where nothing concerns the component, too`() throws {
        #expect(try suppressed(Self.vex(link("right")), [Self.bom()]).1.isEmpty)
    }

    @Test func `refuse no inventory for a serial number or reference that is none`() throws {
        let text = Self.bom().replacing("\"urn:uuid:\(Self.uuid)\"", with: "7").replacing("\"old\"", with: "[]")
        #expect(try suppressed(Self.vex(link("old")), [text]).1.count == 1)
    }
}

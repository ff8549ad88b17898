import AdvisoryFormats
import Testing

@Suite struct BOMLinkTests {
    private static let uuid = "f08a6ccd-4dce-4759-bd84-c626675d60a7"

    @Test func `names a component by document, version and reference`() throws {
        let link = try #require(BOMLink("urn:cdx:\(Self.uuid)/2#lib"))
        #expect(link.references == ["lib"] && link.document.description == "urn:cdx:\(Self.uuid)/2")
        #expect(link.document == BOMIdentity(serialNumber: "urn:uuid:\(Self.uuid)", version: "2"))
        #expect(link.document != BOMIdentity(serialNumber: "urn:uuid:\(Self.uuid)", version: "1"))
        let upper = BOMLink("URN:CDX:\(Self.uuid.uppercased())/1#lib")
        #expect(upper?.document == BOMIdentity(serialNumber: "urn:uuid:\(Self.uuid)", version: nil), "1 is the default")
    }

    @Test func `means a reference as it stands there, and without its percent-encoding`() {
        func references(_ fragment: String) -> [String]? { BOMLink("urn:cdx:\(Self.uuid)/1#\(fragment)")?.references }
        #expect(references("pkg:npm/%40a/b@1") == ["pkg:npm/%40a/b@1", "pkg:npm/@a/b@1"])
        #expect(references("a%20b%2") == ["a%20b%2", "a b%2"] && references("50%x#y") == ["50%x#y"])
    }

    @Test(arguments: [
        "", "lib", "urn:cdx:", "urn:cdx:u", "urn:cdx:u/1", "urn:cdx:u/1#", "urn:cdx:/1#a", "urn:cdx:u/#a", "urn:uuid:u/1#a"
    ])
    func `is none where a part is missing`(text: String) { #expect(BOMLink(text) == nil) }
}

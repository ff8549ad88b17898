import JSONText
import Testing
import XMLText

@testable import AdvisoryFormats

@Suite struct RuleNotationTests {
    private static let json: StaticString = """
        root
          id! string(1..3)
          1.2+ kind kind
          -1.1 parts list(oneOf(string | leaf))
          1.2-1.3 flag bool
          leaf
            leaf
          %one kind | id+leaf
        leaf ...
          n int(0..6)
        kind =
          "a" "b c"
          1.3+ "d"
        """

    private func check(_ text: String, edition: Int) -> [String] {
        let schema = ShapeNotation.schema([Self.json], edition: edition, rules: [:])
        return Array(text.utf8).withUnsafeBufferPointer { bytes in
            ShapeChecker.violations(in: bytes, of: schema, limits: .standard).map { "\($0.code) \($0.pointer)" }
        }
    }

    @Test func `reads shapes of JSON for an edition`() {
        let cases: [(String, Int, [String])] = [
            (#"{"id": "1", "leaf": {"n": 6, "x": 1}}"#, 2, []), (#"{"id": "1234", "kind": "b c"}"#, 2, ["badValue /id"]),
            (#"{"id": "1", "kind": "d"}"#, 2, ["badValue /kind"]), (#"{"id": "1", "kind": "d"}"#, 3, []),
            (#"{"id": "1", "kind": "a", "leaf": {}}"#, 2, ["badValue "]), (#"{"id": "1"}"#, 2, ["missingMember "]),
            (#"{"id": "1", "kind": "a", "flag": 1}"#, 2, ["wrongType /flag"]),
            (#"{"id": "1", "kind": "a", "flag": true}"#, 4, ["unknownMember /flag"]),
            (#"{"id": "1", "kind": "a", "parts": ["x", {"n": 7}, 1]}"#, 2, ["unknownMember /parts"]),
            (
                #"{"leaf": 1}"#, 3,
                [
                    "missingMember ", "missingMember ", "wrongType /leaf"
                ]
            )
        ]
        for (text, edition, expected) in cases { #expect(check(text, edition: edition).sorted() == expected.sorted(), "\(text)") }
    }

    private static let xml: StaticString = """
        bom
          @id! integer
          @*
          (a:kind | (b:date c:string?))*
          1.2+ d:leaf
          #*
        leaf
          @unit kind
          = share
        share = decimal(0..1)
        kind = token
          "x y" "z"
        """

    private func check(xml text: String, edition: Int = 2) -> [String] {
        let schema = ElementNotation.schema([Self.xml], edition: edition, root: "bom", rules: [:])
        return Array(text.utf8).withUnsafeBufferPointer { bytes in
            ElementChecker.violations(in: bytes, of: schema, namespace: "u", identifier: "ref", limits: .standard)
                .map { "\($0.code) \($0.pointer)" }
        }
    }

    @Test func `reads shapes of XML for an edition`() {
        let cases: [(String, [String])] = [
            ("<bom xmlns='u' id='+1'><a> x  y </a><b>2024-02-29</b><c/><a>z</a><d unit='z'>1.0</d><x xmlns='v'/></bom>", []),
            ("<bom xmlns='u' id='x'><d>2</d></bom>", ["wrongType /bom/@id", "badValue /bom/d"]),
            (
                "<bom xmlns='u'><c/><b>2023-02-29</b></bom>",
                ["missingMember /bom", "missingMember /bom", "badValue /bom/c", "wrongType /bom/b"]
            ),
            (
                "<bom xmlns='u' id='1' z='1' p:z='1' xmlns:p='v'><d unit='q'>.5</d>t</bom>",
                ["unknownMember /bom/@z", "badValue /bom/d/@unit", "wrongType /bom"]
            ),
            ("<bom xmlns='u' id='1'><d><e/>1</d><x xmlns=''/></bom>", ["unknownMember /bom/d/e", "unknownMember /bom/x"]),
            ("<bom xmlns='u' id='1'><d>1</d><x xmlns='v' ref='1'><y xmlns='' ref='1'/></x></bom>", ["badValue /bom/x/y/@ref"]),
            ("<bom id='1'/>", ["badValue /bom"])
        ]
        for (text, expected) in cases { #expect(check(xml: text).sorted() == expected.sorted(), "\(text)") }
        #expect(check(xml: "<bom xmlns='u' id='1'/>", edition: 1).isEmpty)
    }

    @Test func `reads the tables of every version`() {
        for edition in 0...7 { #expect(CycloneDXRules.elements(edition: edition)?.types.isEmpty == false) }
        for edition in 2...7 { #expect(CycloneDXRules.shapes(edition: edition)?.definitions.isEmpty == false) }
        #expect(CycloneDXRules.shapes(edition: 1) == nil && CycloneDXRules.elements(edition: 8) == nil)
    }

    @Test func `judges the built-in types of XML Schema`() {
        let cases: [(TextShape.Base, accepted: [String], refused: [String])] = [
            (
                .dateTime, ["2024-02-29T24:00:00", "2024-01-01T00:00:00.5-14:00", "-12024-01-01T00:00:00Z"],
                ["2023-02-29T00:00:00", "2024-01-01T24:00:01", "2024-01-01", "2024-01-01T00:00:00+15:00", "2024-01-01T1:00:00"]
            ),
            (.date, ["2024-01-31", " 2024-01-31Z "], ["2024-1-31", "24-01-31", "2024-01-32"]),
            (.boolean, ["true", "0"], ["yes", ""]),
            (.positiveInteger, ["1", "+01"], ["0", "-1", "1.0"]), (.nonNegativeInteger, ["-0", "7"], ["-1"]),
            (.decimal, ["1.", ".5", "-0"], [".", "1e3", ""]), (.anyURI, ["", "a b", "pkg:npm/ä"], ["1:2", "%zz"])
        ]
        for (base, accepted, refused) in cases {
            for text in accepted { #expect(TextShape(base: base).flaw(in: text) == nil, "\(base) \(text)") }
            for text in refused { #expect(TextShape(base: base).flaw(in: text) != nil, "\(base) \(text)") }
        }
    }
}

import JSONText
import Testing

@testable import AdvisoryFormats

@Suite struct ShapeCheckerTests {
    private func check(_ shape: Shape, _ text: String, definitions: [Shape] = []) -> [String] {
        let bytes = Array(text.utf8)
        return bytes.withUnsafeBufferPointer { buffer in
            ShapeChecker.violations(
                in: buffer, of: ShapeSchema(root: shape, definitions: definitions), limits: .standard
            ).map { "\($0.code) \($0.pointer)" }
        }
    }

    @Test func `judges scalars`() {
        let cases: [(Shape, String, [String])] = [
            (.any, "[1,{\"a\":null}]", []), (.bool, "true", []), (.bool, "1", ["wrongType "]), (.integer, "1.0", []),
            (.integer, "1e3", []), (.integer, "1.5", ["wrongType "]), (.integer, "\"1\"", ["wrongType "]),
            (.integer(minimum: 1), "1", []), (.integer(minimum: 1), "0", ["badValue "]),
            (.integer(minimum: -1), "-2.0", ["badValue "]),
            (.integer(minimum: 1), "1e400", ["wrongType "]), (.number(-1...100), "100.0", []),
            (.number(-1...100), "100.01", ["badValue "]), (.number(nil), "1e400", []), (.string, "\"\"", []),
            (.string(minimumLength: 1), "\"\"", ["badValue "]), (.string, "null", ["wrongType "]),
            (.oneOf(["a", "b"]), "\"b\"", []), (.oneOf(["a", "b"]), "\"\\u0062\"", []), (.oneOf(["a"]), "\"A\"", ["badValue "])
        ]
        for (shape, text, expected) in cases { #expect(check(shape, text) == expected, "\(text)") }
    }

    @Test func `judges arrays by count and by equality of values`() {
        #expect(check(.array(.string), #"["a","a"]"#) == [])
        #expect(check(.array(.string), #"["a",1]"#) == ["wrongType /1"])
        #expect(check(.array(.string), "{}") == ["wrongType "])
        #expect(check(.nonEmptyArray(.any), "[]") == ["badValue "])
        #expect(check(.set(.any), #"[{"a":1,"b":2},{"b":2.0,"a":1}]"#) == ["badValue /1"])
        #expect(check(.set(.any), #"[1,"1",true,[1],{"a":1}]"#) == [])
        #expect(check(.set(.string), #"["A","\u0041"]"#) == ["badValue /1"])
    }

    @Test func `judges objects by their members`() {
        let closed = Shape.object(ObjectShape(["a": .integer, "b": .string], required: ["a"], others: nil))
        #expect(check(closed, #"{"a":1,"b":"x"}"#) == [])
        #expect(check(closed, #"{"b":"x"}"#) == ["missingMember "])
        #expect(check(closed, #"{"a":1,"c":2}"#) == ["unknownMember /c"])
        #expect(check(closed, #"{"a":"1","b":2}"#) == ["wrongType /a", "wrongType /b"])
        #expect(check(closed, "[]") == ["wrongType "])
        let any = Shape.object(ObjectShape(["a": .any, "b": .any, "c": .any], choices: [.anyOf("a", "b")]))
        #expect(check(any, #"{"c":1,"d":2}"#) == ["missingMember "])
        #expect(check(any, #"{"a":1,"b":2}"#) == [])
        let one = Shape.object(ObjectShape(["a": .any, "b": .any], choices: [.oneOf("a", "b")]))
        #expect(check(one, #"{"a":1,"b":2}"#) == ["badValue "])
        #expect(check(one, "{}") == ["missingMember "])
        #expect(check(.map(.integer), #"{"x":1,"y":"z"}"#) == ["wrongType /y"])
        #expect(check(.object(ObjectShape([:], memberCount: 1...2)), "{}") == ["badValue "])
    }

    @Test func `counts characters and elements`() {
        for (text, expected) in [("\"a\"", ["badValue "]), ("\"\u{e9}e\"", []), ("\"\u{e9}\u{e9}\u{e9}\u{e9}\"", ["badValue "])] {
            #expect(check(.string(2...3), text) == expected, "\(text)")
        }
        #expect(check(.string(minimumLength: 2), "\"\u{e9}\"") == ["badValue "])
        for (text, expected) in [("[1]", ["badValue "]), ("[1,1]", []), ("[1,1,1]", ["badValue "])] {
            #expect(check(.array(.any, count: 2...2, isUnique: false), text) == expected, "\(text)")
        }
    }

    @Test func `judges groups of members, alone and with others`() {
        let groups = MemberChoice.oneOf(.alone("a", "b"), ["a", "b", "c"], "d")
        let shape = Shape.object(ObjectShape(["a": .any, "b": .any, "c": .any, "d": .any], choices: [groups]))
        let cases = [
            (#"{"a":1,"b":1}"#, []), (#"{"a":1,"b":1,"c":1}"#, []), (#"{"d":1,"a":1}"#, []), (#"{"a":1}"#, ["missingMember "]),
            (#"{"a":1,"b":1,"x":1}"#, ["missingMember "]), (#"{"a":1,"b":1,"c":1,"d":1}"#, ["badValue "])
        ]
        for (text, expected) in cases { #expect(check(shape, text) == expected, "\(text)") }
    }

    @Test func `counts witnesses, and tries forms`() {
        let witness = Shape.witness("a letter", { $0.count == 1 }, { $0.first == UInt8(ascii: "e") })
        let texts = Shape.containing("e", .array(witness))
        #expect(check(texts, #"["d","e"]"#) == [] && check(texts, #"["d"]"#) == ["missingMember "])
        #expect(check(texts, #"["d","ee"]"#) == ["badValue /1"] && check(texts, "1") == ["wrongType "])
        let forms = [Shape.string, .object(ObjectShape(["a": .integer], others: nil)), .integer(minimum: 1)]
        #expect(check(.either(forms, isExclusive: true), "1") == [] && check(.either(forms, isExclusive: true), "\"x\"") == [])
        #expect(check(.array(.either(forms, isExclusive: true)), #"[1,{"a":"b"}]"#) == ["wrongType /1/a"])
        #expect(check(.either(forms + [.any], isExclusive: true), "1") == ["badValue "])
        #expect(check(.either(forms + [.any], isExclusive: false), "1") == [])
    }

    @Test func `follows shapes that contain themselves`() {
        let tree = Shape.object(ObjectShape(["children": .array(.definition(0))], others: nil))
        #expect(
            check(.definition(0), #"{"children":[{"children":[]},{"x":1}]}"#, definitions: [tree]) == [
                "unknownMember /children/1/x"
            ])
    }
}

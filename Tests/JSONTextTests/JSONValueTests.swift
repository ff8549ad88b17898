import JSONText
import TestSupport
import Testing

@Suite struct JSONValueTests {
    @Test func `gives members, elements and scalars by their kind`() throws {
        let value = try JSONValue(parsing: #"{"s":"x","i":7,"b":true,"n":null,"a":[1,"y"],"o":{"k":1.5}}"#)
        #expect(value["s"]?.string == "x")
        #expect(value["i"]?.integer == 7)
        #expect(value["b"]?.bool == true)
        #expect(value["n"]?.isNull == true)
        #expect(value["a"]?.array?.count == 2)
        #expect(value["o"]?["k"]?.number?.double == 1.5)
        #expect(value["missing"] == nil)
        #expect(value["s"]?.integer == nil)
        #expect(value.object?.keys == ["s", "i", "b", "n", "a", "o"])
    }

    @Test func `is written with literals`() throws {
        let value: JSONValue = ["a": [1, "x", nil, true, ["k": -2]], "b": [:]]
        #expect(String(decoding: value.bytes(), as: UTF8.self) == #"{"a":[1,"x",null,true,{"k":-2}],"b":{}}"#)
    }

    @Test func `is equal whatever the order of members and the writing of numbers`() throws {
        #expect(try JSONValue(parsing: #"{"a":1,"b":[1.0,"\u0041"]}"#) == JSONValue(parsing: #"{"b":[10e-1,"A"],"a":1}"#))
        #expect(try JSONValue(parsing: "[1,2]") != JSONValue(parsing: "[2,1]"))
        #expect(try JSONValue(parsing: #"{"a":1}"#) != JSONValue(parsing: #"{"a":1,"b":2}"#))
        #expect(JSONValue.string("e\u{301}") != .string("\u{e9}"))
        #expect(try JSONValue(parsing: #"{"e\u0301":1}"#) != JSONValue(parsing: #"{"\u00e9":1}"#))
        #expect(JSONValue.string("1") != .number(JSONNumber(1)))
    }

    @Test func `keeps order, replaces and removes members in small and large objects`() {
        for count in [3, 40] {
            var object = JSONObject((0..<count).map { ("k\($0)", .number(JSONNumber(Int64($0)))) })
            object["k1"] = "changed"
            object["k0"] = nil
            object["new"] = true
            #expect(object.keys == (1..<count).map { "k\($0)" } + ["new"])
            #expect(object["k1"] == "changed")
            #expect(object["k0"] == nil)
            #expect(object["k2"]?.integer == 2)
            #expect(object["new"] == true)
            #expect(object.count == count)
        }
    }

    @Test func `prints pretty text that reads back equal`() throws {
        let value: JSONValue = ["a": [], "b": ["c": 1, "d": [1, 2]], "e": [:]]
        let text = String(decoding: value.bytes(pretty: true), as: UTF8.self)
        let expected = """
            {
              "a": [],
              "b": {
                "c": 1,
                "d": [
                  1,
                  2
                ]
              },
              "e": {}
            }
            """
        #expect(text == expected)
        #expect(try JSONValue(parsing: text) == value)
    }

    @Test func `reads back what it wrote, for random values`() throws {
        for seed in UInt64(1)...300 {
            var random = RandomJSON(generator: SeededGenerator(seed: seed))
            let value = random.value()
            for bytes in [value.bytes(), value.bytes(pretty: true)] {
                let back = try JSONValue(parsing: bytes)
                #expect(back == value, "seed \(seed)")
                #expect(back.hashValue == value.hashValue, "seed \(seed)")
                #expect(back.bytes() == value.bytes(), "seed \(seed)")
            }
            let canonical = value.canonicalBytes()
            let back = try JSONValue(parsing: canonical)
            #expect(back == value, "seed \(seed)")
            #expect(back.canonicalBytes() == canonical, "seed \(seed)")
        }
    }

    @Test func `refuses or reads randomly damaged text, never anything else`() throws {
        for seed in UInt64(1)...300 {
            var random = RandomJSON(generator: SeededGenerator(seed: seed))
            var bytes = random.value().bytes()
            for _ in 0..<3 {
                bytes[Int.random(in: 0..<bytes.count, using: &random.generator)] = UInt8(
                    truncatingIfNeeded: random.generator.next())
            }
            let tree = try? JSONValue(parsing: bytes)
            let range = try? JSONReader.read(bytes) { (reader) throws(JSONError) in try reader.skipValue() }
            #expect((tree == nil) == (range == nil), "seed \(seed)")
        }
    }
}

import JSONText
import Testing

@Suite struct JSONWriterTests {
    @Test func `places commas and colons between members and elements`() throws {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("a")
        writer.integer(1)
        writer.key("b\n")
        writer.beginArray()
        writer.string("x")
        writer.beginArray()
        writer.endArray()
        writer.bool(false)
        writer.null()
        writer.raw(Array(#"{"r":0}"#.utf8))
        writer.number(try #require(JSONNumber(1.5)))
        writer.endArray()
        writer.key("c")
        writer.beginObject()
        writer.endObject()
        writer.endObject()
        let text = String(decoding: writer.finish(), as: UTF8.self)
        #expect(text == #"{"a":1,"b\n":["x",[],false,null,{"r":0},1.5],"c":{}}"#)
    }

    @Test func `writes integers to the ends of 64 bits`() {
        for value in [0, 7, -7, 10, 99, 100, Int64.max, Int64.min] {
            var writer = JSONWriter()
            writer.integer(value)
            #expect(String(decoding: writer.finish(), as: UTF8.self) == String(value))
        }
    }

    @Test func `starts afresh after removing everything`() {
        var writer = JSONWriter()
        writer.beginArray()
        writer.integer(1)
        writer.removeAll()
        writer.string("next")
        #expect(writer.bytes == Array("\"next\"".utf8))
    }

    @Test func `escapes every position of strings of every length around a word`() throws {
        for length in 0...20 {
            for position in 0..<length {
                for special in ["\"", "\\", "\u{1F}", "\n", "é", "😀"] {
                    let text =
                        String(repeating: "a", count: position) + special + String(repeating: "b", count: length - position)
                    var writer = JSONWriter()
                    writer.string(text)
                    #expect(try JSONValue(parsing: writer.finish()).string == text)
                }
            }
        }
    }
}

extension JSONWriterTests {
    @Test func `writes whole members and leaves out what is absent or empty`() {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("a", "x")
            writer.member("b", ifPresent: nil as String?)
            writer.member("c", ifPresent: 3)
            writer.member("d", true)
            writer.member("e", ifNotEmpty: [])
            writer.member("f", ifNotEmpty: ["1", "2"])
            writer.object("g") { $0.member("h", 4) }
        }
        #expect(String(decoding: writer.finish(), as: UTF8.self) == #"{"a":"x","c":3,"d":true,"f":["1","2"],"g":{"h":4}}"#)
    }
}

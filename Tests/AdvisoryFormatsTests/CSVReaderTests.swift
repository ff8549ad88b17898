import Testing

@testable import AdvisoryFormats

@Suite struct CSVReaderTests {
    private struct Reading {
        var rows: [[String]] = []
        var lines: [Int] = []
        var faults: [String] = []

        init(_ bytes: [UInt8], delimiter: Character = ",") {
            var reader = CSVReader(bytes, delimiter: delimiter.asciiValue ?? 0)
            while let row = reader.next() {
                rows.append(reader.texts(of: row) ?? ["not UTF-8"])
                lines.append(row.line)
                if let fault = row.fault { faults.append("\(fault.byteOffset): \(fault.reason)") }
            }
        }
    }

    private func read(_ text: String, delimiter: Character = ",") -> Reading {
        Reading(Array(text.utf8), delimiter: delimiter)
    }

    @Test func `reads plain and quoted fields, whatever ends the lines`() {
        for end in ["\n", "\r\n"] {
            let reading = read("a,b,\(end)\"x,\"\"y\"\"\",,\"two\(end)lines\"\(end)\(end)\"\"\(end)é")
            #expect(reading.rows == [["a", "b", ""], ["x,\"y\"", "", "two\(end)lines"], [""], ["é"]])
            #expect(reading.lines == [1, 2, 5, 6] && reading.faults.isEmpty)
        }
        #expect(read("a,b\r\n").rows == [["a", "b"]] && read("a\rb\r").rows == [["a\rb"]])
        #expect(read("").rows.isEmpty && read("\r\n\n").rows.isEmpty)
    }

    @Test func `passes a byte order mark and takes another delimiter`() {
        #expect(read("\u{FEFF}\"a\",b").rows == [["a", "b"]])
        #expect(read("a;b,c;\"d;e\"", delimiter: ";").rows == [["a", "b,c", "d;e"]])
        #expect(read("a\tb", delimiter: "\t").rows == [["a", "b"]])
    }

    @Test func `names what is wrong with a row and goes on with the next line`() {
        let reading = read("a,b\"c\nok\n\"x\"y,z\nok\n\"open,\nto the end")
        #expect(reading.rows == [["a", "b\"c"], ["ok"], ["x", "z"], ["ok"], ["open,\nto the end"]])
        #expect(
            reading.faults == [
                "3: a quotation mark in a field that is not quoted", "12: text after the closing quotation mark of a field",
                "19: a quotation mark is never closed"
            ])
    }

    @Test func `where fields hold no line breaks, an open quotation mark is a fault of its line alone`() {
        let bytes = Array("a,\"b\r\n\"c\",d\n\"e\"\"\n\"\nok\n\"".utf8)
        var reader = CSVReader(bytes, allowsLineBreaks: false)
        var rows: [String] = []
        while let row = reader.next() {
            rows.append("\(row.line) \((reader.texts(of: row) ?? []).last ?? "") \(row.fault.map { "\($0.byteOffset)" } ?? "-")")
        }
        #expect(rows == ["1 b\r 2", "2 d -", "3 e\" 12", "4  17", "5 ok -", "6  22"])
    }

    @Test func `says that a field is no UTF-8`() {
        #expect(Reading([0x61, 0x2C, 0xFF, 0x0A, 0x62]).rows == [["not UTF-8"], ["b"]])
    }
}

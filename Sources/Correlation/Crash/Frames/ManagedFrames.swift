/// Frames of languages with a runtime.
enum ManagedFrames {
    /// `    at com.example.Class.method(Class.java:12)`
    static func ofJava(_ line: ReportText) -> StackFrame? {
        guard let rest = line.withoutIndent.text(afterPrefix: "at "), let open = rest.lastIndex(of: UInt8(ascii: "(")),
            rest[open...].contains(UInt8(ascii: ")"))
        else { return nil }
        return StackFrame(number: 0, function: rest[..<open].string)
    }

    /// `encoding/json.(*decodeState).object(0xc0, 0x1, {0x2, 0x3})`, the line above that of the source.
    static func ofGo(_ line: ReportText) -> StackFrame? {
        guard line.last == UInt8(ascii: ")") else { return nil }
        // The parenthesis from which on everything is an argument; one of a receiver has letters behind it.
        let open = line.dropLast().lastIndex { !isArgumentByte($0) }
        guard let open, line[open] == UInt8(ascii: "("), open > line.startIndex, line[..<open].allSatisfy(isNameByte) else {
            return nil
        }
        return StackFrame(number: 0, function: line[..<open].string)
    }

    private static func isArgumentByte(_ byte: UInt8) -> Bool {
        byte.isDigit || (byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "f")) || " \tx,.{}".utf8.contains(byte)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool { byte.isLetter || byte.isDigit || ".-_\\/()*".utf8.contains(byte) }

    /// The package's last part, type and function; the receiver's parentheses stay.
    static func nameInGo(_ frame: StackFrame) -> String {
        let name = Array((frame.function ?? "").utf8)[...]
        return (name.lastIndex(of: UInt8(ascii: "/")).map { name[($0 + 1)...] } ?? name).string
    }

    /// `  File "/usr/lib/python3/gzip.py", line 421, in read`
    static func ofPython(_ line: ReportText) -> StackFrame? {
        guard let rest = line.withoutIndent.text(afterPrefix: "File \"") else { return nil }
        let file = rest.prefix { $0 != UInt8(ascii: "\"") }
        guard let place = rest[file.endIndex...].text(afterPrefix: "\", line "), !file.isEmpty else { return nil }
        let number = place.prefix { $0.isDigit }
        guard !number.isEmpty, let function = place[number.endIndex...].text(afterPrefix: ", in "), !function.isEmpty else {
            return nil
        }
        return StackFrame(number: 0, function: function.string, line: number.leadingDecimal)
    }

    /// `    at function (/src/file.js:1:2)`
    static func ofJavaScript(_ line: ReportText) -> StackFrame? {
        guard line.first == .space || line.first == .tab, let rest = line.withoutIndent.text(afterPrefix: "at ") else {
            return nil
        }
        let function = rest.prefix { $0 != .space && $0 != .tab }
        let place = rest[function.endIndex...]
        guard !function.isEmpty, place.hasPrefix(" ("), place.last == UInt8(ascii: ")"),
            place.dropLast().split(separator: UInt8(ascii: ":")).suffix(2).allSatisfy({ $0.allSatisfy(\.isDigit) })
        else { return nil }
        return StackFrame(number: 0, function: function.string)
    }
}

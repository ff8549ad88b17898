/// Frames of languages with a runtime.
enum ManagedFrames {
    /// `    at com.example.Class.method(Class.java:12)`
    static func ofJava(_ line: ReportText) -> StackFrame? {
        guard let rest = line.withoutIndent.text(afterPrefix: "at "), let open = rest.lastIndex(of: UInt8(ascii: "(")),
            rest[open...].contains(UInt8(ascii: ")"))
        else { return nil }
        return StackFrame(number: 0, function: rest[..<open].string)
    }

    /// Whether the function is of Java's own library: `java.base/java.util.Objects.checkIndex`, in Java 8 without the module.
    static func isOfJavaLibrary(_ frame: StackFrame) -> Bool {
        guard let function = frame.function else { return false }
        let name = Array(function.utf8)[...].lastPathComponent
        return name.hasPrefix("java.") || name.hasPrefix("jdk.") || name.hasPrefix("sun.") || function.hasPrefix("java.")
    }

    /// `encoding/json.(*decodeState).object(0xc0, 0x1, {0x2, 0x3})`, the line above that of the source.
    /// - Parameter newer: whether the arguments may be as Go prints them since 1.17: `0xc0?` for a value that may be out of date,
    ///   `_` for one that it can't show.
    static func ofGo(_ line: ReportText, newer: Bool = false) -> StackFrame? {
        guard line.last == UInt8(ascii: ")") else { return nil }
        // The parenthesis from which on everything is an argument; one of a receiver has letters behind it.
        let open = line.dropLast().lastIndex { !isArgumentByte($0) && !(newer && "?_".utf8.contains($0)) }
        guard let open, line[open] == UInt8(ascii: "("), open > line.startIndex, line[..<open].allSatisfy(isNameByte) else {
            return nil
        }
        return StackFrame(number: 0, function: line[..<open].string)
    }

    private static func isArgumentByte(_ byte: UInt8) -> Bool {
        byte.isDigit || (byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "f")) || " \tx,.{}".utf8.contains(byte)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool { byte.isLetter || byte.isDigit || ".-_\\/()*[]".utf8.contains(byte) }

    /// The package's last part, type and function; the receiver's parentheses stay.
    static func nameInGo(_ frame: StackFrame) -> String {
        let name = Array((frame.function ?? "").utf8)[...]
        return (name.lastIndex(of: UInt8(ascii: "/")).map { name[($0 + 1)...] } ?? name).string
    }

    /// Whether the name is of the program's package, and neither its start, with the literals in that, nor what cgo makes.
    static func isOfGoMain(_ name: String) -> Bool {
        guard let member = Array(name.utf8)[...].text(afterPrefix: "main.") else { return false }
        return !member.equals("main") && !member.hasPrefix("main.") && !member.hasPrefix("_cgo")
            && !member.hasPrefix("LLVMFuzzerTestOneInput")
    }

    /// What Python calls the statements outside of functions.
    static let pythonModuleBody = "<module>"

    /// `  File "/usr/lib/python3/gzip.py", line 421, in read`
    static func ofPython(_ line: ReportText) -> StackFrame? {
        guard let rest = line.withoutIndent.text(afterPrefix: "File \"") else { return nil }
        let file = rest.prefix { $0 != UInt8(ascii: "\"") }
        guard let place = rest[file.endIndex...].text(afterPrefix: "\", line "), !file.isEmpty else { return nil }
        let number = place.prefix { $0.isDigit }
        guard !number.isEmpty, let function = place[number.endIndex...].text(afterPrefix: ", in "), !function.isEmpty else {
            return nil
        }
        return StackFrame(number: 0, function: function.string, file: file.string, line: number.leadingDecimal)
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

/// The lines of a crash state that somebody else made: which of them are functions is told by their looks, and in doubt a line
/// is none.
enum CrashStateLines {
    /// Whether the state names a function of the program. A message alone (`called Option::unwrap() on a None value`), a file, a
    /// module or a hash is shared by bugs that have nothing else in common.
    static func nameFunction(_ lines: [String], type: String) -> Bool {
        lines.dropFirst(beginsWithMessage(type) ? 1 : 0).contains { isFunction(Array($0.utf8)[...].trimmed) }
    }

    /// Types of which the first line is what the program said.
    private static func beginsWithMessage(_ type: String) -> Bool {
        let type = type.prefix { $0 != "\n" && $0 != "\r" }
        return type.hasSuffix("CHECK failure") || messageTypes.contains { type.hasPrefix($0) }
    }

    private static let messageTypes = [
        "ASSERT", "Bad-cast", "Fatal error", "RUNTIME_ASSERT", "Unreachable code", "V8 API error", "Wycheproof error"
    ]

    private static func isFunction(_ line: ReportText) -> Bool {
        guard !line.contains("+0x"), !line.contains("FuzzerHash="), !line.contains(where: quotes.contains) else { return false }
        let name = withoutBrackets(line).trimmed
        guard !name.isEmpty, !isFile(name) else { return false }
        return !name.contains(.space) || name.contains("operator ") || swiftWitnesses.contains { name.hasPrefix($0) }
    }

    private static let quotes = Set("`\"\u{27}".utf8)
    private static let swiftWitnesses: [StaticString] = ["protocol witness for ", "closure #"]

    /// Parameters and arguments of templates may hold anything.
    private static func withoutBrackets(_ line: ReportText) -> ReportText {
        var depth = 0
        return line.filter { byte in
            if "([{<".utf8.contains(byte) { depth += 1 }
            defer { if depth > 0, ")]}>".utf8.contains(byte) { depth -= 1 } }
            return depth == 0
        }[...]
    }

    /// `parse_fuzzer.cc`, `libtide.so`, `/usr/bin/tide`. A name of Java may end in `.c` too, but has another dot.
    private static func isFile(_ name: ReportText) -> Bool {
        if name.first == UInt8(ascii: "/") || name.contains(".so.") { return true }
        let parts = name.split(separator: UInt8(ascii: "."))
        guard parts.count == 2, let ending = parts.last else { return false }
        return endings.contains(ending.string)
    }

    private static let endings: Set<String> = [
        "c", "cc", "cpp", "cxx", "dll", "dylib", "exe", "go", "h", "hh", "hpp", "hxx", "java", "js", "m", "mm", "py", "rs", "so",
        "swift"
    ]
}

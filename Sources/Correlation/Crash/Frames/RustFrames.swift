/// Frames of the backtrace that Rust itself prints below a panic (`std::backtrace`).
enum RustFrames {
    /// `   4: parser::lexer::next`, or with `RUST_BACKTRACE=full` `   4:     0x55d0c0b0a1 - parser::lexer::next::h0123456789abcdef`.
    /// The place stands on the line below.
    static func frame(_ line: ReportText) -> StackFrame? {
        let digits = line.withoutIndent.prefix(while: \.isDigit)
        guard let number = digits.leadingDecimal, let words = line[digits.endIndex...].text(afterPrefix: ":"),
            words.first == .space
        else { return nil }
        var name = words.trimmed
        if name.hasPrefix("0x") { name = name.text(after: " - ") ?? name }
        name = withoutHash(name)
        guard !name.isEmpty, !name.equals("<unknown>") else { return StackFrame(number: number) }
        return StackFrame(number: number, function: name.string, module: libraryCrate(of: name))
    }

    /// `             at ./src/lexer.rs:42:17`
    static func place(_ line: ReportText) -> ReportText? {
        guard line.first == .space || line.first == .tab else { return nil }
        return line.withoutIndent.text(afterPrefix: "at ")?.trimmed
    }

    /// The path and the numbers of `./src/lexer.rs:42:17`.
    static func location(_ place: ReportText) -> (file: ReportText, numbers: [Int]) {
        var (file, numbers): (ReportText, [Int]) = (place, [])
        while numbers.count < 2, let colon = file.lastIndex(of: UInt8(ascii: ":")),
            file[(colon + 1)...].allSatisfy(\.isDigit), let number = file[(colon + 1)...].leadingDecimal
        {
            numbers.insert(number, at: 0)
            file = file[..<colon]
        }
        return (file, numbers)
    }

    /// Rust's own libraries, which are in every program.
    static let libraries: Set<String> = ["alloc", "core", "std"]

    /// `::h` and sixteen digits, which change with every build.
    static func withoutHash(_ name: ReportText) -> ReportText {
        guard let mark = name.lastRange(of: "::h"), name[mark.upperBound...].count == 16,
            name[mark.upperBound...].allSatisfy({ $0.hexadecimalValue != nil })
        else { return name }
        return name[..<mark.lowerBound]
    }

    /// Lines of a state as two builds of one program have in common. Of a hash, too, a state has `NUMBER` for a run of digits.
    static func withoutHashes(_ state: [String]) -> [String] {
        state.map { line in
            let text = Array(line.utf8)[...]
            guard let mark = text.lastRange(of: "::h"), isHash(text[mark.upperBound...]) else { return line }
            return text[..<mark.lowerBound].string
        }
    }

    private static func isHash(_ text: ReportText) -> Bool {
        var (rest, count, hasNumber) = (text, 0, false)
        while let byte = rest.first {
            if let behind = rest.text(afterPrefix: "NUMBER") {
                (rest, hasNumber) = (behind, true)
            } else {
                guard byte.hexadecimalValue != nil else { return false }
                (rest, count) = (rest.dropFirst(), count + 1)
            }
        }
        return count == 16 || hasNumber && count <= 12
    }

    /// The library that the function is from; nil for the program's own. `<parser::Token as core::fmt::Display>::fmt` is the
    /// program's, `<usize as core::slice::index::SliceIndex<[T]>>::index` is not.
    private static func libraryCrate(of name: ReportText) -> String? {
        guard let implementation = name.text(afterPrefix: "<") else { return library(at: name) }
        let type = typeName(implementation)
        if let crate = library(at: type) { return crate }
        // A type with a path is of some crate; what is left are the language's own types and parameters.
        guard !type.text(before: " as ").contains("::"), let trait = implementation.text(after: " as ") else { return nil }
        return library(at: trait)
    }

    private static func typeName(_ text: ReportText) -> ReportText {
        var type = text
        for mark: StaticString in ["&", "mut ", "dyn ", "*const ", "*mut ", "["] { type = type.text(afterPrefix: mark) ?? type }
        return type
    }

    private static func library(at path: ReportText) -> String? {
        guard let separator = path.range(of: "::") else { return nil }
        let crate = path[..<separator.lowerBound].string
        return libraries.contains(crate) ? crate : nil
    }
}

/// A table of rules as text, with what each edition of a format adds or takes away: how schemas of several hundred definitions in
/// several editions stay readable, and one table.
///
/// A line without indentation begins a definition: `name` of something with parts, or `name = expression`. Lines indented by two
/// spaces are its parts, lines indented by four continue the line above. A line may begin with the editions it holds for:
/// `1.4+`, `-1.3`, `1.5-1.6` or `1.5`. What parts and expressions say is up to the kind of table: see `ShapeNotation` and
/// `ElementNotation`. A table is ours, so what is wrong in it stops the program, and a test reads every table in every edition.
struct RuleNotation {
    struct Definition {
        let name: String
        /// Whether the name is followed by `...`: parts that are not listed are allowed.
        let isOpen: Bool
        let expression: Substring?
        var parts: [Substring] = []
    }

    /// What holds for the edition, in order.
    private(set) var definitions: [Definition] = []

    /// - Parameter edition: the number behind the point: 4 for 1.4.
    init(_ table: [StaticString], edition: Int) {
        var isInForce = false
        for line in table.flatMap({ Self.lines(of: $0) }) {
            if line.first == " " {
                let part = Self.gated(line.drop { $0 == " " }, edition)
                if isInForce, let part { definitions[definitions.count - 1].parts.append(part) }
            } else {
                let header = Self.gated(line[...], edition)
                isInForce = header != nil
                if let header { definitions.append(Self.definition(header)) }
            }
        }
    }

    /// The lines of the text, those that are continued put together.
    private static func lines(of text: StaticString) -> [String] {
        var lines: [String] = []
        for line in text.description.split(separator: "\n") {
            if line.hasPrefix("    ") {
                lines[lines.count - 1] += " " + line.drop { $0 == " " }
            } else {
                lines.append(String(line))
            }
        }
        return lines
    }

    private static func definition(_ header: Substring) -> Definition {
        if let equals = header.firstIndex(of: "=") {
            let name = header[..<equals].dropLast()
            return Definition(name: String(name), isOpen: false, expression: header[equals...].dropFirst().drop { $0 == " " })
        }
        let isOpen = header.hasSuffix(" ...")
        return Definition(name: String(isOpen ? header.dropLast(4) : header), isOpen: isOpen, expression: nil)
    }

    /// The line without its editions; nil where it does not hold for this one.
    private static func gated(_ line: Substring, _ edition: Int) -> Substring? {
        guard let space = line.firstIndex(of: " "), line.hasPrefix("1.") || line.hasPrefix("-1.") else { return line }
        let gate = line[..<space]
        let isIncluded: Bool
        if gate.hasSuffix("+") {
            isIncluded = edition >= number(gate.dropLast())
        } else if gate.hasPrefix("-") {
            isIncluded = edition <= number(gate.dropFirst())
        } else {
            let ends = gate.split(separator: "-").map(number)
            isIncluded = ends.first.map { $0 <= edition } == true && ends.last.map { edition <= $0 } == true
        }
        return isIncluded ? line[line.index(after: space)...] : nil
    }

    private static func number(_ edition: Substring) -> Int {
        guard let number = Int(edition.dropFirst(2)) else { preconditionFailure("no edition in a table: \(edition)") }
        return number
    }
}

/// Shapes of JSON as a table of rules (see `RuleNotation`).
///
/// Parts of an object are its members: `name expression`, `name! expression` where it is required; members that are not listed
/// are forbidden unless `...` follows the object's name. `%one a | b+c` asks for exactly one of the groups of members, `%any` for
/// at least one, `%not a+b` forbids members together, `%when a b` allows b only where a is true. Parts of another definition are
/// quoted words that its value may be. Expressions are `any`, `object`, `bool`, `int(0..6)`, `num(0..1)`, `string(1..)`,
/// `list(…)`, `list+(…)` of at least one, `single(…)` of exactly one, `set(…)` without repetition, `oneOf(… | …)`,
/// `anyOf(… | …)`, quoted words, a rule for texts and another definition's name.
struct ShapeNotation {
    private let rules: [String: Shape]
    private var numbers: [String: Int] = [:]

    /// The schema that the table describes for an edition; its root is the first definition.
    static func schema(_ table: [StaticString], edition: Int, rules: [String: Shape]) -> ShapeSchema {
        let definitions = RuleNotation(table, edition: edition).definitions
        var notation = ShapeNotation(rules: rules)
        for (number, definition) in definitions.enumerated() { notation.numbers[definition.name] = number }
        return ShapeSchema(root: .definition(0), definitions: definitions.map { notation.shape(of: $0) })
    }

    private init(rules: [String: Shape]) { self.rules = rules }

    private func shape(of definition: RuleNotation.Definition) -> Shape {
        guard let expression = definition.expression else { return .object(object(definition)) }
        var text = RuleText(expression)
        guard text.isAtEnd else { return shape(&text) }
        return .oneOf(
            definition.parts.flatMap { part in
                var text = RuleText(part)
                return text.quotedWords()
            })
    }

    private func object(_ definition: RuleNotation.Definition) -> ObjectShape {
        var members: [ObjectShape.Member] = []
        var required: [String] = []
        for part in definition.parts where !part.hasPrefix("%") {
            var text = RuleText(part)
            let name = text.word()
            if text.take("!") { required.append(name) }
            text.skipSpace()
            members.append(ObjectShape.Member(name: ShapeWord(name), shape: shape(&text)))
        }
        var rules = MemberRules()
        for part in definition.parts where part.hasPrefix("%") { rules.add(part) }
        return ObjectShape(
            members: members, required: required, choices: rules.choices, conflicts: rules.conflicts,
            conditions: rules.conditions, others: definition.isOpen ? .any : nil
        )
    }

    /// The parts of an object that are rules on several members.
    private struct MemberRules {
        var choices: [MemberChoice] = []
        var conflicts: [[String]] = []
        var conditions: [MemberCondition] = []

        mutating func add(_ rule: Substring) {
            var text = RuleText(rule.dropFirst())
            let kind = text.word()
            var groups: [[String]] = []
            repeat {
                text.skipSpace()
                var names = [text.word()]
                while text.take("+") { names.append(text.word()) }
                groups.append(names)
                text.skipSpace()
            } while text.take("|") || (kind == "when" && !text.isAtEnd)
            switch kind {
            case "one", "any":
                choices.append(MemberChoice(groups: groups.map { MemberChoice.Group($0) }, isExclusive: kind == "one"))
            case "not": conflicts += groups
            case "when": conditions.append(MemberCondition(member: groups[1][0], needsTrue: groups[0][0]))
            default: preconditionFailure("no such rule in a table: \(rule)")
            }
        }
    }

    private func shape(_ text: inout RuleText) -> Shape {
        let words = text.quotedWords()
        if !words.isEmpty { return .oneOf(words) }
        let name = text.word()
        switch name {
        case "any": return .any
        case "object": return .map(.any)
        case "bool": return .bool
        case "int": return .integer(text.bounds().map { Int64($0.lower ?? 0)...($0.upper.map { Int64($0) } ?? .max) })
        case "num": return .number(text.bounds().map { ($0.lower ?? 0)...($0.upper ?? .infinity) })
        case "string":
            return .string(text.bounds().map { Int($0.lower ?? 0)...($0.upper.map { Int($0) } ?? .max) } ?? 0...Int.max)
        case "list":
            let isFilled = text.take("+")
            return .array(inner(&text), count: (isFilled ? 1 : 0)...Int.max, isUnique: false)
        case "single": return .array(inner(&text), count: 1...1, isUnique: false)
        case "set": return .array(inner(&text), count: 0...Int.max, isUnique: true)
        case "oneOf", "anyOf": return .either(alternatives(&text), isExclusive: name == "oneOf")
        default:
            if let rule = rules[name] { return rule }
            guard let number = numbers[name] else { preconditionFailure("no such shape in a table: \(name)") }
            return .definition(number)
        }
    }

    private func inner(_ text: inout RuleText) -> Shape {
        text.demand("(")
        defer { text.demand(")") }
        return shape(&text)
    }

    private func alternatives(_ text: inout RuleText) -> [Shape] {
        text.demand("(")
        var shapes: [Shape] = []
        repeat {
            text.skipSpace()
            shapes.append(shape(&text))
            text.skipSpace()
        } while text.take("|")
        text.demand(")")
        return shapes
    }
}

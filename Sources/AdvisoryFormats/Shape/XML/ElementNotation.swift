/// Shapes of XML as a table of rules (see `RuleNotation`).
///
/// Parts of an element's type are its attributes, `@name type` or `@name! type` where it is required, `@*` for those of other
/// namespaces, `@**` for any; `= type` where it holds text alone, `%mixed` where text may stand between elements; and its content
/// in order: `name:type`, groups `(a:x b:y)` and choices `(a:x | b:y)`, `#` for an element of another namespace, each with `?`,
/// `*` or `+`. A definition `name = …` is a type of text: a built-in type with bounds of its length or value and a rule for
/// texts, or several types joined by `|`; its parts are quoted words that the text may be. The root is the definition `bom`.
struct ElementNotation {
    private let rules: [String: Shape]
    private var numbers: [String: Int] = [:]
    private var types: [ElementSchema.Kind] = []

    /// The schema that the table describes for an edition.
    static func schema(_ table: [StaticString], edition: Int, root: String, rules: [String: Shape]) -> ElementSchema {
        var notation = ElementNotation(rules: rules)
        let definitions = RuleNotation(table, edition: edition).definitions
        for definition in definitions { _ = notation.reserve(definition.name) }
        for (number, definition) in definitions.enumerated() { notation.types[number] = notation.type(definition) }
        return ElementSchema(types: notation.types, root: (root, notation.number(root)))
    }

    private init(rules: [String: Shape]) { self.rules = rules }

    private mutating func reserve(_ name: String) -> Int {
        numbers[name] = types.count
        types.append(.anything)
        return types.count - 1
    }

    /// The number of a type by name; built-in types and rules for texts get theirs when they are first met.
    private mutating func number(_ name: String) -> Int {
        if let number = numbers[name] { return number }
        let number = reserve(name)
        if let base = TextShape.Base(rawValue: name) {
            types[number] = .text(TextShape(base: base))
        } else if case .text(let meaning, let rule)? = rules[name] {
            types[number] = .text(TextShape(base: .string, rule: (meaning, rule)))
        } else {
            precondition(name == "anyType", "no such type in a table: \(name)")
        }
        return number
    }

    private mutating func type(_ definition: RuleNotation.Definition) -> ElementSchema.Kind {
        guard let expression = definition.expression else { return .element(element(definition)) }
        if expression.contains("|") {
            return .oneOf(expression.split(separator: "|").map { number($0.filter { $0 != " " }) })
        }
        var text = RuleText(expression)
        let name = text.word()
        guard let base = TextShape.Base(rawValue: name) else { return .oneOf([number(name)]) }
        var shape = TextShape(base: base)
        shape.bounds = text.bounds().map { ($0.lower ?? -.infinity, $0.upper ?? .infinity) }
        text.skipSpace()
        if !text.isAtEnd, case .text(let meaning, let rule)? = rules[text.word()] { shape.rule = (meaning, rule) }
        for part in definition.parts {
            var words = RuleText(part)
            shape.words += words.quotedWords()
        }
        return .text(shape)
    }

    private mutating func element(_ definition: RuleNotation.Definition) -> ElementShape {
        var shape = ElementShape()
        var model = ContentModelBuilder()
        for part in definition.parts {
            var text = RuleText(part)
            if text.take("@**") {
                shape.others = .any
            } else if text.take("@*") {
                shape.others = .foreign
            } else if text.take("@") {
                let name = text.word()
                let isRequired = text.take("!")
                text.skipSpace()
                shape.attributes.append(.init(name: name, isRequired: isRequired, type: number(text.word())))
            } else if text.take("= ") {
                shape.text = number(text.word())
            } else if text.take("%mixed") {
                shape.isMixed = true
            } else {
                model.append(particle(&text, &model))
            }
        }
        shape.content = model.finished
        return shape
    }

    private mutating func particle(_ text: inout RuleText, _ model: inout ContentModelBuilder) -> ContentModelBuilder.Part {
        text.skipSpace()
        var part: ContentModelBuilder.Part
        if text.take("(") {
            part = particle(&text, &model)
            text.skipSpace()
            var isChoice: Bool?
            while !text.take(")") {
                let bar = text.take("|")
                precondition(isChoice ?? bar == bar, "a group in a table is a sequence or a choice")
                isChoice = bar
                let next = particle(&text, &model)
                part = bar ? model.choice(part, next) : model.sequence(part, next)
                text.skipSpace()
            }
        } else if text.take("#") {
            part = model.position(nil, number("anyType"))
        } else {
            let name = text.word()
            text.demand(":")
            part = model.position(name, number(text.word()))
        }
        if text.take("?") { return model.optional(part) }
        if text.take("*") { return model.optional(model.repeated(part)) }
        return text.take("+") ? model.repeated(part) : part
    }
}

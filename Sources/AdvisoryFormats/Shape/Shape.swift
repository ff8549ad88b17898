import JSONText

/// What a format allows at one place of a document: as much of JSON Schema as the formats here need, as Swift values.
indirect enum Shape: Sendable {
    case any
    case bool
    /// A number without a fraction; `1.0` counts, as in JSON Schema.
    case integer(minimum: Int64?)
    case number(ClosedRange<Double>?)
    /// A number that satisfies a rule; the text says which, for people.
    case amount(StaticString, @Sendable (Double) -> Bool)
    case string(minimumLength: Int)
    /// A string of so many characters, which are code points as in JSON Schema (6.3.1).
    case boundedString(ClosedRange<Int>)
    /// A string that satisfies a rule; the text says which, for people.
    case text(StaticString, @Sendable (UnsafeBufferPointer<UInt8>) -> Bool)
    /// A string as `text` that also bears witness to the array around it (`containing`) where it satisfies a second rule.
    case witness(StaticString, @Sendable (UnsafeBufferPointer<UInt8>) -> Bool, @Sendable (UnsafeBufferPointer<UInt8>) -> Bool)
    case oneOf([StaticString])
    case array(Shape, minimumCount: Int, maximumCount: Int = .max, isUnique: Bool)
    /// A value, inside which at least one witness is found; the text says what of, for people.
    case containing(StaticString, Shape)
    case object(ObjectShape)
    /// An object with free names.
    case map(Shape)
    /// Another shape of the same schema, by number; shapes may contain themselves.
    case definition(Int)
}

extension Shape {
    static let string = Shape.string(minimumLength: 0)
    static let integer = Shape.integer(minimum: nil)

    static func array(_ element: Shape) -> Shape { .array(element, minimumCount: 0, isUnique: false) }
    static func set(_ element: Shape) -> Shape { .array(element, minimumCount: 0, isUnique: true) }
    static func nonEmptyArray(_ element: Shape) -> Shape { .array(element, minimumCount: 1, isUnique: false) }
    static func nonEmptySet(_ element: Shape) -> Shape { .array(element, minimumCount: 1, isUnique: true) }
}

/// Sets of members of which one must be present, or exactly one (`anyOf` and `oneOf` over `required`).
struct ObjectChoice: Sendable {
    struct Option: Sendable {
        var names: [String]
        /// The greatest number of members the object may have for this option.
        var maximumCount = Int.max
    }

    var options: [Option]
    var isExclusive = false
    /// What is wanted, for people.
    var meaning: StaticString
}

/// A rule on the bytes of two members that must fit each other; objects that lack one of them satisfy it.
struct ObjectAgreement: Sendable {
    var first: String
    var second: String
    var meaning: StaticString
    var rule: @Sendable (_ first: [UInt8], _ second: [UInt8]) -> Bool
}

/// The members of an object: which are defined, which must be there. A class, because a check passes it around per object.
final class ObjectShape: Sendable {
    /// How many members an object shape may define: their presence is kept in one word.
    static let maximumMembers = 64

    struct Member: Sendable {
        let name: StaticString
        let shape: Shape
    }

    let members: [Member]
    /// The members that must be present, as bits.
    let required: UInt64
    /// Of these members, as bits, at least one must be present (exactly one if `isExclusive`).
    let alternatives: UInt64
    let isExclusive: Bool
    /// The shape of members that are not defined; nil forbids them.
    let others: Shape?
    /// What the names of members that are not defined must satisfy.
    let otherNames: (@Sendable (UnsafeBufferPointer<UInt8>) -> Bool)?
    let memberCount: ClosedRange<Int>
    /// Whether values of other types pass too: a JSON Schema that names no type asks nothing of them.
    let passesOtherTypes: Bool
    let choices: [Choice]
    let agreement: Agreement?

    /// `ObjectChoice` with members as bits.
    struct Choice: Sendable {
        let options: [(members: UInt64, maximumCount: Int)]
        let isExclusive: Bool
        let meaning: StaticString
    }

    /// `ObjectAgreement` with members as indices.
    struct Agreement: Sendable {
        let first: Int
        let second: Int
        let meaning: StaticString
        let rule: @Sendable ([UInt8], [UInt8]) -> Bool
    }

    init(
        _ members: KeyValuePairs<StaticString, Shape>, required: [String] = [], anyOf: [String] = [],
        exactlyOneOf: [String] = [], others: Shape? = .any,
        otherNames: (@Sendable (UnsafeBufferPointer<UInt8>) -> Bool)? = nil, memberCount: ClosedRange<Int> = 0...Int.max,
        passesOtherTypes: Bool = false, choices: [ObjectChoice] = [], agreement: ObjectAgreement? = nil
    ) {
        precondition(members.count <= Self.maximumMembers, "too many members in one object shape")
        self.members = members.map { Member(name: $0.key, shape: $0.value) }
        self.others = others
        self.otherNames = otherNames
        self.memberCount = memberCount
        self.passesOtherTypes = passesOtherTypes
        let defined = self.members
        self.required = Self.bits(of: required, in: defined)
        self.choices = choices.map { choice in
            Choice(
                options: choice.options.map { (Self.bits(of: $0.names, in: defined), $0.maximumCount) },
                isExclusive: choice.isExclusive, meaning: choice.meaning
            )
        }
        self.agreement = agreement.map { agreement in
            Agreement(
                first: Self.bits(of: [agreement.first], in: defined).trailingZeroBitCount,
                second: Self.bits(of: [agreement.second], in: defined).trailingZeroBitCount,
                meaning: agreement.meaning, rule: agreement.rule
            )
        }
        alternatives = Self.bits(of: anyOf + exactlyOneOf, in: self.members)
        isExclusive = !exactlyOneOf.isEmpty
    }

    private static func bits(of names: [String], in members: [Member]) -> UInt64 {
        names.reduce(0) { bits, name in
            guard let index = members.firstIndex(where: { $0.name.description == name }) else {
                preconditionFailure("a required member is not defined: \(name)")
            }
            return bits | 1 << UInt64(index)
        }
    }

    /// The defined member with this name.
    func index(of key: JSONKey) -> Int? {
        for index in members.indices where key == members[index].name { return index }
        return nil
    }

    /// The names behind bits, for people.
    func names(_ bits: UInt64) -> String {
        members.indices.filter { bits & 1 << UInt64($0) != 0 }.map { "\"\(members[$0].name)\"" }.joined(separator: ", ")
    }
}

/// A whole format: the shape of its documents and the shapes that refer to each other.
struct ShapeSchema: Sendable {
    let root: Shape
    let definitions: [Shape]
}

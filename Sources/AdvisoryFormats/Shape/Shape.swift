import JSONText

/// What a format allows at one place of a document: as much of JSON Schema as the formats here need, as Swift values.
indirect enum Shape: Sendable {
    case any
    case bool
    /// A number without a fraction; `1.0` counts, as in JSON Schema.
    case integer(minimum: Int64?)
    case number(ClosedRange<Double>?)
    case string(minimumLength: Int)
    /// A string that satisfies a rule; the text says which, for people.
    case text(StaticString, @Sendable (UnsafeBufferPointer<UInt8>) -> Bool)
    case oneOf([StaticString])
    case array(Shape, minimumCount: Int, isUnique: Bool)
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

/// The members of an object: which are defined, which must be there.
struct ObjectShape: Sendable {
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
    var alternatives: UInt64
    var isExclusive: Bool
    /// The shape of members that are not defined; nil forbids them.
    let others: Shape?
    let memberCount: ClosedRange<Int>

    init(
        _ members: KeyValuePairs<StaticString, Shape>, required: [String] = [], anyOf: [String] = [],
        exactlyOneOf: [String] = [], others: Shape? = .any, memberCount: ClosedRange<Int> = 0...Int.max
    ) {
        precondition(members.count <= Self.maximumMembers, "too many members in one object shape")
        self.members = members.map { Member(name: $0.key, shape: $0.value) }
        self.others = others
        self.memberCount = memberCount
        self.required = Self.bits(of: required, in: self.members)
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

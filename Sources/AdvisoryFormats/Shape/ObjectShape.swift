import JSONText

/// The members of an object: which are defined, which must be there. A class, because a check passes it around per object.
final class ObjectShape: Sendable {
    /// How many members an object shape may define: their presence is kept in one word.
    static let maximumMembers = 64

    struct Member: Sendable {
        let name: ShapeWord
        let shape: Shape
    }

    let members: [Member]
    /// The members that must be present, as bits.
    let required: UInt64
    let choices: [Choice]
    /// Groups of members, as bits, that must not be there together.
    let conflicts: [UInt64]
    let conditions: [Condition]
    let agreement: Agreement?
    /// The shape of members that are not defined; nil forbids them.
    let others: Shape?
    /// What the names of members that are not defined must satisfy.
    let otherNames: (@Sendable (UnsafeBufferPointer<UInt8>) -> Bool)?
    let memberCount: ClosedRange<Int>
    /// Whether values of other types pass too: a JSON Schema that names no type asks nothing of them.
    let passesOtherTypes: Bool

    /// `MemberChoice` with members as bits.
    struct Choice: Sendable {
        let groups: [(members: UInt64, isAlone: Bool)]
        let isExclusive: Bool
    }

    /// `MemberCondition` with members as indices.
    struct Condition: Sendable {
        let member: Int
        let needsTrue: Int
    }

    /// `MemberAgreement` with members as indices.
    struct Agreement: Sendable {
        let first: Int
        let second: Int
        let meaning: StaticString
        let rule: @Sendable ([UInt8], [UInt8]) -> Bool
    }

    init(
        members: [Member], required: [String] = [], choices: [MemberChoice] = [], conflicts: [[String]] = [],
        conditions: [MemberCondition] = [], agreement: MemberAgreement? = nil, others: Shape? = .any,
        otherNames: (@Sendable (UnsafeBufferPointer<UInt8>) -> Bool)? = nil, memberCount: ClosedRange<Int> = 0...Int.max,
        passesOtherTypes: Bool = false
    ) {
        precondition(members.count <= Self.maximumMembers, "too many members in one object shape")
        let index = { (name: String) in Self.index(of: name, in: members) }
        let bits = { (names: [String]) in names.reduce(0) { $0 | 1 << UInt64(index($1)) } as UInt64 }
        self.members = members
        self.required = bits(required)
        self.choices = choices.map { choice in
            Choice(groups: choice.groups.map { (bits($0.names), $0.isAlone) }, isExclusive: choice.isExclusive)
        }
        self.conflicts = conflicts.map(bits)
        self.conditions = conditions.map { Condition(member: index($0.member), needsTrue: index($0.needsTrue)) }
        self.agreement = agreement.map {
            Agreement(first: index($0.first), second: index($0.second), meaning: $0.meaning, rule: $0.rule)
        }
        self.others = others
        self.otherNames = otherNames
        self.memberCount = memberCount
        self.passesOtherTypes = passesOtherTypes
    }

    /// A shape as it is written in Swift, which needs no conflicts and conditions so far.
    convenience init(
        _ members: KeyValuePairs<ShapeWord, Shape>, required: [String] = [], choices: [MemberChoice] = [],
        agreement: MemberAgreement? = nil, others: Shape? = .any,
        otherNames: (@Sendable (UnsafeBufferPointer<UInt8>) -> Bool)? = nil, memberCount: ClosedRange<Int> = 0...Int.max,
        passesOtherTypes: Bool = false
    ) {
        self.init(
            members: members.map { Member(name: $0.key, shape: $0.value) }, required: required, choices: choices,
            agreement: agreement, others: others, otherNames: otherNames, memberCount: memberCount,
            passesOtherTypes: passesOtherTypes
        )
    }

    private static func index(of name: String, in members: [Member]) -> Int {
        guard let index = members.firstIndex(where: { $0.name.description == name }) else {
            preconditionFailure("a rule names a member that is not defined: \(name)")
        }
        return index
    }

    /// The defined member with this name.
    func index(of key: JSONKey) -> Int? {
        key.withDecodedBytes { name in
            for index in members.indices where members[index].name.equals(name) { return index }
            return nil
        }
    }

    /// The names behind bits, for people.
    func names(_ bits: UInt64, joinedBy separator: String = ", ") -> String {
        members.indices.filter { bits & 1 << UInt64($0) != 0 }.map { "\"\(members[$0].name)\"" }.joined(separator: separator)
    }
}

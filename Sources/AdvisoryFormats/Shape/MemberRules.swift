/// Groups of members of which one must be there entirely: exactly one if `isExclusive`, else at least one (`oneOf` and `anyOf` over
/// `required`).
struct MemberChoice: Sendable {
    struct Group: Sendable, ExpressibleByStringLiteral, ExpressibleByArrayLiteral {
        let names: [String]
        /// Whether the object may have no other member then.
        let isAlone: Bool

        init(_ names: [String], isAlone: Bool = false) {
            self.names = names
            self.isAlone = isAlone
        }

        init(stringLiteral name: String) { self.init([name]) }
        init(arrayLiteral names: String...) { self.init(names) }

        static func alone(_ names: String...) -> Group { Group(names, isAlone: true) }
    }

    let groups: [Group]
    let isExclusive: Bool

    static func anyOf(_ groups: Group...) -> MemberChoice { MemberChoice(groups: groups, isExclusive: false) }
    static func oneOf(_ groups: Group...) -> MemberChoice { MemberChoice(groups: groups, isExclusive: true) }
}

/// A member that only an object may have whose other member is `true`.
struct MemberCondition: Sendable {
    let member: String
    let needsTrue: String
}

/// A rule on the bytes of two members that must fit each other; objects that lack one of them satisfy it.
struct MemberAgreement: Sendable {
    let first: String
    let second: String
    let meaning: StaticString
    let rule: @Sendable (_ first: [UInt8], _ second: [UInt8]) -> Bool
}

/// The members of a JSON object, in the order they stand; names are unique.
///
/// Two objects are equal when they have the same members, in whatever order (RFC 8259 section 4). Names are compared
/// code point by code point, never by Unicode equivalence as `String` does.
public struct JSONObject: Sendable, Hashable {
    /// A name and its value.
    public struct Member: Sendable {
        /// The name, decoded.
        public var key: String
        /// The value.
        public var value: JSONValue

        /// Joins a name and a value.
        public init(key: String, value: JSONValue) {
            self.key = key
            self.value = value
        }
    }

    /// Objects above this size keep an index beside their members, so that a lookup never scans a long list.
    private static let linearLimit = 16

    /// The members in order.
    public private(set) var members: [Member]
    private var index: [ExactText: Int]?

    /// An object without members.
    public init() {
        members = []
    }

    /// Creates an object; where a name occurs twice the later value takes the place of the earlier one.
    public init(_ pairs: [(String, JSONValue)]) {
        self.init()
        members.reserveCapacity(pairs.count)
        for (key, value) in pairs { self[key] = value }
    }

    /// Wraps members whose names the reader has already found to be unique.
    init(uniqueMembers: [Member]) {
        members = uniqueMembers
        rebuildIndex()
    }

    /// Number of members.
    public var count: Int { members.count }

    /// Whether there is no member.
    public var isEmpty: Bool { members.isEmpty }

    /// The names in order.
    public var keys: [String] { members.map(\.key) }

    /// The value of a member, or nil when there is none; setting nil removes the member, setting a new name appends it.
    public subscript(key: String) -> JSONValue? {
        get { position(of: key).map { members[$0].value } }
        set {
            switch (position(of: key), newValue) {
            case (let position?, let value?): members[position].value = value
            case (let position?, nil):
                members.remove(at: position)
                rebuildIndex()
            case (nil, let value?): append(Member(key: key, value: value))
            case (nil, nil): break
            }
        }
    }

    private func position(of key: String) -> Int? {
        if let index { return index[ExactText(key)] }
        return members.firstIndex { ExactText($0.key) == ExactText(key) }
    }

    private mutating func append(_ member: Member) {
        members.append(member)
        if index != nil {
            index?[ExactText(member.key)] = members.count - 1
        } else if members.count > Self.linearLimit {
            rebuildIndex()
        }
    }

    private mutating func rebuildIndex() {
        guard members.count > Self.linearLimit else {
            index = nil
            return
        }
        var fresh: [ExactText: Int] = [:]
        fresh.reserveCapacity(members.count)
        for (position, member) in members.enumerated() { fresh[ExactText(member.key)] = position }
        index = fresh
    }

    public static func == (a: JSONObject, b: JSONObject) -> Bool {
        a.count == b.count && a.members.allSatisfy { b[$0.key] == $0.value }
    }

    public func hash(into hasher: inout Hasher) {
        // The order must not matter, so the members' hashes are summed.
        var sum = 0
        for member in members {
            var single = Hasher()
            single.combine(ExactText(member.key))
            single.combine(member.value)
            sum &+= single.finalize()
        }
        hasher.combine(sum)
    }
}

/// Text that is equal only to the same code points; `String` would call "é" and "e" + U+0301 equal.
struct ExactText: Hashable, Sendable {
    let text: String

    init(_ text: String) { self.text = text }

    static func == (a: ExactText, b: ExactText) -> Bool {
        a.text.utf8.count == b.text.utf8.count && a.text.utf8.elementsEqual(b.text.utf8)
    }

    func hash(into hasher: inout Hasher) {
        var copy = text
        copy.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        hasher.combine(UInt8(0xFF))
    }
}

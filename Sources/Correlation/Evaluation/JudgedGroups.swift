import JSONText

/// What is known about which records are one vulnerability: the other file of an evaluation.
///
/// One JSON object a line, of one of three kinds:
/// - `{"members": ["a", "b"]}`: these are one vulnerability. A member is an id, or `{"id": …}` with anything else beside it.
/// - `{"unjudged": ["c"]}`: nobody knows what these are; pairs with them are neither right nor wrong.
/// - `{"judgedAmong": ["d", "e"]}`: known among themselves only, as when they have no names in common with the rest.
///
/// A record that no line names is a vulnerability of its own.
package struct JudgedGroups: Sendable {
    /// The group of each member, by number.
    package private(set) var groups: [String: Int] = [:]
    package private(set) var unjudged: Set<String> = []
    /// The number of the line that names each.
    private var populations: [String: Int] = [:]
    private var sizes: [Int: Int] = [:]
    private var firsts: [Int: String] = [:]

    package init() {}

    /// - Returns: the lines that can't be read; the others count.
    package mutating func read(lines bytes: [UInt8]) -> [CorrelationRecord.Malformation] {
        var malformations: [CorrelationRecord.Malformation] = []
        for (place, line) in bytes.split(separator: .newline, omittingEmptySubsequences: false).enumerated() {
            guard line.contains(where: { $0 > .space }) else { continue }
            if let fault = read(Array(line), number: place + 1) {
                malformations.append(CorrelationRecord.Malformation(line: place + 1, member: fault.member, reason: fault.reason))
            }
        }
        return malformations
    }

    private mutating func read(_ line: [UInt8], number: Int) -> MemberFault? {
        guard let object = (try? JSONValue(parsing: line))?.object else { return MemberFault("", "not a JSON object") }
        for key in ["members", "unjudged", "judgedAmong"] {
            guard let list = object[key]?.array else { continue }
            var ids: [String] = []
            for (place, element) in list.enumerated() {
                guard let id = element.string ?? element["id"]?.string else { return MemberFault("\(key)[\(place)]", "no id") }
                ids.append(id)
            }
            add(ids, as: key, number)
            return nil
        }
        return MemberFault("", "neither members nor unjudged nor judgedAmong")
    }

    private mutating func add(_ ids: [String], as key: String, _ number: Int) {
        switch key {
        case "unjudged": unjudged.formUnion(ids)
        case "judgedAmong": for id in ids { populations[id] = number }
        default: addGroup(ids, number)
        }
    }

    package mutating func addGroup(_ members: [String], _ number: Int) {
        for id in members { groups[id] = number }
        sizes[number] = Set(members).count
        firsts[number] = members.min()
    }

    package mutating func leaveUnjudged(_ ids: some Sequence<String>) { unjudged.formUnion(ids) }

    package mutating func judgeAmongThemselves(_ ids: some Sequence<String>) { for id in ids { populations[id] = -1 } }

    /// The half of a record: its group's first member decides, so that groups stay whole and anybody divides alike. One half
    /// chooses the threshold, the other judges.
    package func half(of id: String) -> Int {
        let name = groups[id].flatMap { firsts[$0] } ?? id
        var state: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in name.utf8 { state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return Int(state >> 32 & 1)
    }

    /// Whether a proposal is right; nil where nobody knows.
    package func verdict(_ a: String, _ b: String) -> Bool? {
        if let group = groups[a], group == groups[b] { return true }
        if unjudged.contains(a) || unjudged.contains(b) || populations[a] != populations[b] { return nil }
        return false
    }

    /// Pairs within the groups of a half, or of both.
    package func truePairCount(half: Int?) -> Int {
        sizes.reduce(0) { sum, group in
            let isCounted = half == nil || firsts[group.key].map { self.half(of: $0) } == half
            return isCounted ? sum + group.value * (group.value - 1) / 2 : sum
        }
    }
}

import JSONText

/// Paging by place in the journal: a page is never shifted by what arrives meanwhile, and every page costs the same.
struct Paging {
    let before: Int64
    let limit: Int64

    static let parameters: [Endpoint.QueryParameter] = [
        .init(name: "before", meaning: "only entries before this sequence; take it from `next`", isInteger: true),
        limit
    ]

    static let limit = Endpoint.QueryParameter(
        name: "limit", meaning: "how many, 1 to 1000; 100 unless told", isInteger: true
    )

    init(_ call: Call) throws {
        before = try call.integerQuery("before", default: .max, in: 0...(.max))
        limit = try call.integerQuery("limit", default: 100, in: 1...1_000)
    }

    /// Where the next page begins; null after the last.
    func next(_ sequences: [Int64]) -> JSONValue {
        guard let last = sequences.last, sequences.count == Int(limit) else { return .null }
        return .number(JSONNumber(last))
    }
}

import JSONText

/// What a document that is no valid OSV record says of itself, so that a report can name it.
public struct RefusedOSVDocument: Sendable, Hashable {
    /// Its own identifier, where it has one.
    public let id: String?
    /// True where it is JSON without the identifier that every OSV record has: most likely it is of another kind altogether.
    public let isForeign: Bool

    /// Looks into bytes that were refused.
    public init(_ bytes: [UInt8]) {
        let value = try? JSONValue(parsing: bytes)
        id = value?["id"]?.string
        isForeign = value.map { $0["id"] == nil } ?? false
    }

    /// The name in a report: its own, and that under which it came.
    public func name(_ given: String) -> String { id.map { "\($0) (\(given))" } ?? given }
}

/// A moment as RFC 3339 section 5.6 writes it, with the text it was written with.
///
/// Moments compare by time, whatever their offset from UTC; equal moments may have different texts, and `==` compares the
/// moment only.
public struct WrittenTimestamp: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The text as it was written.
    public let text: String
    /// Whole seconds since 1970-01-01T00:00:00Z, leap seconds not counted; a leap second equals the second after it.
    public let secondsSince1970: Int64
    /// The fraction of the second; digits beyond nanoseconds are dropped.
    public let nanoseconds: Int32

    /// Parses an RFC 3339 `date-time`; nil when the text is not one, or names a day or time that does not exist.
    public init?(_ text: String) {
        var copy = text
        guard let parsed = copy.withUTF8({ RFC3339.parse($0) }) else { return nil }
        self.init(text: text, parsed)
    }

    /// The moment in UTC with second precision, written with `Z`. Nil outside the years 0000 to 9999.
    public init?(secondsSince1970 seconds: Int64) {
        guard let text = RFC3339.text(secondsSince1970: seconds) else { return nil }
        self.text = text
        secondsSince1970 = seconds
        nanoseconds = 0
    }

    init(text: String, _ parsed: RFC3339.Moment) {
        self.text = text
        secondsSince1970 = parsed.seconds
        nanoseconds = parsed.nanoseconds
    }

    public var description: String { text }

    public static func == (a: WrittenTimestamp, b: WrittenTimestamp) -> Bool {
        a.secondsSince1970 == b.secondsSince1970 && a.nanoseconds == b.nanoseconds
    }

    public static func < (a: WrittenTimestamp, b: WrittenTimestamp) -> Bool {
        (a.secondsSince1970, a.nanoseconds) < (b.secondsSince1970, b.nanoseconds)
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(secondsSince1970)
        hasher.combine(nanoseconds)
    }
}

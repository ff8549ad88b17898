/// How much a reader accepts before it refuses, so that hostile bytes cost a bounded amount of memory.
public struct XMLLimits: Sendable {
    /// Elements that may be open at once. Components of real inventories nest below 30 levels.
    public static let defaultMaximumDepth = 200

    /// Bytes of one document, the same as for JSON.
    public static let defaultMaximumBytes = 64 * 1024 * 1024

    /// Attributes of one element: their names are compared with each other, so their number is bounded.
    public static let defaultMaximumAttributes = 64

    /// The standard limits.
    public static let standard = XMLLimits()

    /// Greatest number of elements open at once.
    public let maximumDepth: Int

    /// Greatest number of bytes of one document.
    public let maximumBytes: Int

    /// Greatest number of attributes of one element, namespace declarations included.
    public let maximumAttributes: Int

    /// Creates limits; negative values become zero.
    public init(
        maximumDepth: Int = XMLLimits.defaultMaximumDepth, maximumBytes: Int = XMLLimits.defaultMaximumBytes,
        maximumAttributes: Int = XMLLimits.defaultMaximumAttributes
    ) {
        self.maximumDepth = max(0, maximumDepth)
        self.maximumBytes = max(0, maximumBytes)
        self.maximumAttributes = max(0, maximumAttributes)
    }
}

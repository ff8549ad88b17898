/// How much a reader accepts before it refuses, so that hostile bytes cost a bounded amount of memory and stack.
public struct JSONLimits: Sendable {
    /// Containers that may be open at once. Real advisories, SARIF logs and CSAF product trees stay below 40 levels;
    /// RFC 8259 section 9 lets an implementation set this limit.
    public static let defaultMaximumDepth = 100

    /// Bytes of one document. The largest public SARIF and CSAF documents are below 40 MiB; bigger uploads are split.
    public static let defaultMaximumBytes = 64 * 1024 * 1024

    /// The depth no caller may exceed: the reader recurses, and 512 frames stay far below the 512 KiB stack of a
    /// secondary thread.
    public static let highestDepth = 512

    /// The standard limits.
    public static let standard = JSONLimits()

    /// Greatest number of containers open at once, never above `highestDepth`.
    public let maximumDepth: Int

    /// Greatest number of bytes of one document.
    public let maximumBytes: Int

    /// Creates limits; a depth above `highestDepth` is lowered to it and negative values become zero.
    public init(
        maximumDepth: Int = JSONLimits.defaultMaximumDepth,
        maximumBytes: Int = JSONLimits.defaultMaximumBytes
    ) {
        self.maximumDepth = max(0, min(maximumDepth, JSONLimits.highestDepth))
        self.maximumBytes = max(0, maximumBytes)
    }
}

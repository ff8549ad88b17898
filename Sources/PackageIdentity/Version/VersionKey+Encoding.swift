extension VersionKey {
    /// The key of a version.
    ///
    /// Whitespace around the version is ignored. What a scheme accepts is documented at the scheme.
    ///
    /// - Throws: `VersionError` with code `empty`, `length`, `malformed`, or `scheme` when the order is not known.
    public init(encoding version: String, in scheme: VersionScheme) throws(VersionError) {
        try self.init(encoding: version.utf8Span.span, in: scheme)
    }

    /// The key of a version in UTF-8; see `init(encoding:in:)` for a string.
    public init(encoding version: Span<UInt8>, in scheme: VersionScheme) throws(VersionError) {
        self = try Self.withKey(of: version, in: scheme) { (writer: borrowing KeyWriter) in VersionKey(copying: writer) }
    }

    /// Appends the key of a version to a buffer that the caller reuses; nothing is allocated besides the growth of `buffer`.
    ///
    /// - Throws: `VersionError`, and `buffer` is unchanged.
    public static func append(
        encoding version: Span<UInt8>, in scheme: VersionScheme, to buffer: inout [UInt8]
    ) throws(VersionError) {
        try withKey(of: version, in: scheme) { (writer: borrowing KeyWriter) in buffer.append(contentsOf: writer.written) }
    }

    /// Room for the worst case of all schemes: the legacy form of PEP 440 pads a digit to eight bytes and a terminator.
    @inline(__always)
    private static func capacity(forVersionOfLength length: Int) -> Int { 10 * length + 64 }

    /// Encodes on the stack (on the heap only beyond some hundred bytes of version) and lends the key to `body`.
    @inline(__always)
    private static func withKey<Result>(
        of version: Span<UInt8>, in scheme: VersionScheme, _ body: (borrowing KeyWriter) -> Result
    ) throws(VersionError) -> Result {
        if version.count > maximumVersionLength {
            throw VersionError(.length, at: maximumVersionLength, "The version is longer than any version is.")
        }
        return try version.withUnsafeBufferPointer { bytes throws(VersionError) in
            let trimmed = try trimmingWhitespace(bytes)
            return try withUnsafeTemporaryAllocation(of: UInt8.self, capacity: capacity(forVersionOfLength: trimmed.count)) {
                memory throws(VersionError) in
                guard var writer = KeyWriter(memory) else { throw VersionError(.empty, at: 0, "The version is empty.") }
                try scheme.encode(trimmed, &writer)
                if writer.isFull { throw VersionError(.length, at: 0, "The key of the version is too long.") }
                return body(writer)
            }
        }
    }

    @inline(__always)
    private static func trimmingWhitespace(
        _ bytes: UnsafeBufferPointer<UInt8>
    ) throws(VersionError) -> UnsafeBufferPointer<UInt8> {
        var start = 0
        var end = bytes.count
        while start < end, bytes[start] <= 0x20 { start += 1 }
        while end > start, bytes[end - 1] <= 0x20 { end -= 1 }
        if start == end { throw VersionError(.empty, at: 0, "The version is empty.") }
        return UnsafeBufferPointer(rebasing: bytes[start..<end])
    }

    @inline(__always)
    private init(copying writer: borrowing KeyWriter) {
        let (high, middle, last) = writer.firstWords()
        let low = last & ~0xFF
        if writer.count <= Self.inlineCapacity {
            self.init(high: high, middle: middle, low: low | UInt64(writer.count), tail: nil)
        } else {
            let tail = [UInt8](UnsafeBufferPointer(rebasing: writer.written[Self.inlineCapacity...]))
            self.init(high: high, middle: middle, low: low | UInt64(Self.inlineCapacity + 1), tail: tail)
        }
    }
}

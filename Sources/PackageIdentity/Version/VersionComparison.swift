/// How one version stands to another in the order of a scheme.
public enum VersionComparison: Int8, Hashable, Sendable {
    case before = -1
    /// The scheme calls them equal, however they are spelled.
    case equal = 0
    case after = 1
}

extension VersionScheme {
    /// How the left version stands to the right one: what comparing their keys gives, for two versions that are compared once.
    ///
    /// A key is made to its end, while most pairs differ at their first characters. So where a scheme can compare two texts
    /// where they stand (dpkg), no key is made. Whoever compares a version with more than one other makes its key.
    ///
    /// - Throws: what `VersionKey.init(encoding:in:)` throws for the left version, or else for the right one.
    public func compare(_ left: String, _ right: String) throws(VersionError) -> VersionComparison {
        try compare(left.utf8Span.span, right.utf8Span.span)
    }

    /// How versions in UTF-8 stand to each other; see `compare` for strings.
    @inline(__always)
    public func compare(_ left: Span<UInt8>, _ right: Span<UInt8>) throws(VersionError) -> VersionComparison {
        if self == .dpkg, let comparison = DpkgComparison.compare(left, right) { return comparison }
        return try compareKeys(left, right)
    }

    private func compareKeys(_ left: Span<UInt8>, _ right: Span<UInt8>) throws(VersionError) -> VersionComparison {
        let left = try VersionKey(encoding: left, in: self)
        let right = try VersionKey(encoding: right, in: self)
        return left == right ? .equal : left < right ? .before : .after
    }
}

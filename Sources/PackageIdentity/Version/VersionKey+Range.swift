extension VersionKey {
    /// The key right after this one in byte order: no version of any scheme lies between them, so that everything up to and
    /// including this version is everything below its successor. With it every range can be stored half-open.
    public var successor: VersionKey { VersionKey(bytes: bytes + [0x00]) }

    /// Whether this version lies in `[lower, upper)`; a nil `upper` is an open end.
    public func isWithin(_ lower: VersionKey, to upper: VersionKey?) -> Bool {
        if self < lower { return false }
        guard let upper else { return true }
        return self < upper
    }

    /// Whether this version lies in `[lower, last]`, both ends included.
    public func isWithin(_ lower: VersionKey, through last: VersionKey) -> Bool { !(self < lower) && !(last < self) }
}

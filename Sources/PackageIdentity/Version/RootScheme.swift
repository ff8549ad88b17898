extension VersionScheme {
    /// The order of Root's rebuilds of packages whose own versions this scheme orders (https://root.io): a version may end in
    /// `+root.io.N` or `.root.io.N`; without that, versions compare as in this scheme, and equal ones by N, which is 0 where
    /// there is none. So `4+deb12u1.root.io.1` stays above `4.root.io.2`, as the packages below are.
    ///
    /// Key: that of this scheme, and N as a number. The name of the scheme is that of this one behind `root-`.
    public var rebuiltByRoot: VersionScheme { VersionScheme(kind, isRebuiltByRoot: isOrdered) }
}

/// What Root appends to the version of the package that it rebuilds; see `VersionScheme.rebuiltByRoot`.
struct RootRebuild {
    private static let mark: StaticString = "root.io."

    /// Where the version of the package ends.
    let end: Int
    /// The digits of the rebuild's number; none where the version is no rebuild.
    let number: Range<Int>

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        var digits = bytes.count
        while digits > 0, bytes[digits - 1].isASCIIDigit { digits -= 1 }
        let start = digits - Self.mark.utf8CodeUnitCount
        // At least one byte of the package's version, and the separator.
        guard digits < bytes.count, start > 1, bytes.isWord(Self.mark, start, digits),
            bytes[start - 1] == UInt8(ascii: "+") || bytes[start - 1] == UInt8(ascii: ".")
        else {
            end = bytes.count
            number = end..<end
            return
        }
        end = start - 1
        number = digits..<bytes.count
    }
}

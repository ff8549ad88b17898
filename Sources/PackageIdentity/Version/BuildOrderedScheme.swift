extension VersionScheme {
    /// The order of Dart packages: `Version` of pub_semver (https://pub.dev/documentation/pub_semver), which is SemVer where
    /// build metadata counts: a version without it comes first, then its identifiers compare like those of a pre-release.
    ///
    /// Key: that of `semver`; then the identifiers of the build metadata, written like those of a pre-release, and `00`.
    public static var pub: VersionScheme { VersionScheme(.pub) }

    /// The order of Julia packages: `VersionNumber` (https://docs.julialang.org/en/v1/manual/strings/#man-version-number-literals).
    /// As in `pub` build metadata counts; and an identifier may be empty and sorts first, so that `1.0.0-` comes before every
    /// pre-release of `1.0.0`. OSV's ranges for Julia are of type `SEMVER` and do not ask this order.
    ///
    /// Key: that of `pub`, with `01` for an empty identifier.
    public static var julia: VersionScheme { VersionScheme(.julia) }
}

/// SemVer with an order of build metadata, written as keys; see `VersionScheme.pub`.
enum BuildOrderedEncoding {
    private static let julia = SemVerDialect(hasEmptyIdentifiers: true)

    static func encodePub(_ bytes: UnsafeBufferPointer<UInt8>, _ key: inout KeyWriter) throws(VersionError) {
        try encode(bytes, .semver, &key)
    }

    static func encodeJulia(_ bytes: UnsafeBufferPointer<UInt8>, _ key: inout KeyWriter) throws(VersionError) {
        try encode(bytes, julia, &key)
    }

    @inline(__always)
    private static func encode(
        _ bytes: UnsafeBufferPointer<UInt8>, _ dialect: SemVerDialect, _ key: inout KeyWriter
    ) throws(VersionError) {
        let plus = try SemVerEncoding.encode(bytes, from: SemVerEncoding.firstAfterLetterV(bytes), dialect, &key)
        if plus < bytes.count { SemVerEncoding.appendIdentifiers(bytes, plus + 1, bytes.count, dialect, &key) }
        key.append(SemVerEncoding.end)
    }
}

extension VersionScheme {
    /// The order of NuGet packages (https://learn.microsoft.com/en-us/nuget/concepts/package-versioning): SemVer with a fourth
    /// number, and with pre-releases that compare in lowercase. Build metadata counts for nothing.
    ///
    /// What is accepted and refused, and how, is as in `semver`, and so are numbers of any length; NuGet's own client takes
    /// identifiers of digits above 2³¹ for words.
    ///
    /// Key: four numbers, then as in `semver`.
    public static var nuget: VersionScheme { VersionScheme(.nuget) }
}

/// NuGet versions written as keys; see `VersionScheme.nuget`.
enum NuGetEncoding {
    private static let dialect = SemVerDialect(numbers: 4, isCaseless: true)

    static func encode(_ bytes: UnsafeBufferPointer<UInt8>, _ key: inout KeyWriter) throws(VersionError) {
        _ = try SemVerEncoding.encode(bytes, from: SemVerEncoding.firstAfterLetterV(bytes), dialect, &key)
    }
}

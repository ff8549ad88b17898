extension VersionScheme {
    /// The order of Go modules (https://go.dev/ref/mod#versions): SemVer with a `v`, so that pseudo-versions order by their
    /// time stamps and `+incompatible` counts for nothing, and `v1` and `v1.2` mean `v1.0.0` and `v1.2.0`.
    ///
    /// Accepted beyond that, because advisories and build information have them: no `v` (the Go vulnerability database
    /// writes none), and the tags of the toolchain and its standard library, `go1.21rc2` for `1.21.0-rc.2` and `go1.20.3`.
    /// Refused: `(devel)` and everything else without a number in front.
    ///
    /// The key is that of `semver`.
    public static var golang: VersionScheme { VersionScheme(.golang) }
}

/// Go versions written as keys; see `VersionScheme.golang`.
enum GolangEncoding {
    static func encode(_ bytes: UnsafeBufferPointer<UInt8>, _ key: inout KeyWriter) throws(VersionError) {
        if bytes.count > 2, bytes[0] == UInt8(ascii: "g"), bytes[1] == UInt8(ascii: "o") {
            return try encodeToolchain(bytes, &key)
        }
        try SemVerEncoding.encode(bytes, &key)
    }

    /// A toolchain tag separates the word of its pre-release from the number by nothing (`1.21rc2`), SemVer by a dot: as one
    /// identifier `rc10` would sort before `rc2`.
    private static func encodeToolchain(
        _ bytes: UnsafeBufferPointer<UInt8>, _ key: inout KeyWriter
    ) throws(VersionError) {
        var core = 2
        while core < bytes.count, bytes[core].isASCIIDigit || bytes[core] == UInt8(ascii: ".") { core += 1 }
        var word = core
        while word < bytes.count, bytes[word].isASCIILetter { word += 1 }
        var number = word
        while number < bytes.count, bytes[number].isASCIIDigit { number += 1 }
        guard word > core, number > word, number == bytes.count else {
            _ = try SemVerEncoding.encode(bytes, from: 2, .semver, &key)
            return
        }
        _ = try SemVerEncoding.encode(UnsafeBufferPointer(rebasing: bytes[..<core]), from: 2, .semver, &key)
        // The core alone is written as a release: its last byte makes room for the pre-release.
        key.shorten(to: key.count - 1)
        key.append(SemVerEncoding.text)
        key.appendText(bytes, core, word)
        key.appendNumber(bytes, word, number)
        key.append(SemVerEncoding.end)
    }
}

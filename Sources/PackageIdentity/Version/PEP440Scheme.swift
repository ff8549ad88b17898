extension VersionScheme {
    /// The order of Python packages: PEP 440
    /// (https://packaging.python.org/en/latest/specifications/version-specifiers/), with epochs, pre-, post- and
    /// development releases, local versions, all spellings that its appendix B normalises, and numbers of any length.
    ///
    /// Nothing but the empty string is refused: a version that is not PEP 440 has the order that setuptools gave it before
    /// (`PEP440Legacy`), and comes before every version that is. Whoever matches advisories should ask
    /// `VersionKey.isLegacyPEP440` first: such an order is a convention, not a promise of the package's author.
    ///
    /// Key: the epoch as a number; the release numbers without trailing zeros, and `02`; the pre-release, `01` for a
    /// development release of nothing else, `03`, `04`, `05` and a number for alpha, beta and candidate, `06` for none;
    /// the post-release, `01` for none or a number; the development release, a number or `FF` for none; the segments of the
    /// local version, each `03` and a text or a number, and `01`. A legacy version begins with `01`, below every epoch.
    public static var pep440: VersionScheme { VersionScheme(.pep440) }
}

extension VersionKey {
    /// Whether this key of scheme `pep440` belongs to a version that is not PEP 440.
    public var isLegacyPEP440: Bool { high >> 56 == UInt64(PEP440Encoding.legacy) }

    /// Of a key of scheme `pep440` without a local version: behind all local versions of it, before everything else that follows.
    var behindLocalVersions: VersionKey { VersionKey(bytes: bytes.dropLast() + [0xFF]) }

    /// Of such a key of no post- or development release: behind all its post-releases, before everything else that follows.
    var behindPostReleases: VersionKey { VersionKey(bytes: bytes.dropLast(3) + [0xFF]) }
}

/// PEP 440 versions written as keys; see `VersionScheme.pep440`.
enum PEP440Encoding {
    static let legacy: UInt8 = 0x01
    static let endOfRelease: UInt8 = 0x02
    static let developmentOnly: UInt8 = 0x01
    static let noPreRelease: UInt8 = 0x06
    static let noPostRelease: UInt8 = 0x01
    static let noDevelopment: UInt8 = 0xFF
    static let localText: UInt8 = 0x03
    static let endOfLocal: UInt8 = 0x01

    static func encode(_ bytes: UnsafeBufferPointer<UInt8>, _ key: inout KeyWriter) throws(VersionError) {
        var scanner = PEP440Scanner(bytes)
        if !write(&scanner, &key) {
            key.shorten(to: 0)
            PEP440Legacy.write(bytes, &key)
        }
    }

    /// Writes the key, or returns false where the text is not PEP 440, having written something.
    @inline(__always)
    private static func write(_ scanner: inout PEP440Scanner, _ key: inout KeyWriter) -> Bool {
        scanner.skipLetterV()
        guard writeEpochAndRelease(&scanner, &key) else { return false }
        let preRelease = scanner.readPreRelease()
        let postRelease = scanner.readPostRelease()
        let development = scanner.readDevelopment()
        switch (preRelease, postRelease, development) {
        case (nil, nil, .some): key.append(developmentOnly)
        case (nil, _, _): key.append(noPreRelease)
        case (let (marker, number)?, _, _):
            key.append(marker)
            scanner.write(number, &key)
        }
        if let postRelease { scanner.write(postRelease, &key) } else { key.append(noPostRelease) }
        if let development { scanner.write(development, &key) } else { key.append(noDevelopment) }
        if scanner.isAtEnd {
            key.append(endOfLocal)
            return true
        }
        return writeLocal(&scanner, &key)
    }

    @inline(__always)
    private static func writeEpochAndRelease(_ scanner: inout PEP440Scanner, _ key: inout KeyWriter) -> Bool {
        guard var number = scanner.readDigits() else { return false }
        if scanner.skip(UInt8(ascii: "!")) {
            scanner.write(number, &key)
            guard let first = scanner.readDigits() else { return false }
            number = first
        } else {
            key.append(KeyWriter.zero)
        }
        var significant = key.count
        while true {
            let before = key.count
            scanner.write(number, &key)
            if key.count != before + 1 || key.last != KeyWriter.zero { significant = key.count }
            guard let next = scanner.readDottedDigits() else { break }
            number = next
        }
        key.shorten(to: significant)
        key.append(endOfRelease)
        return true
    }

    private static func writeLocal(_ scanner: inout PEP440Scanner, _ key: inout KeyWriter) -> Bool {
        guard scanner.skip(UInt8(ascii: "+")) else { return false }
        while true {
            guard let segment = scanner.readLocalSegment() else { return false }
            if segment.isNumber {
                scanner.write(segment.range, &key)
            } else {
                key.append(localText)
                key.appendText(scanner.bytes, segment.range.lowerBound, segment.range.upperBound, lowercased: true)
            }
            if scanner.isAtEnd { break }
            guard scanner.skipSeparator() else { return false }
        }
        key.append(endOfLocal)
        return true
    }
}

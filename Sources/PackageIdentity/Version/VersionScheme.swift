/// A way of writing and ordering versions, such as SemVer or dpkg's.
///
/// Each scheme lives in a file of its own (`SemVerScheme.swift`, `DpkgScheme.swift`, …) that documents what it accepts and
/// the bytes of its keys; the table in `Ecosystem+Table.swift` says which ecosystem uses which. To add one, write its file,
/// name it in `Kind` and `encode`, and name it in that table.
///
/// The value is two bytes and the dispatch a switch: passing a scheme along and encoding with it costs no reference count.
public struct VersionScheme: Hashable, Sendable {
    enum Kind: String, Sendable, CaseIterable {
        case unknown, semver, golang, npm, crates, pep440, dpkg
        case rpm, apk, alpm, gentoo, opam, openssl
        case maven, nuget, rubygems, composer, cran, hackage, pub, julia, conan
        case libversion, intdot, datetime, lexicographic
        case composerNormalized = "composer-normalized"
        case android, freebsd, linux, perl
    }

    let kind: Kind
    let isRebuiltByRoot: Bool

    init(_ kind: Kind, isRebuiltByRoot: Bool = false) {
        self.kind = kind
        self.isRebuiltByRoot = isRebuiltByRoot
    }

    /// A scheme whose order is not known: every encoding throws `VersionError.Code.scheme`.
    public static var unknown: VersionScheme { VersionScheme(.unknown) }

    /// The scheme of this name, or nil.
    public init?(name: String) {
        let isRebuiltByRoot = name.hasPrefix(Self.rootPrefix)
        let kindName = isRebuiltByRoot ? String(name.dropFirst(Self.rootPrefix.utf8.count)) : name
        guard let kind = Kind(rawValue: kindName) else { return nil }
        self.init(kind, isRebuiltByRoot: isRebuiltByRoot)
    }

    private static let rootPrefix = "root-"

    /// The name of the scheme, stable and lowercase: it is stored beside keys.
    public var name: String { isRebuiltByRoot ? Self.rootPrefix + kind.rawValue : kind.rawValue }

    /// False for `unknown`, where no two versions can be compared.
    public var isOrdered: Bool { kind != .unknown }

    /// The order in which two single versions are compared, where constraints ask another one: PHP's for Packagist. For all
    /// other schemes the scheme itself.
    public var ofSingleVersions: VersionScheme {
        kind == .composerNormalized ? VersionScheme(.composer, isRebuiltByRoot: isRebuiltByRoot) : self
    }

    /// Whether the order is SemVer precedence: `semver` itself and the schemes that only read more spellings. Their keys have
    /// the same layout.
    public var isSemVer: Bool {
        switch kind {
        case .semver, .golang, .npm, .crates: !isRebuiltByRoot
        case .unknown, .pep440, .dpkg, .rpm, .apk, .alpm, .gentoo, .opam, .openssl, .maven, .nuget, .rubygems, .composer, .cran,
            .composerNormalized, .hackage, .pub, .julia, .conan, .libversion, .intdot, .datetime, .lexicographic, .android,
            .freebsd,
            .linux, .perl:
            false
        }
    }

    /// Writes the key of a version that is not empty, has no surrounding whitespace and no more than
    /// `VersionKey.maximumVersionLength` bytes. It may leave a partial key behind when it throws.
    @inline(__always)
    func encode(_ version: UnsafeBufferPointer<UInt8>, _ key: inout KeyWriter) throws(VersionError) {
        let rebuild = isRebuiltByRoot ? RootRebuild(version) : nil
        try encodePackage(rebuild.map { UnsafeBufferPointer(rebasing: version[..<$0.end]) } ?? version, &key)
        if let rebuild { key.appendNumber(version, rebuild.number.lowerBound, rebuild.number.upperBound) }
    }

    @inline(__always)
    private func encodePackage(_ version: UnsafeBufferPointer<UInt8>, _ key: inout KeyWriter) throws(VersionError) {
        switch kind {
        case .semver, .crates: try SemVerEncoding.encode(version, &key)
        case .npm: try SemVerEncoding.encodeNPM(version, &key)
        case .golang: try GolangEncoding.encode(version, &key)
        case .pep440: try PEP440Encoding.encode(version, &key)
        case .dpkg: try DpkgEncoding.encode(version, &key)
        case .opam: try DpkgEncoding.appendPart(version, 0, version.count, acceptsColon: true, &key)
        case .rpm: RPMEncoding.encode(version, &key)
        case .apk: ApkEncoding.encode(version, &key)
        case .alpm: AlpmEncoding.encode(version, &key)
        case .gentoo: try GentooEncoding.encode(version, &key)
        case .openssl: try OpenSSLEncoding.encode(version, &key)
        case .maven: MavenEncoding.encode(version, &key)
        case .nuget: try NuGetEncoding.encode(version, &key)
        case .rubygems: try RubyGemsEncoding.encode(version, &key)
        case .composer: ComposerEncoding.encode(version, &key)
        case .composerNormalized: try ComposerNormalization.encode(version, &key)
        case .cran: try DottedEncoding.encode(version, acceptsHyphen: true, &key)
        case .hackage: try DottedEncoding.encode(version, acceptsHyphen: false, &key)
        case .pub: try BuildOrderedEncoding.encodePub(version, &key)
        case .julia: try BuildOrderedEncoding.encodeJulia(version, &key)
        case .conan: ConanEncoding.encode(version, &key)
        case .libversion: LibversionEncoding.encode(version, &key)
        case .intdot: try DottedEncoding.encodeIntdot(version, &key)
        case .datetime: try DatetimeEncoding.encode(version, &key)
        case .android: try AndroidEncoding.encode(version, &key)
        case .freebsd: FreeBSDEncoding.encode(version, &key)
        case .linux: try LinuxEncoding.encode(version, &key)
        case .perl: try PerlEncoding.encode(version, &key)
        case .lexicographic: key.appendText(version, 0, version.count)
        case .unknown: throw VersionError(.scheme, at: 0, "The order of this version scheme is not known.")
        }
    }
}

extension VersionScheme: CustomStringConvertible {
    /// The name of the scheme.
    public var description: String { name }
}

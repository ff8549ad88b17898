import PackageIdentity

/// The place of a component's version in the order of a scheme, worked out when first asked for and kept.
struct VersionPlace {
    static let missing = "The inventory does not say which version is installed."
    private static let legacy = "The installed version is not a PEP 440 version."

    /// In UTF-8; valid as long as the place is used.
    let version: UnsafeBufferPointer<UInt8>?
    /// The key in the scheme that was asked for last, or nil. Where `resolve` said no it is good for equality only.
    private(set) var key: VersionKey?
    private var scheme: VersionScheme?
    private var hasPlace = false

    init(_ version: UnsafeBufferPointer<UInt8>?) { self.version = version }

    /// Works out the key in a scheme.
    /// - Returns: whether the version has a place in the order that its author promised: a version that is not PEP 440 has a
    ///   key under which it is found in a list, and no promised place.
    @inline(__always)
    mutating func resolve(in wanted: VersionScheme) -> Bool {
        if scheme != wanted { work(wanted) }
        return hasPlace
    }

    private mutating func work(_ wanted: VersionScheme) {
        scheme = wanted
        key = version.flatMap { try? VersionKey(encoding: $0.span, in: wanted) }
        hasPlace = key.map { !(wanted == .pep440 && $0.isLegacyPEP440) } ?? false
    }

    /// Why a version has no place in a scheme, as a sentence.
    static func reasonWithoutPlace(of version: String?, in scheme: VersionScheme) -> String {
        guard let version else { return missing }
        do {
            _ = try VersionKey(encoding: version, in: scheme)
            return legacy
        } catch {
            return "The installed version has no place in the order of versions: \(error.reason)"
        }
    }
}

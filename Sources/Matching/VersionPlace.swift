import PackageIdentity

/// The place of a component's version in the order of a scheme, worked out when first asked for and kept.
struct VersionPlace {
    static let missing = "The inventory does not say which version is installed."

    let version: String?
    private var scheme: VersionScheme?
    private var key: VersionKey?
    private var reason: String?

    init(_ version: String?) { self.version = version }

    /// The key, or nil where the version has no place that its author promised: none at all, or a version that is not PEP 440.
    mutating func key(in scheme: VersionScheme) -> VersionKey? {
        resolve(scheme)
        return reason == nil ? key : nil
    }

    /// The key for looking a version up in a list, where the order does not matter, only equality.
    mutating func listedKey(in scheme: VersionScheme) -> VersionKey? {
        resolve(scheme)
        return key
    }

    mutating func reasonWithoutPlace(in scheme: VersionScheme) -> String? {
        resolve(scheme)
        return reason
    }

    private mutating func resolve(_ wanted: VersionScheme) {
        if scheme == wanted { return }
        scheme = wanted
        key = nil
        reason = nil
        guard let version else { return reason = Self.missing }
        do {
            let key = try VersionKey(encoding: version, in: wanted)
            self.key = key
            if wanted == .pep440, key.isLegacyPEP440 { reason = "The installed version is not a PEP 440 version." }
        } catch {
            reason = "The installed version has no place in the order of versions: \(error.reason)"
        }
    }
}

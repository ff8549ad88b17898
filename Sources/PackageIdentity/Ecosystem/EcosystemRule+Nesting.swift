extension EcosystemRule {
    /// How the suffix of an ecosystem that repackages others says which one its packages come from.
    enum Nesting: Sendable {
        case none
        /// The suffix is an OSV ecosystem string itself: `TuxCare:AlmaLinux:9`, `Docker Hardened Images:Debian:13`.
        case ecosystem
        /// `Root:Alpine:3.18`, `Root:PyPI`.
        case root
        /// `Echo` is a distribution on dpkg, `Echo:PyPI`, `Echo:npm` and `Echo:Maven` are libraries.
        case echo
    }

    /// This rule with the scheme and the names of what the suffix says. A suffix that says nothing leaves the scheme unknown,
    /// and so does one of another repackager: OSV calls a bare `TuxCare` and a bare `Docker Hardened Images` malformed. Root's
    /// packages without an origin that is known are read like SemVer, as OSV reads them.
    func nested(_ suffix: String) -> EcosystemRule {
        var rule = self
        switch nesting {
        case .none: break
        case .ecosystem:
            let inner = Self.rule(for: Ecosystem(suffix).name)
            if inner.nesting == .none { (rule.scheme, rule.names) = (inner.scheme, inner.names) }
        case .root:
            // Names are Root's own: `root-curl`, `@root/lodash`.
            rule.scheme = Self.rootScheme(Ecosystem(suffix).name.lowercased()).rebuiltByRoot
        case .echo:
            switch suffix.lowercased() {
            case "pypi": (rule.scheme, rule.names) = (.pep440, .python)
            case "maven": (rule.scheme, rule.names) = (.maven, .asWritten)
            // `1.2.3+echo.1`: SemVer, and then the number of the build.
            case "npm": (rule.scheme, rule.names) = (.pub, .asWritten)
            default: break
            }
        }
        return rule
    }

    private static func rootScheme(_ origin: String) -> VersionScheme {
        switch origin {
        case "alpine": .apk
        case "debian", "ubuntu": .dpkg
        case "pypi", "python": .pep440
        case "npm": .npm
        case "maven": .maven
        default: .semver
        }
    }
}

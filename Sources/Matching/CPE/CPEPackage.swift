package import PackageIdentity

/// Products named by CPE, as an index has them: packages of the ecosystem `CPE` named `part:vendor:product`, so that a product
/// name alone finds nothing. The other attributes follow the ecosystem's name as a release does.
enum CPEPackage {
    static let ecosystemName = "CPE"

    /// The order of versions that no ecosystem gives: NVD and the CVE list define none, and VERS calls this one `generic`.
    static let scheme = VersionScheme.libversion

    /// The place of a product's version in an order; in that of products the letter that many put before a version says nothing.
    static func key(_ version: String, in scheme: VersionScheme) throws(VersionError) -> VersionKey {
        try VersionKey(encoding: scheme == Self.scheme ? ProseRange.withoutLetter(version) : version, in: scheme)
    }

    /// Nil where part, vendor or product is left open or a pattern: such a name is about everything and nothing.
    static func name(of cpe: CPE) -> String? {
        let attributes: [CPE.Attribute] = [.part, .vendor, .product]
        guard attributes.allSatisfy({ cpe[$0].literal != nil }) else { return nil }
        return attributes.map { cpe.formatted($0).lowercased() }.joined(separator: ":")
    }

    /// The ecosystem that carries the attributes from `first` on; without a suffix where all are ANY.
    static func ecosystem(of cpe: CPE, from first: CPE.Attribute) -> Ecosystem {
        let attributes = CPE.Attribute.allCases.filter { $0.rawValue >= first.rawValue }
        if attributes.allSatisfy({ cpe[$0] == .any }) { return Ecosystem(name: ecosystemName) }
        return Ecosystem(name: ecosystemName, suffix: attributes.map { cpe.formatted($0).lowercased() }.joined(separator: ":"))
    }

    /// The attributes that an ecosystem carries; ANY where it carries none.
    static func attributes(_ ecosystem: Ecosystem) -> CPE? {
        let last = ecosystem.suffix ?? "*:*:*:*:*:*:*"
        let count = last.utf8.reduce((colons: 0, isEscaped: false)) { state, byte in
            let isColon = byte == UInt8(ascii: ":") && !state.isEscaped
            return (state.colons + (isColon ? 1 : 0), byte == UInt8(ascii: "\\") && !state.isEscaped)
        }.colons
        // Anybody may ask for an ecosystem of this name, with anything behind it.
        guard count < CPE.Attribute.allCases.count else { return nil }
        let open = String(repeating: "*:", count: CPE.Attribute.allCases.count - 1 - count)
        return try? CPE(parsing: "cpe:2.3:" + open + last)
    }

    /// A version in a list: a value as the formatted string has it.
    static func value(_ text: String) -> CPEValue? { (try? CPE(parsing: "cpe:2.3:*:*:*:\(text):*:*:*:*:*:*:*"))?[.version] }

    /// What the attributes behind the version say, and the first that is open; nil where one is different
    /// (`CPEApplicability`).
    static func coverage(_ wanted: CPE, of installed: CPE) -> (isCertain: Bool, open: CPE.Attribute?)? {
        var open: CPE.Attribute?
        for attribute in CPE.Attribute.allCases where attribute.rawValue > CPE.Attribute.version.rawValue {
            switch wanted[attribute].relation(to: installed[attribute]) {
            case .equal, .superset: continue
            case .disjoint: return nil
            case .subset, .undefined: open = open ?? attribute
            }
        }
        return (open == nil, open)
    }

    /// Why the attributes leave it open, as a sentence.
    static func reason(_ wanted: Ecosystem, _ installed: Ecosystem) -> String {
        guard let wanted = attributes(wanted), let installed = attributes(installed),
            let open = coverage(wanted, of: installed)?.open
        else { return "The product's attributes are not known." }
        return "The advisory is about \(open) '\(wanted.formatted(open))', and the inventory does not say it."
    }
}

extension AffectedPackage {
    /// What an advisory says of the products of a CPE name; nil where the name leaves part, vendor or product open.
    /// - Parameter ranges: versions, where the name leaves them open; a version or a pattern in the name is all that is meant.
    package init?(_ cpe: CPE, ranges: [VersionRange] = []) {
        guard let name = CPEPackage.name(of: cpe) else { return nil }
        self.init(ecosystem: CPEPackage.ecosystem(of: cpe, from: .update), name: name)
        if cpe[.version] != .any {
            explicitVersions = [cpe.formatted(.version)]
        } else if ranges.isEmpty {
            let doubt = "The advisory names neither a version nor a range of versions."
            self.ranges = [.everything(in: CPEPackage.scheme, doubt: doubt)]
        } else {
            self.ranges = ranges
        }
    }
}

extension Component {
    /// The product that a CPE name of an inventory names; nil where it leaves part, vendor or product open.
    package init?(_ cpe: CPE, displayName: String? = nil) {
        guard let name = CPEPackage.name(of: cpe) else { return nil }
        // Where the version is plain it is the component's, and the attributes behind it the ecosystem's.
        let isPlain = cpe[.version] == .any || cpe[.version].literal != nil
        self.init(
            ecosystem: CPEPackage.ecosystem(of: cpe, from: isPlain ? .update : .version), name: name,
            version: cpe[.version].literal, displayName: displayName
        )
    }
}

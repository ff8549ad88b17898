extension Purl {
    /// The purl of a package that advisories name by ecosystem and name: the other way round of `PackageCoordinate`.
    ///
    /// A release behind the ecosystem (`Debian:12`) is left out. Nil where the ecosystem has no type of purl, or the purl would not
    /// lead back to the same package.
    public init?(ecosystem: String, name: String, version: String? = nil) {
        let base = ecosystem.split(separator: ":", maxSplits: 1).first.map(String.init) ?? ecosystem
        guard let (type, namespace, name) = PurlEcosystem.parts(of: name, in: base),
            let purl = try? Purl(type: type, namespace: namespace, name: name, version: version),
            let back = PackageCoordinate(purl), back.ecosystem.name == base
        else { return nil }
        self = purl
    }
}

extension PurlEcosystem {
    fileprivate static func parts(of name: String, in ecosystem: String) -> (type: String, namespace: String?, name: String)? {
        if ecosystem == "Go" {
            if name == "stdlib" { return ("golang", nil, "std") }
            let (namespace, last) = split(name, atLast: "/")
            return ("golang", namespace, last)
        }
        if let (type, rule) = registries.filter({ $0.value.ecosystem == ecosystem }).min(by: { $0.key < $1.key }) {
            guard case .joined(let separator) = rule.naming else { return (type, nil, name) }
            let (namespace, last) = split(name, atLast: separator)
            return (type, namespace, last)
        }
        return vendors.first { $0.ecosystem == ecosystem }.flatMap { vendor in vendor.names.first.map { (vendor.type, $0, name) }
        }
    }

    private static func split(_ name: String, atLast separator: String) -> (String?, String) {
        guard let separator = separator.first, let index = name.lastIndex(of: separator) else { return (nil, name) }
        return (String(name[..<index]), String(name[name.index(after: index)...]))
    }
}

package import AdvisoryFormats
import PackageIdentity

extension IndexedAdvisory {
    /// What an index keeps of a CSAF document: an advisory for each vulnerability, because each concerns its own products.
    ///
    /// The identifier is `csaf:NAMESPACE/TRACKING-ID/VULNERABILITY`: tracking identifiers are unique for their publisher only. A
    /// slash in one of the three is `%2F`, so that where each ends is certain; the second vulnerability of one name is `NAME#2`.
    /// Products are known by package URL and CPE name, or else by vendor and name in words; one that has none of it, and whose parts
    /// have none, matches nothing.
    package static func all(of document: CSAFDocument) -> [IndexedAdvisory] {
        let products = CSAFAffectedProducts(document)
        let family = document.indexFamily
        var counts: [String: Int] = [:]
        return document.vulnerabilities.enumerated().map { number, vulnerability in
            let names = vulnerability.names
            let name = names.first ?? "\(number + 1)"
            counts[name, default: 0] += 1
            return IndexedAdvisory(
                id: family.identifier(ofVulnerability: name, number: counts[name] ?? 1), modified: document.indexTime,
                aliases: names,
                summary: vulnerability.title ?? document.title, isWithdrawn: document.isWithdrawn,
                affected: products.affected(by: vulnerability)
            )
        }
    }
}

extension CSAFDocument {
    /// The document's place among the advisories of an index.
    var indexFamily: AdvisoryFamily {
        let namespace = publisherNamespace ?? publisher
        let rest = ["https://", "http://"].first(where: namespace.hasPrefix).map { namespace.dropFirst($0.count) }
        let address = rest ?? namespace[...]
        let owner = String(address.hasSuffix("/") ? address.dropLast() : address)
        return AdvisoryFamily(source: "csaf", owner: owner, document: tracking.id, modified: indexTime)
    }

    /// A draft is older than whatever its author stands by.
    var indexTime: Int64 { isDraft ? 0 : tracking.currentReleaseDate?.secondsSince1970 ?? 0 }

    /// Whether nothing of what the document said holds any more, or another document says it now (CSAF 2.1, 4.6 and 4.7).
    var isWithdrawn: Bool { ["csaf_withdrawn", "csaf_superseded"].contains(category) }
}

extension CSAFVulnerability {
    /// The CVE, and identifiers of other systems that are unique by themselves: a mere number is not.
    fileprivate var names: [String] {
        let others = ids.map(\.text).filter { text in
            text.contains("-") && text.utf8.contains { $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A } && !text.contains(" ")
        }
        return [cve].compactMap(\.self) + others.filter { $0 != cve }
    }
}

/// The products of a document with what they are known by.
private struct CSAFAffectedProducts {
    /// Paths through products that have paths end here, as for VEX statements.
    private static let maximumDepth = 3
    /// Steps of a path beyond which none is looked at. Those of CSAF 2.0 have one.
    private static let maximumSteps = 64

    private var products: [String: CSAFProduct] = [:]
    private let variants: CSAFVariants

    init(_ document: CSAFDocument) {
        variants = CSAFVariants(document.products)
        for product in document.products where products[product.id] == nil { products[product.id] = product }
    }

    /// What a product is known by: the component's identity in the place where it is installed.
    private struct Identity {
        var package: AffectedPackage
        var cpe: CPE?
        /// The one version that the product is, or nil.
        var version: String?
        var range: String?
        /// VERS's name for the order of its versions.
        var type: String
        /// Why the document's word on its versions may not hold, or nil where it does.
        var doubt: String?
        /// Whether only some builds of the package are meant: those of a module or of a repository.
        var isNarrowed = false
    }

    func affected(by vulnerability: CSAFVulnerability) -> [AffectedPackage] {
        let fixes = CSAFFixes(vulnerability)
        let fixed = vulnerability.fixed.flatMap { id in identities(id) }
        let others = vulnerability.notAffected + vulnerability.underInvestigation + vulnerability.boundingTrains
        let besides = CSAFReleases((fixed + others.flatMap { identities($0) }).map(\.package))
        let fixedVersions = Set(fixed.compactMap(\.version))
        let fixesOfPackages = Dictionary(grouping: fixed, by: { Key($0.package) })
        var packages = vulnerability.affected.flatMap { id in
            identities(id).map { identity in
                if let package = before(fixesOfPackages[Key(identity.package)] ?? [], identity) { return package }
                if let package = everyVersion(of: identity, besides: besides), !isOffered(fixes, for: id) { return package }
                return affected(identity, doubt: identity.doubt) {
                    fixedVersions.contains($0) || fixes.name($0, for: id) ? .fixed($0) : .limit($0)
                }
            }
        }
        let investigated = "The document says that it is not known yet whether the product is affected."
        packages += vulnerability.underInvestigation.flatMap { id in
            identities(id).map { affected($0, doubt: investigated) { .limit($0) } }
        }
        packages += trains(of: vulnerability, fixed)
        let decided = Set(packages.map(Key.init))
        for identity in fixed where !decided.contains(Key(identity.package)) {
            if let package = before(identity) { packages.append(package) }
        }
        return AffectedPackage.joined(packages)
    }

    /// The packages of which the first or last affected versions are named, with what that leaves in doubt.
    private func trains(of vulnerability: CSAFVulnerability, _ fixed: [Identity]) -> [AffectedPackage] {
        let (first, last) = (bounds(vulnerability.firstAffected), bounds(vulnerability.lastAffected))
        let (fixed, notAffected) = (sound(fixed), sound(vulnerability.notAffected.flatMap { identities($0) }))
        var seen: Set<Key> = []
        return (vulnerability.firstAffected + vulnerability.lastAffected).flatMap { identities($0) }.compactMap { identity in
            let key = Key(identity.package)
            guard seen.insert(key).inserted else { return nil }
            var package = identity.package
            package.ranges =
                CSAFTrains(
                    first: first[key] ?? [], last: last[key] ?? [], fixed: fixed[key] ?? [], notAffected: notAffected[key] ?? [],
                    in: scheme(identity)
                ).ranges
            return package
        }
    }

    private func bounds(_ products: [String]) -> [Key: [CSAFTrains.Bound]] {
        var bounds: [Key: [CSAFTrains.Bound]] = [:]
        for identity in products.flatMap({ identities($0) }) {
            let bound: CSAFTrains.Bound? =
                if let text = identity.range {
                    .range(ProseRange.read(text, type: identity.type).map { VersionRange.all(of: $0) } ?? [])
                } else {
                    identity.version.map { .version($0) }
                }
            if let bound { bounds[Key(identity.package), default: []].append(bound) }
        }
        return bounds
    }

    /// The versions that hold of a package as a whole: neither on a platform that may be another, nor of some builds only.
    private func sound(_ identities: [Identity]) -> [Key: [String]] {
        Dictionary(grouping: identities.filter { $0.doubt == nil && !$0.isNarrowed }) { Key($0.package) }
            .mapValues { $0.compactMap(\.version) }
    }

    /// Whether the vendor offers a fix of the product or of one that it is made of: a fix of a component is one on every platform.
    private func isOffered(_ fixes: CSAFFixes, for id: String, depth: Int = 0) -> Bool {
        if fixes.isOffered(for: id) { return true }
        guard let path = products[id]?.path, depth < Self.maximumDepth else { return false }
        return path.steps.count > Self.maximumSteps || path.steps.contains { fixes.isOffered(for: $0.product) }
            || isOffered(fixes, for: path.beginning, depth: depth + 1)
    }

    private func affected(
        _ identity: Identity, doubt: String?, end: (String) -> VersionRange.End
    ) -> AffectedPackage {
        var package = identity.package
        if let text = identity.range {
            guard let range = ProseRange.read(text, type: identity.type) else {
                package.ranges = [
                    .everything(in: scheme(identity), doubt: "The document's range '\(text)' is not one that can be read.")
                ]
                return package
            }
            package.ranges = VersionRange.all(of: range, doubt: doubt, end: end)
        } else if let version = identity.version {
            if let doubt {
                package.ranges = [.only(version, in: scheme(identity), doubt: doubt)]
            } else {
                package.explicitVersions = [version]
                if let cpe = identity.cpe, let value = try? CPEValue.literal(version), let exact = cpe.withVersion(value) {
                    package.explicitVersions = [exact.formatted(.version)]
                }
            }
        } else {
            package.ranges = [
                .everything(
                    in: scheme(identity), doubt: doubt ?? "The document names neither a version of the product nor a fix.")
            ]
        }
        return package
    }

    /// A package of a release.
    private struct Key: Hashable {
        let ecosystem: Ecosystem
        let name: String

        init(_ package: AffectedPackage) { (ecosystem, name) = (package.ecosystem, package.name) }
    }

    /// A package that is affected and named without a version is affected in every version before the fix that the document names for
    /// it in the same release: before the first of several, and in doubt up to the last. Nil where the versions are named
    /// otherwise, or no fix is.
    private func before(_ fixes: [Identity], _ identity: Identity) -> AffectedPackage? {
        guard identity.version == nil, identity.range == nil, identity.doubt == nil else { return nil }
        let scheme = scheme(identity)
        let versions = Set(fixes.compactMap { $0.doubt == nil ? $0.version : nil }).sorted()
        let keys = versions.compactMap { version in (try? VersionKey(encoding: version, in: scheme)).map { (version, $0) } }
        guard let first = keys.min(by: { $0.1 < $1.1 }), let last = keys.max(by: { $0.1 < $1.1 }) else { return nil }
        var range = VersionRange.everything(in: scheme)
        (range.upper, range.end) = (.exclusive(first.1), .fixed(first.0))
        var package = identity.package
        package.ranges = [range]
        if first.1 < last.1 {
            (range.lower, range.introducedText, range.upper, range.end) = (first.1, first.0, .exclusive(last.1), .fixed(last.0))
            package.ranges.append(range.doubted("The document names several versions that have the fix."))
        }
        return package
    }

    /// A package of a distribution's release that is affected and named without a version, as Red Hat has those without a fix
    /// (`red_hat_enterprise_linux_7:gnutls`, `pkg:rpm/redhat/gnutls?arch=src`), is affected in every version: 3.2.3.9 of CSAF 2.0
    /// calls the product affected, which is the package in that release, and the revision of the document that names a fix ends
    /// the range. An end is not invented; OSV leaves such a range open, too.
    ///
    /// Nil, which leaves every version in doubt, where the product may be less than the package: it is that of a module, or the same
    /// document says something else of the package in this release, or in one that can't be told from it: that a version is
    /// recommended, or is the first or last that is affected, says that others are not. So it is for
    /// packages of registries and for CPE names, whose documents write versions into names, and where a fix is offered in words
    /// (`vendor_fix`) that the document places nowhere.
    private func everyVersion(of identity: Identity, besides others: CSAFReleases) -> AffectedPackage? {
        let ecosystem = identity.package.ecosystem
        guard identity.version == nil, identity.range == nil, identity.doubt == nil, identity.cpe == nil, !identity.isNarrowed,
            ecosystem.isKnown, ecosystem.canHaveRelease, ecosystem.suffix != nil, !others.mayHold(identity.package)
        else { return nil }
        var package = identity.package
        package.ranges = [.everything(in: scheme(identity))]
        return package
    }

    /// A document that says only which version has the fix leaves open which ones before it are affected.
    private func before(_ identity: Identity) -> AffectedPackage? {
        guard let version = identity.version, let key = try? VersionKey(encoding: version, in: scheme(identity)) else {
            return nil
        }
        var package = identity.package
        package.ranges = [
            VersionRange(
                scheme: scheme(identity), lower: .lowest, upper: .exclusive(key), introducedText: "0", end: .fixed(version),
                doubt: "The document says only which version has the fix."
            )
        ]
        return package
    }

    private func scheme(_ identity: Identity) -> VersionScheme { VersionScheme(versType: identity.type) ?? CPEPackage.scheme }

    private func identities(_ id: String, depth: Int = 0) -> [Identity] {
        guard let product = products[id], depth < Self.maximumDepth else { return [] }
        let own = identities(of: product, version: product)
        guard let path = product.path else { return own }
        let platform = path.products.last.flatMap { products[$0] }
        if !own.isEmpty {
            return identities(of: product, version: products[path.beginning] ?? product).map { placed($0, on: platform) }
        }
        return identities(path.beginning, depth: depth + 1).map { placed($0, on: platform) }
    }

    private func identities(of product: CSAFProduct, version: CSAFProduct) -> [Identity] {
        let purls = product.purls.compactMap { text -> Identity? in
            guard let purl = try? Purl(normalizing: text) else { return nil }
            let component = Component(anyPurl: purl)
            let isNamed = version.version.map { Self.isName($0, of: purl) } ?? false
            let type = component.ecosystem.versionScheme.versType ?? "generic"
            return Identity(
                package: AffectedPackage(ecosystem: component.ecosystem, name: component.name),
                version: component.version ?? (isNamed ? nil : version.exactVersion(type)),
                range: component.version != nil ? nil : isNamed ? version.versionRange : version.statedRange(type), type: type,
                isNarrowed: !purl.qualifiers.allSatisfy { Self.wideQualifiers.contains($0.key) }
                    || isNamed && version.version != purl.name
            )
        }
        guard let text = product.cpe, let cpe = try? CPE(parsing: text), let open = cpe.withVersion(.any),
            let package = AffectedPackage(open)
        else { return purls.isEmpty ? identitiesInWords(of: product, version: version) : purls }
        var prototype = package
        prototype.ranges = []
        return purls + [
            Identity(
                package: prototype, cpe: cpe, version: cpe[.version].literal ?? version.exactVersion("generic"),
                range: cpe[.version].literal == nil ? version.statedRange("generic") : nil, type: "generic"
            )
        ]
    }

    private func identitiesInWords(of product: CSAFProduct, version: CSAFProduct) -> [Identity] {
        let doubt = variants.doubt(of: product)
        return product.namesInWords.sorted().map { name in
            Identity(
                package: AffectedPackage(ecosystem: Ecosystem(name: CPEPackage.ecosystemName), name: name),
                version: version.exactVersion("generic").map(ProseRange.withoutLetter), range: version.statedRange("generic"),
                type: "generic", doubt: doubt
            )
        }
    }

    /// Qualifiers beside which a package URL still means the package of the release.
    private static let wideQualifiers: Set<String> = ["arch", "distro", "epoch", "upstream"]

    /// Whether what stands as a version is the package's name, as Red Hat writes a package without a version, with the module that it is
    /// of before a slash: `gnutls`, `nodejs:18/nodejs`.
    private static func isName(_ version: String, of purl: Purl) -> Bool {
        version == purl.name || version.hasSuffix("/" + purl.name)
    }

    /// A distribution's package belongs to the release that it is a component of: on a platform whose release is not known, what
    /// the document says may be true of any release or of none that is asked for.
    private func placed(_ identity: Identity, on platform: CSAFProduct?) -> Identity {
        let (package, ecosystem) = (identity.package, identity.package.ecosystem)
        guard ecosystem.suffix == nil, ecosystem.isKnown, ecosystem.canHaveRelease else { return identity }
        var identity = identity
        if let release = platform.flatMap({ CSAFPlatform.release(of: $0, in: ecosystem.name) }) {
            identity.package = AffectedPackage(ecosystem: Ecosystem(name: ecosystem.name, suffix: release), name: package.name)
        } else {
            identity.doubt = "The document's platform '\(platform?.name ?? "?")' is not one whose release is known."
        }
        return identity
    }
}

extension CSAFProduct {
    /// The one version that its branches say it is.
    /// - Parameter type: VERS's name for the order of its versions.
    fileprivate func exactVersion(_ type: String) -> String? {
        version.flatMap { ProseVersion($0, type: type) == .one ? $0 : nil }
    }

    /// The versions that its branches say it is; many documents write a range, or `vers:all/*`, where one version belongs.
    fileprivate func statedRange(_ type: String) -> String? { versionRange ?? (exactVersion(type) == nil ? version : nil) }
}

import PackageIdentity

/// The inventory of a lock file while it is read. A package that is locked at several places in the same version is listed
/// once, at the first; that a package comes from elsewhere than a public registry makes it a component without a package URL,
/// which no advisory of that registry can match.
struct LockFileInventory {
    private(set) var document: InventoryDocument
    /// What is wrong with single entries; there can be no more of them than entries, so none is dropped.
    var log = ViolationLog(limit: .max)
    /// The purls of what is listed, and for what has none the name, a line end and the version.
    private var seen = SeenTexts()

    init(_ format: InventoryFile) { document = InventoryDocument(format: InventoryFormat(named: format.rawValue)) }

    /// The version of the format, as written.
    var specVersion: String? {
        get { document.specVersion }
        set { document.specVersion = newValue }
    }

    /// Adds a package of the registry that a purl type stands for. Where the version is missing or the registry could have no
    /// such package the entry is a problem, and the component has no package URL.
    mutating func add(
        _ name: String, _ version: String?, type: String, namespace: String? = nil, purlName: String? = nil,
        qualifiers: [String: String] = [:], at offset: Int
    ) {
        guard let version, !version.isEmpty else {
            log.add(.missingMember, at: offset, "\(name) has no version")
            return add(name, nil, at: offset)
        }
        if qualifiers.isEmpty,
            let purl = PlainPurl.spelling(type: type, namespace: namespace, name: purlName ?? name, version: version)
        {
            return append(name, version, purl: purl, at: offset)
        }
        do throws(PurlError) {
            let purl = try Purl(
                type: type, namespace: namespace, name: purlName ?? name, version: version, qualifiers: qualifiers
            )
            append(name, version, purl: purl.description, at: offset)
        } catch {
            log.add(.badValue, at: offset, "\(name) is no package of type \(type): \(error.reason)")
            add(name, version, at: offset)
        }
    }

    /// Adds what comes from elsewhere: a path, a workspace, an archive, a private registry.
    mutating func add(_ name: String, _ version: String?, at offset: Int) {
        append(name, version, purl: nil, at: offset)
    }

    /// Adds what was fetched from a repository at a commit: the purl names that repository where its host has a purl type, the first time.
    /// `statedPurl` names the package as its registry would, with the version that the file states, if any.
    /// - Parameter type: the type of the registry's purls; nil where the name is none of the registry's, or no advisories are about them.
    mutating func add(
        _ name: String, _ version: String?, repository: String, commit: String?, type: String? = nil, namespace: String? = nil,
        purlName: String? = nil, at offset: Int
    ) {
        let purl = RepositoryAddress(repository)?.purl(commit: commit)
        let release = version.flatMap { $0.isEmpty ? nil : $0 }
        guard let type,
            let stated = try? Purl(type: type, namespace: namespace, name: purlName ?? name, version: release).description
        else { return append(name, version, purl: purl, at: offset) }
        guard seen.insert("\(stated)\n\(purl ?? "")") else { return }
        let isFirst = purl.map { seen.insert($0) } ?? false
        list(name, version, at: offset) { component in
            component.statedPurl = stated
            if let purl, isFirst { component.purls = [purl] }
        }
    }

    /// Adds a package of a system's database; the same one in two architectures is two.
    mutating func add(_ name: String, _ version: String, system: SystemPackage, at offset: Int) {
        list(name, version, at: offset) { $0.system = system }
    }

    /// Adds a package that advisories know by ecosystem and name, and no purl can name.
    mutating func add(_ name: String, _ version: String?, ecosystem: Ecosystem, at offset: Int) {
        guard seen.insert("\(ecosystem)\n\(name)\n\(version ?? "")") else { return }
        list(name, version, at: offset) { $0.ecosystem = ecosystem }
    }

    /// Adds a product with a CPE name that was checked before.
    mutating func add(_ name: String, _ version: String?, cpe: String, at offset: Int) {
        guard seen.insert("\(cpe)\n\(version ?? "")") else { return }
        list(name, version, at: offset) { $0.cpes = [cpe] }
    }

    /// Adds a product by vendor and name in words.
    mutating func add(_ name: String, _ version: String?, vendor: String, at offset: Int) {
        guard seen.insert("\(vendor)\n\(name)\n\(version ?? "")") else { return }
        list(name, version, at: offset) { $0.vendor = vendor }
    }

    private mutating func list(
        _ name: String, _ version: String?, at offset: Int, _ complete: (inout InventoryComponent) -> Void
    ) {
        var component = InventoryComponent(name: name, byteOffset: offset)
        component.version = version
        complete(&component)
        document.components.append(component)
    }

    /// Adds what the document is about.
    mutating func addSubject(_ name: String, _ version: String?, at offset: Int) {
        var component = InventoryComponent(name: name, byteOffset: offset)
        component.version = version
        document.subjects.append(component)
    }

    /// Adds a component with a package URL that was built or checked before.
    mutating func append(_ name: String, _ version: String?, purl: String?, at offset: Int) {
        guard seen.insert(purl ?? "\(name)\n\(version ?? "")") else { return }
        list(name, version, at: offset) { if let purl { $0.purls = [purl] } }
    }

    /// The inventory of a text, its problems named by line.
    func finished(_ bytes: [UInt8]) -> InventoryDocument {
        var document = document
        document.problems = log.violations(inLinesOf: bytes)
        return document
    }
}

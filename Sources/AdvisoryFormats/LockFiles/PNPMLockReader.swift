/// Reads `pnpm-lock.yaml` of lockfileVersion 5 to 9 (https://github.com/pnpm/spec/tree/master/lockfile): the keys of `packages`,
/// and what projects link from elsewhere. The same package with other peers is the same package.
struct PNPMLockReader {
    private var inventory = LockFileInventory(.pnpm)

    private init() {}

    static func read(_ bytes: [UInt8]) throws(TextFault) -> InventoryDocument {
        let root = try YAMLReader.parse(bytes)
        guard let version = root["lockfileVersion"]?.scalar else {
            throw TextFault("lockfileVersion is missing", at: root.byteOffset, code: .missingMember)
        }
        guard let major = version.utf8.first, (UInt8(ascii: "5")...UInt8(ascii: "9")).contains(major) else {
            let offset = root["lockfileVersion"]?.byteOffset ?? 0
            throw TextFault("pnpm's lock files are read in versions 5 to 9", at: offset, code: .unsupportedVersion)
        }
        var reader = PNPMLockReader()
        reader.inventory.specVersion = version
        for project in [root] + (root["importers"]?.mapping?.map(\.value) ?? []) { reader.addLinks(of: project) }
        for member in root["packages"]?.mapping ?? [] { reader.add(member, separator: major == UInt8(ascii: "5") ? "/" : "@") }
        return reader.inventory.finished(bytes)
    }

    /// `version: link:../other` is another project.
    private mutating func addLinks(of project: YAMLNode) {
        for kind in ["dependencies", "devDependencies", "optionalDependencies"] {
            for member in project[kind]?.mapping ?? [] {
                let version = member.value.scalar ?? member.value["version"]?.scalar
                if version?.hasPrefix("link:") == true { inventory.add(member.key, nil, at: member.keyOffset) }
            }
        }
    }

    private mutating func add(_ member: YAMLNode.Member, separator: Character) {
        let (entry, offset) = (member.value, member.keyOffset)
        let resolution = entry["resolution"]
        let key = Self.split(member.key, separator)
        let name = entry["name"]?.scalar ?? key?.name ?? member.key
        let version = entry["version"]?.scalar ?? key?.version
        if let repository = resolution?["repo"]?.scalar {
            inventory.addNPM(name, version, from: .repository(repository, commit: resolution?["commit"]?.scalar), at: offset)
        } else if resolution?["directory"] != nil {
            inventory.add(name, version, at: offset)
        } else if let tarball = resolution?["tarball"]?.scalar {
            inventory.addNPM(name, version, from: NPMSource(resolved: tarball), at: offset)
        } else if let version, key != nil, !NPMSource.isAddress(version) {
            inventory.addNPM(name, version, at: offset)
        } else if resolution?["integrity"] != nil, key == nil {
            inventory.log.add(.badValue, at: offset, "\"\(member.key)\" is not written as a name and a version")
            inventory.add(name, version, at: offset)
        } else {
            inventory.addNPM(name, version, from: version.map { NPMSource(resolved: $0) } ?? .elsewhere, at: offset)
        }
    }

    /// `/name/1.0.0_peers`, `/@scope/name@1.0.0(peer@2.0.0)` and `name@1.0.0`; a registry's host may stand before the slash.
    private static func split(_ key: String, _ separator: Character) -> (name: String, version: String)? {
        var rest = key.prefix { $0 != "(" }
        if let slash = rest.firstIndex(of: "/"), separator == "/" || slash == rest.startIndex {
            rest = rest[rest.index(after: slash)...]
        }
        guard separator == "/" else {
            return splitNPMSpecifier(rest).map { (String($0.name), String($0.rest)) }
        }
        var parts = rest.split(separator: "/", omittingEmptySubsequences: false)
        guard let first = parts.first, parts.count >= (first.hasPrefix("@") ? 3 : 2) else { return nil }
        let name = first.hasPrefix("@") ? parts.removeFirst() + "/" + parts.removeFirst() : String(parts.removeFirst())
        // Peers follow an underscore, and before version 5.3 a slash.
        return (String(name), String((parts.first ?? "").prefix { $0 != "_" }))
    }
}

/// Reads `yarn.lock` of Yarn 1 (https://classic.yarnpkg.com/lang/en/docs/yarn-lock/): a list of patterns `name@range` on a line
/// of its own, and below it what they were resolved to. Later versions write YAML, which their metadata tells.
struct YarnLockReader {
    private var inventory = LockFileInventory(.yarn)
    /// The first pattern of the entry being read.
    private var pattern: TextSlice?
    private var version, resolved: String?

    private init() {}

    static func read(_ bytes: [UInt8]) throws(TextFault) -> InventoryDocument {
        try TextCheck.check(bytes)
        if TextLines(bytes).contains(where: { $0.hasPrefix("__metadata:") }) { return try YarnBerryLockReader.read(bytes) }
        var reader = YarnLockReader()
        reader.inventory.specVersion = "1"
        for line in TextLines(bytes) { try reader.take(line) }
        reader.finishEntry()
        return reader.inventory.finished(bytes)
    }

    private mutating func take(_ line: TextSlice) throws(TextFault) {
        let content = line.trimmed()
        if content.isEmpty || content.first == UInt8(ascii: "#") { return }
        switch line.indentation {
        case 0:
            finishEntry()
            guard content.last == UInt8(ascii: ":") else {
                throw TextFault("an entry ends its first line with ':'", at: line.startIndex)
            }
            pattern = try Self.firstText(content.dropLast())
        case 2:
            guard pattern != nil else { throw TextFault("a member that belongs to no entry", at: line.startIndex) }
            if content.hasPrefix("version ") { version = try Self.firstText(content.dropFirst(8)).text }
            if content.hasPrefix("resolved ") { resolved = try Self.firstText(content.dropFirst(9)).text }
        default:
            guard pattern != nil else { throw TextFault("a member that belongs to no entry", at: line.startIndex) }
        }
    }

    /// The first of the texts between commas, without the quotation marks around it.
    private static func firstText(_ list: TextSlice) throws(TextFault) -> TextSlice {
        let list = list.trimmed()
        guard list.first == UInt8(ascii: "\"") else { return list.prefix { $0 != UInt8(ascii: ",") }.trimmed() }
        let rest = list.dropFirst()
        guard let end = rest.firstIndex(of: UInt8(ascii: "\"")) else {
            throw TextFault("a quotation mark is never closed", at: list.startIndex)
        }
        return rest[..<end]
    }

    private mutating func finishEntry() {
        defer { (pattern, version, resolved) = (nil, nil, nil) }
        guard let pattern else { return }
        let offset = pattern.startIndex
        guard let (name, range) = splitNPMSpecifier(Substring(pattern.text)) else {
            return inventory.addNPM(pattern.text, version, at: offset)
        }
        // `alias@npm:other@^1` is the package `other`.
        if range.hasPrefix("npm:") {
            let target = range.dropFirst(4)
            return inventory.addNPM(String(splitNPMSpecifier(target)?.name ?? target), version, at: offset)
        }
        inventory.addNPM(String(name), version, from: source(String(range)), at: offset)
    }

    private func source(_ range: String) -> NPMSource {
        if let resolved {
            return NPMSource(resolved: resolved)
        }
        return NPMSource.isAddress(range) ? NPMSource(resolved: range) : .registry
    }
}

/// Reads `yarn.lock` of Yarn 2 and later (https://yarnpkg.com/): the resolution `name@npm:version` of each entry, and that of a
/// patched package the one it patches.
enum YarnBerryLockReader {
    static func read(_ bytes: [UInt8]) throws(TextFault) -> InventoryDocument {
        let root = try YAMLReader.parse(bytes)
        var inventory = LockFileInventory(.yarn)
        inventory.specVersion = root["__metadata"]?["version"]?.scalar
        for member in root.mapping ?? [] where member.key != "__metadata" { add(member, to: &inventory) }
        return inventory.finished(bytes)
    }

    private static func add(_ member: YAMLNode.Member, to inventory: inout LockFileInventory) {
        let offset = member.keyOffset
        guard let resolution = member.value["resolution"]?.scalar, let (name, rest) = splitNPMSpecifier(Substring(resolution))
        else {
            return inventory.log.add(.missingMember, at: offset, "\(member.key) has no resolution of the form name@source")
        }
        add(String(name), rest, member.value["version"]?.scalar, at: offset, to: &inventory)
    }

    private static func add(
        _ name: String, _ rest: Substring, _ version: String?, at offset: Int, to inventory: inout LockFileInventory
    ) {
        if rest.hasPrefix("npm:") {
            // `::` begins parameters of the resolution, such as the address of the archive.
            let bare = rest.dropFirst(4).utf8.prefix { $0 != UInt8(ascii: ":") }
            inventory.addNPM(name, Substring(bare).isEmpty ? version : String(Substring(bare)), at: offset)
        } else if rest.hasPrefix("patch:") {
            // `patch:name@npm%3A1.2.3#file::version=1.2.3&hash=…`
            inventory.addNPM(String(splitNPMSpecifier(rest.dropFirst(6))?.name ?? Substring(name)), version, at: offset)
        } else if rest.hasPrefix("virtual:"), let hash = rest.firstIndex(of: "#") {
            add(name, rest[rest.index(after: hash)...], version, at: offset, to: &inventory)
        } else {
            inventory.addNPM(name, version, from: NPMSource(resolved: String(rest)), at: offset)
        }
    }
}

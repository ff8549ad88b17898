import PackageIdentity

/// Reads a list that people make without tools: `package,version` in each row of a CSV file (RFC 4180), or `ecosystem,name,version`.
///
/// The package is a purl, a CPE name, `ecosystem:name` (`npm:lodash`, `Debian:12:openssl`), in which the ecosystem is one of OSV's
/// in any case or the type of a purl, or a bare name, which no advisory can match.
/// A first row without a version's digits is a header; where its first cell is `ecosystem` or `type`, every row has three columns.
/// No field of such a list goes over several lines: a quotation mark that stays open takes its own line with it, and no other.
/// The delimiter is a comma, or a semicolon or tab where the first row has those and no comma.
struct PackageListReader {
    private var rows: CSVReader
    private var inventory = LockFileInventory(.csv)
    private var hasEcosystemColumn = false

    static func read(_ bytes: [UInt8]) throws(TextFault) -> InventoryDocument {
        try TextCheck.check(bytes)
        var reader = PackageListReader(rows: CSVReader(bytes, delimiter: delimiter(bytes), allowsLineBreaks: false))
        var isFirst = true
        while let row = reader.rows.next() {
            defer { isFirst = false }
            let fields = (reader.rows.texts(of: row) ?? []).map { Array($0.utf8)[...].trimmed().text }
            if isFirst, row.fault == nil, isHeader(fields) {
                reader.hasEcosystemColumn = ["ecosystem", "type"].contains(fields[0].lowercased())
                continue
            }
            if fields.allSatisfy(\.isEmpty), row.fault == nil { continue }
            if let fault = row.fault {
                reader.inventory.log.add(.badSyntax, at: fault.byteOffset, fault.reason)
            } else {
                reader.take(fields, at: row.byteOffset)
            }
        }
        return reader.inventory.finished(bytes)
    }

    private static func delimiter(_ bytes: [UInt8]) -> UInt8 {
        let first = TextLines(bytes).first { !$0.trimmed().isEmpty } ?? []
        let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
        return candidates.first { first.contains($0) } ?? candidates[0]
    }

    private static let headings: Set<String> = [
        "package", "name", "purl", "cpe", "component", "version", "ecosystem", "installed version", "type", "paket", "komponente"
    ]

    private static func isHeader(_ fields: [String]) -> Bool {
        fields.contains { headings.contains($0.lowercased()) } && !fields.contains { $0.utf8.contains { $0 &- 0x30 < 10 } }
    }

    private mutating func take(_ fields: [String], at offset: Int) {
        // Spreadsheets write empty cells behind the last one.
        let count = 1 + (fields.lastIndex { !$0.isEmpty } ?? 0)
        switch max(count, hasEcosystemColumn && fields.count > 1 ? 3 : 0) {
        case 1: package(fields[0], nil, at: offset)
        case 2 where !fields[0].isEmpty: package(fields[0], fields[1], at: offset)
        case 3 where !fields[0].isEmpty && !fields[1].isEmpty:
            package(ecosystem: fields[0], fields[1], fields.count > 2 ? fields[2] : nil, at: offset)
        default: inventory.log.add(.badValue, at: offset, "a row is package,version or ecosystem,name,version")
        }
    }

    private mutating func package(_ text: String, _ version: String?, at offset: Int) {
        if text.lowercased().hasPrefix("pkg:") { return purl(text, version, at: offset) }
        if ["cpe:2.3:", "cpe:/"].contains(where: text.lowercased().hasPrefix) { return cpe(text, version, at: offset) }
        guard let colon = text.firstIndex(of: ":") else { return bare(text, version, at: offset) }
        var (ecosystem, name) = (text[..<colon], text[text.index(after: colon)...])
        // A release stands between the name of a distribution and that of the package: `Debian:12:openssl`.
        if ListedEcosystem.isDistribution(String(ecosystem)), let last = name.lastIndex(of: ":") {
            (ecosystem, name) = (text[..<last], name[name.index(after: last)...])
        }
        package(ecosystem: String(ecosystem), String(name), version, at: offset)
    }

    private mutating func purl(_ text: String, _ version: String?, at offset: Int) {
        do throws(PurlError) {
            let written = try Purl(normalizing: text)
            guard let version, written.version == nil else { return list(written, at: offset, differing: version) }
            let qualifiers = Dictionary(uniqueKeysWithValues: written.qualifiers.map { ($0.key, $0.value) })
            let purl = try Purl(
                type: written.type, namespace: written.namespace, name: written.name, version: version, qualifiers: qualifiers,
                subpath: written.subpath)
            list(purl, at: offset, differing: nil)
        } catch {
            inventory.log.add(.badValue, at: offset, "\(text) is not a package URL: \(error.reason)")
        }
    }

    private mutating func list(_ purl: Purl, at offset: Int, differing version: String?) {
        if let version, version != purl.version {
            return inventory.log.add(.badValue, at: offset, "the package URL and the second column name different versions")
        }
        if purl.version == nil { inventory.log.add(.missingMember, at: offset, "\(purl.name) has no version") }
        inventory.append(purl.name, purl.version, purl: purl.description, at: offset)
    }

    /// The version of the second column counts where the name leaves it open.
    private mutating func cpe(_ text: String, _ version: String?, at offset: Int) {
        do throws(CPEError) {
            let name = try CPE(parsing: text)
            let named = name[.version].literal
            if let version, let named, version.lowercased() != named.lowercased() {
                return inventory.log.add(.badValue, at: offset, "the CPE name and the second column name different versions")
            }
            let product = name[.product].literal ?? text
            if version == nil, named == nil { inventory.log.add(.missingMember, at: offset, "\(product) has no version") }
            inventory.add(product, version ?? named, cpe: text, at: offset)
        } catch {
            inventory.log.add(.badValue, at: offset, "\(text) is not a CPE name: \(error.reason)")
        }
    }

    private mutating func bare(_ name: String, _ version: String?, at offset: Int) {
        inventory.log.add(.badValue, at: offset, "\(name) names no ecosystem: write ecosystem:name or a package URL")
        inventory.add(name, version, at: offset)
    }

    private mutating func package(ecosystem text: String, _ name: String, _ version: String?, at offset: Int) {
        let version = version.flatMap { $0.isEmpty ? nil : $0 }
        guard let ecosystem = ListedEcosystem(text) else {
            guard let ecosystem = ListedEcosystem.withoutPurls(text) else {
                inventory.log.add(.badValue, at: offset, "\(text) is no ecosystem of OSV and no type of a package URL")
                return inventory.add(name, version, at: offset)
            }
            if version == nil { inventory.log.add(.missingMember, at: offset, "\(name) has no version") }
            return inventory.add(name, version, ecosystem: ecosystem, at: offset)
        }
        let (namespace, bare) = ecosystem.split(name)
        guard let version else { return package(ecosystem, namespace, bare, at: offset) }
        if ecosystem.type == "golang", namespace == nil { return inventory.addGo(name, version, at: offset) }
        inventory.add(
            name, version, type: ecosystem.type, namespace: namespace, purlName: bare, qualifiers: ecosystem.qualifiers,
            at: offset)
    }

    /// A package without a version, which advisories are asked about all the same.
    private mutating func package(_ ecosystem: ListedEcosystem, _ namespace: String?, _ name: String, at offset: Int) {
        do throws(PurlError) {
            let purl = try Purl(type: ecosystem.type, namespace: namespace, name: name, qualifiers: ecosystem.qualifiers)
            list(purl, at: offset, differing: nil)
        } catch {
            inventory.log.add(.badValue, at: offset, "\(name) is no package of type \(ecosystem.type): \(error.reason)")
        }
    }
}

import PackageIdentity

/// Reads a list that people make without tools (RFC 4180): the columns are told by the names in the first row (`PackageListColumns`), in any
/// order and among others, which are passed over; without such a row they are `package,version` or `ecosystem,name,version`.
///
/// The package is a purl, a CPE name, `ecosystem:name` (`npm:lodash`, `Debian:12:openssl`), in which the ecosystem is one of OSV's
/// in any case or the type of a purl, or a bare name, which no advisory can match; or it stands in columns of their own: a purl counts before
/// a CPE name, that before an ecosystem and name, and those before a vendor and product, as devices are listed. A group or namespace
/// (Maven's, npm's scope) may have a column beside the name.
/// No field of such a list goes over several lines: a quotation mark that stays open takes its own line with it, and no other.
/// The delimiter is a comma, or a semicolon or tab where the first row has those and no comma.
struct PackageListReader {
    private var rows: CSVReader
    private var inventory = LockFileInventory(.csv)
    private var columns: PackageListColumns?
    /// Where the row in hand begins.
    private var offset = 0

    static func read(_ bytes: [UInt8]) throws(TextFault) -> InventoryDocument {
        try TextCheck.check(bytes)
        var reader = PackageListReader(rows: CSVReader(bytes, delimiter: delimiter(bytes), allowsLineBreaks: false))
        var isFirst = true
        while let row = reader.rows.next() {
            if let fault = row.fault {
                let number = row.fields.lastIndex { $0.range.lowerBound <= fault.byteOffset + 1 } ?? 0
                reader.inventory.log.add(.badSyntax, at: fault.byteOffset, "column \(number + 1): \(fault.reason)")
                isFirst = false
                continue
            }
            let fields = (reader.rows.texts(of: row) ?? []).map { Array($0.utf8)[...].trimmed().text }
            // Spreadsheets are told the delimiter so, which the row itself shows.
            if isFirst, let told = fields.first?.lowercased(), told.hasPrefix("sep="), told.utf8.count < 6 { continue }
            defer { isFirst = false }
            if isFirst, let columns = PackageListColumns(fields) {
                if columns.namePackages { reader.columns = columns }
                continue
            }
            if fields.allSatisfy(\.isEmpty) { continue }
            reader.offset = row.byteOffset
            if let columns = reader.columns { reader.take(fields, in: columns) } else { reader.take(fields) }
        }
        return reader.inventory.finished(bytes)
    }

    private static func delimiter(_ bytes: [UInt8]) -> UInt8 {
        let first = TextLines(bytes).first { !$0.trimmed().isEmpty } ?? []
        let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
        return candidates.first { first.contains($0) } ?? candidates[0]
    }

    // MARK: rows

    /// A row of columns that have names.
    private mutating func take(_ fields: [String], in columns: PackageListColumns) {
        guard fields.lastIndex(where: { !$0.isEmpty }) ?? 0 < columns.count else {
            return note(.badValue, "column \(columns.count + 1)", "the row has more columns than the first one names")
        }
        func text(_ meaning: PackageListColumns.Meaning) -> String? { columns.text(meaning, of: fields) }
        let named: PackageListColumns.Meaning = text(.version) == nil && text(.firmware) != nil ? .firmware : .version
        let version = Cell(Self.version(text(named)), columns.words(named))
        for meaning in [PackageListColumns.Meaning.purl, .cpe] {
            guard let text = text(meaning) else { continue }
            let cell = Cell(text, columns.words(meaning))
            return meaning == .purl ? purl(cell, version) : cpe(cell, version)
        }
        if let vendor = text(.vendor), text(.ecosystem) == nil, text(.name).map(Self.namesPackage) != true,
            let product = text(.product) ?? text(.name)
        {
            // A device's own version is that of its model.
            let meaning: PackageListColumns.Meaning = text(.firmware) == nil ? .version : .firmware
            let version = Cell(Self.version(text(meaning)), columns.words(meaning))
            noteMissing(version.content, of: product, version)
            return inventory.add(product, version.content, vendor: vendor, at: offset)
        }
        guard let name = text(.name) else {
            let isDevice = columns.has(.vendor) && columns.has(.product)
            let missing: [PackageListColumns.Meaning] =
                isDevice ? [text(.vendor) == nil && text(.product) != nil ? .vendor : .product] : [.name, .purl, .cpe]
            return note(.missingMember, columns.words(missing.first(where: columns.has) ?? .name), "the row names no package")
        }
        let cell = Cell(name, columns.words(.name))
        guard let ecosystem = text(.ecosystem), !Self.isIdentifier(name) else { return package(cell, version) }
        package(ecosystem: Cell(ecosystem, columns.words(.ecosystem)), cell, version, group: text(.group))
    }

    /// A row whose columns are told by their order.
    private mutating func take(_ fields: [String]) {
        // Spreadsheets write empty cells behind the last one.
        let cells = fields[...(fields.lastIndex { !$0.isEmpty } ?? 0)].enumerated().map { Cell($1, "column \($0 + 1)") }
        let none = Cell(nil, "column 2")
        switch cells.count {
        case 1: package(cells[0], none)
        case 2 where !cells[0].isEmpty: package(cells[0], cells[1])
        case 3 where !cells[0].isEmpty && !cells[1].isEmpty: package(ecosystem: cells[0], cells[1], cells[2])
        default:
            let place = cells.count > 3 ? "column 4" : cells[0].column
            note(.badValue, place, "a row is package,version or ecosystem,name,version")
        }
    }

    /// What stands in a column.
    private struct Cell {
        let text: String
        /// The column, for people.
        let column: String

        init(_ text: String?, _ column: String) { (self.text, self.column) = (text ?? "", column) }

        var isEmpty: Bool { text.isEmpty }
        /// Nil where there is nothing in it.
        var content: String? { text.isEmpty ? nil : text }
    }

    private mutating func note(_ code: FormatViolation.Code, _ column: String, _ reason: String) {
        inventory.log.add(code, at: offset, "\(column): \(reason)")
    }

    // MARK: packages

    /// What people write who do not know a version.
    private static let placeholders: Set<String> = [
        "?", "-", "n/a", "na", "tbd", "unknown", "latest", "none", "unbekannt", "k.a."
    ]

    /// Nil where the text says only that the version is not known.
    private static func version(_ text: String?) -> String? {
        text.flatMap { placeholders.contains($0.lowercased()) ? nil : $0 }
    }

    /// Whether a text names a package by itself: it is meant to be a package URL or a CPE name, or has an ecosystem in front.
    private static func namesPackage(_ text: String) -> Bool {
        if isIdentifier(text) { return true }
        guard let ecosystem = text.firstIndex(of: ":").map({ String(text[..<$0]) }) else { return false }
        return ListedEcosystem(ecosystem) != nil || ListedEcosystem.withoutPurls(ecosystem) != nil
    }

    /// Whether a text is meant to be a package URL or a CPE name.
    private static func isIdentifier(_ text: String) -> Bool {
        ["pkg:", "cpe:2.3:", "cpe:/"].contains(where: text.lowercased().hasPrefix)
    }

    private mutating func package(_ package: Cell, _ version: Cell) {
        let text = package.text
        if Self.isIdentifier(text) {
            return text.lowercased().hasPrefix("pkg:") ? purl(package, version) : cpe(package, version)
        }
        guard let colon = text.firstIndex(of: ":") else { return bare(package, version) }
        var (ecosystem, name) = (text[..<colon], text[text.index(after: colon)...])
        // A release stands between the name of a distribution and that of the package: `Debian:12:openssl`.
        if ListedEcosystem.isDistribution(String(ecosystem)), let last = name.lastIndex(of: ":") {
            (ecosystem, name) = (text[..<last], name[name.index(after: last)...])
        }
        self.package(
            ecosystem: Cell(String(ecosystem), package.column),
            Cell(Array(name.utf8)[...].trimmed().text, package.column), version)
    }

    private mutating func purl(_ cell: Cell, _ version: Cell) {
        do throws(PurlError) {
            let written = try Purl(normalizing: cell.text)
            guard let number = version.content, written.version == nil else { return list(written, cell, version) }
            let qualifiers = Dictionary(uniqueKeysWithValues: written.qualifiers.map { ($0.key, $0.value) })
            let purl = try Purl(
                type: written.type, namespace: written.namespace, name: written.name, version: number, qualifiers: qualifiers,
                subpath: written.subpath)
            list(purl, cell, version)
        } catch {
            note(.badValue, cell.column, "\(cell.text) is not a package URL: \(error.reason)")
        }
    }

    private mutating func list(_ purl: Purl, _ cell: Cell, _ version: Cell) {
        if let number = version.content, number != purl.version {
            return note(.badValue, version.column, "\(number) is another version than that of the package URL")
        }
        noteMissing(purl.version, of: purl.name, version)
        inventory.append(purl.name, purl.version, purl: purl.description, at: offset)
    }

    private mutating func noteMissing(_ number: String?, of name: String, _ version: Cell) {
        if number == nil { note(.missingMember, version.column, "\(name) has no version") }
    }

    /// The version of its own column counts where the name leaves it open.
    private mutating func cpe(_ cell: Cell, _ version: Cell) {
        do throws(CPEError) {
            let name = try CPE(parsing: cell.text)
            let named = name[.version].literal
            if let number = version.content, let named, number.lowercased() != named.lowercased() {
                return note(.badValue, version.column, "\(number) is another version than that of the CPE name")
            }
            let product = name[.product].literal ?? cell.text
            noteMissing(version.content ?? named, of: product, version)
            inventory.add(product, version.content ?? named, cpe: cell.text, at: offset)
        } catch {
            note(.badValue, cell.column, "\(cell.text) is not a CPE name: \(error.reason)")
        }
    }

    private mutating func bare(_ name: Cell, _ version: Cell) {
        note(.badValue, name.column, "\(name.text) names no ecosystem: write ecosystem:name or a package URL")
        inventory.add(name.text, version.content, at: offset)
    }

    private mutating func package(ecosystem cell: Cell, _ written: Cell, _ version: Cell, group: String? = nil) {
        let ecosystem = ListedEcosystem(cell.text)
        let name = ecosystem?.name(written.text, of: group) ?? written.text
        if let fault = ecosystem?.fault(of: name) {
            note(.badValue, written.column, "\(name) is no package of \(cell.text): \(fault)")
            return inventory.add(name, version.content, at: offset)
        }
        guard let ecosystem else {
            guard let ecosystem = ListedEcosystem.withoutPurls(cell.text) else {
                note(.badValue, cell.column, "\(cell.text) is no ecosystem of OSV and no type of a package URL")
                return inventory.add(name, version.content, at: offset)
            }
            noteMissing(version.content, of: name, version)
            return inventory.add(name, version.content, ecosystem: ecosystem, at: offset)
        }
        let (namespace, bare) = ecosystem.split(name)
        if let number = version.content, ecosystem.type == "golang", namespace == nil {
            return inventory.addGo(name, number, at: offset)
        }
        do throws(PurlError) {
            let purl = try Purl(
                type: ecosystem.type, namespace: namespace, name: bare, version: version.content,
                qualifiers: ecosystem.qualifiers)
            noteMissing(purl.version, of: name, version)
            inventory.append(name, purl.version, purl: purl.description, at: offset)
        } catch {
            note(.badValue, written.column, "\(name) is no package of type \(ecosystem.type): \(error.reason)")
            if let number = version.content { inventory.add(name, number, at: offset) }
        }
    }
}

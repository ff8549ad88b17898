/// Reads requirements files of pip (https://pip.pypa.io/en/stable/reference/requirements-file-format/) as the list of what is
/// pinned with `==`. A requirement that is not pinned, and a file that is named to be read too, is a problem: what is installed
/// for it, this file does not say.
struct RequirementsReader {
    private var inventory = LockFileInventory(.requirements)

    private init() {}

    static func read(_ bytes: [UInt8]) throws(TextFault) -> InventoryDocument {
        try TextCheck.check(bytes)
        var reader = RequirementsReader()
        var logical: [UInt8] = []
        var start: Int?
        for line in TextLines(bytes) {
            // A comment line ends no continuation, and is none itself.
            if line.trimmed().first == UInt8(ascii: "#") { continue }
            let isContinued = line.last == UInt8(ascii: "\\")
            if start == nil, !line.trimmed().isEmpty { start = line.startIndex }
            logical += isContinued ? line.dropLast() : line
            if isContinued { continue }
            if let start { reader.take(logical[...], at: start) }
            (logical, start) = ([], nil)
        }
        if let start { reader.take(logical[...], at: start) }
        return reader.inventory.finished(bytes)
    }

    private mutating func take(_ line: TextSlice, at offset: Int) {
        let text = Self.withoutComment(line).trimmed()
        if text.isEmpty { return }
        if text.first == UInt8(ascii: "-") { return option(text, at: offset) }
        requirement(text, at: offset)
    }

    /// A comment begins at the start or behind a blank: addresses may have a `#`.
    private static func withoutComment(_ line: TextSlice) -> TextSlice {
        for index in line.indices where line[index] == UInt8(ascii: "#") {
            if index == line.startIndex || line[index - 1] == 0x20 || line[index - 1] == 0x09 { return line[..<index] }
        }
        return line
    }

    private mutating func option(_ text: TextSlice, at offset: Int) {
        let words = text.split { $0 == 0x20 || $0 == 0x09 || $0 == UInt8(ascii: "=") }
        let (option, value) = (words.first?.text ?? "", words.dropFirst().first?.text)
        switch option {
        case "-e", "--editable": requirement(text.dropFirst(words[0].count + 1).trimmed(), at: offset)
        case "-r", "--requirement":
            inventory.log.add(.badValue, at: offset, "\(value ?? "another file") is to be read too, and is not part of this file")
        // Constraints, indexes and switches install nothing.
        default: break
        }
    }

    private mutating func requirement(_ text: TextSlice, at offset: Int) {
        if let address = Self.address(text) { return add(address, text, at: offset) }
        // `;` begins the environment that it holds for, and options follow the version.
        let body = (text.divided(by: " --")?.before ?? text).prefix { $0 != UInt8(ascii: ";") }
        let name = body.prefix(while: Self.isName)
        guard !name.isEmpty else {
            return inventory.log.add(.badValue, at: offset, "the line is neither a requirement nor an option")
        }
        var rest = body[name.endIndex...].trimmed()
        if rest.first == UInt8(ascii: "["), let close = rest.firstIndex(of: UInt8(ascii: "]")) {
            rest = rest[(close + 1)...].trimmed()
        }
        if rest.first == UInt8(ascii: "("), rest.last == UInt8(ascii: ")") { rest = rest.dropFirst().dropLast() }
        guard let version = PythonPin.version(rest.text) else {
            inventory.log.add(.badValue, at: offset, "\(name.text) is not pinned to one version by ==")
            return inventory.add(name.text, nil, at: offset)
        }
        inventory.add(name.text, version, type: "pypi", at: offset)
    }

    /// The address of `name @ address`, of a plain address, or of a path; nil for a requirement by name.
    private static func address(_ text: TextSlice) -> TextSlice? {
        if let (before, after) = text.divided(by: "@"), !before.isEmpty,
            before.allSatisfy({
                isName($0) || $0 == 0x20 || $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "]") || $0 == UInt8(ascii: ",")
            })
        {
            return after.trimmed()
        }
        let first = text.words().first ?? text
        if first.index(of: "://") != nil || first.first == UInt8(ascii: ".") || first.contains(UInt8(ascii: "/")) { return first }
        return first.hasSuffix(".whl") || first.hasSuffix(".tar.gz") || first.hasSuffix(".zip") ? first : nil
    }

    private mutating func add(_ address: TextSlice, _ text: TextSlice, at offset: Int) {
        let (name, version) = Self.statedName(address, text)
        let display = name ?? address.words().first?.text ?? ""
        guard address.hasPrefix("git+") else { return inventory.add(display, nil, at: offset) }
        let path = address.prefix { $0 != UInt8(ascii: "#") && $0 != 0x20 }
        let at = path.lastIndex(of: UInt8(ascii: "@"))
        let slash = path.lastIndex(of: UInt8(ascii: "/")) ?? path.startIndex
        // `user@host/…` is no revision.
        let revision = at.flatMap { $0 > slash ? path[($0 + 1)...].text : nil }
        let stated = name.flatMap { _ in version ?? revision.flatMap(Self.release(taggedBy:)) }
        inventory.add(
            display, stated, repository: path.text, commit: revision, type: name.map { _ in "pypi" }, at: offset)
    }

    /// What a requirement by address says it is: `name @ address`, or behind the address `#egg=name`, which was once `name-version`, too.
    private static func statedName(_ address: TextSlice, _ text: TextSlice) -> (name: String?, version: String?) {
        guard let egg = address.divided(by: "egg=")?.after.prefix(while: isName) else {
            return (text.startIndex == address.startIndex ? nil : text.prefix(while: isName).text, nil)
        }
        guard let hyphen = egg.lastIndex(of: UInt8(ascii: "-")), let version = release(taggedBy: egg[(hyphen + 1)...].text),
            hyphen > egg.startIndex
        else { return (egg.isEmpty ? nil : egg.text, nil) }
        return (egg[..<hyphen].text, version)
    }

    /// The release that a revision is likely the tag of: `2.2`, `v2.2`, `django-2.2`. Commits have no dot; the branch of a series may be called
    /// so as well (`2.2`), and what is asked by it is in doubt anyway.
    private static func release(taggedBy revision: String) -> String? {
        guard let digit = revision.firstIndex(where: \.isNumber) else { return nil }
        let (word, version) = (revision[..<digit], revision[digit...])
        guard version.contains("."), !version.hasSuffix(".x"), version.utf8.allSatisfy(isName),
            word.isEmpty || word == "v" || word.hasSuffix("-") || word.hasSuffix("-v") || word.hasSuffix("_")
                || word.hasSuffix("/")
        else { return nil }
        return String(version)
    }

    private static func isName(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
            || byte == UInt8(ascii: ".")
    }
}

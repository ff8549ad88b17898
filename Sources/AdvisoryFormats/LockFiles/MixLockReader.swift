/// Reads `mix.lock` of Elixir (https://hexdocs.pm/mix/Mix.Tasks.Deps.html): one map of tuples, written as Elixir terms. Only
/// tuples that begin with `:hex` are a registry's.
struct MixLockReader {
    /// Terms that may be open at once: the reader recurses.
    private static let maximumDepth = 100

    /// What is told apart of a term.
    private enum Term {
        case text(String), atom(String), tuple([Term]), other
    }

    private let bytes: [UInt8]
    private var position = 0
    private var inventory = LockFileInventory(.mix)

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    static func read(_ bytes: [UInt8]) throws(TextFault) -> InventoryDocument {
        try TextCheck.check(bytes)
        var reader = MixLockReader(bytes)
        try reader.map()
        return reader.inventory.finished(bytes)
    }

    private var byte: UInt8 { position < bytes.count ? bytes[position] : 0 }

    private func fault(_ reason: String) -> TextFault { TextFault(reason, at: position) }

    private mutating func passSpace() {
        while byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D || byte == UInt8(ascii: "#") {
            if byte == UInt8(ascii: "#") { while position < bytes.count, byte != 0x0A { position += 1 } } else { position += 1 }
        }
    }

    private mutating func expect(_ text: StaticString) throws(TextFault) {
        passSpace()
        guard bytes[min(position, bytes.count)...].hasPrefix(text) else { throw fault("\(text) is missing") }
        position += text.utf8CodeUnitCount
    }

    private mutating func take(_ expected: UInt8) -> Bool {
        passSpace()
        guard byte == expected, position < bytes.count else { return false }
        position += 1
        return true
    }

    private mutating func map() throws(TextFault) {
        try expect("%{")
        while !take(UInt8(ascii: "}")) {
            let offset = position
            let name = try string()
            if !take(UInt8(ascii: ":")) { try expect("=>") }
            add(name, try term(depth: 0), at: offset)
            guard take(UInt8(ascii: ",")) else {
                try expect("}")
                break
            }
        }
        passSpace()
        if position < bytes.count { throw fault("text behind the end of the map") }
    }

    private mutating func string() throws(TextFault) -> String {
        passSpace()
        guard byte == UInt8(ascii: "\"") else { throw fault("a text in quotation marks is missing") }
        position += 1
        var text: [UInt8] = []
        while byte != UInt8(ascii: "\"") {
            if byte == UInt8(ascii: "\\") { position += 1 }
            guard position < bytes.count else { throw fault("a quotation mark is never closed") }
            text.append(byte)
            position += 1
        }
        position += 1
        return String(decoding: text, as: UTF8.self)
    }

    private mutating func term(depth: Int) throws(TextFault) -> Term {
        guard depth < Self.maximumDepth else { throw fault("more than \(Self.maximumDepth) terms are open") }
        passSpace()
        switch byte {
        case UInt8(ascii: "\""): return .text(try string())
        case UInt8(ascii: "{"): return .tuple(try elements(until: UInt8(ascii: "}"), depth: depth))
        case UInt8(ascii: "["):
            _ = try elements(until: UInt8(ascii: "]"), depth: depth)
            return .other
        case UInt8(ascii: ":"):
            position += 1
            return .atom(byte == UInt8(ascii: "\"") ? try string() : try word())
        default:
            _ = try word()
            return .other
        }
    }

    private mutating func word() throws(TextFault) -> String {
        let start = position
        while (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || [0x5F, 0x2E, 0x2D, 0x40, 0x3F, 0x21].contains(byte) {
            position += 1
        }
        guard position > start else { throw fault("a term is missing") }
        return bytes[start..<position].text
    }

    /// The elements of a tuple or list; those of a keyword list may have a name before them.
    private mutating func elements(until closing: UInt8, depth: Int) throws(TextFault) -> [Term] {
        position += 1
        var terms: [Term] = []
        while !take(closing) {
            var element = try term(depth: depth + 1)
            if byte == UInt8(ascii: ":") {
                position += 1
                element = try term(depth: depth + 1)
            }
            terms.append(element)
            guard take(UInt8(ascii: ",")) else {
                guard take(closing) else { throw fault("',' is missing between terms") }
                break
            }
        }
        return terms
    }

    /// `{:hex, :package, "version", …, "repository", hash}` and `{:git, "address", "commit", …}`.
    private mutating func add(_ name: String, _ term: Term, at offset: Int) {
        guard case .tuple(let terms) = term, case .atom(let source)? = terms.first, terms.count >= 3 else {
            return inventory.log.add(.badValue, at: offset, "\(name) is not locked by a tuple of source, package and version")
        }
        switch (source, terms[1], terms[2]) {
        case ("hex", .atom(let package), .text(let version)):
            inventory.add(package, version, type: "hex", namespace: Self.organization(terms), at: offset)
        case ("git", .text(let address), .text(let commit)):
            inventory.add(name, nil, repository: address, commit: commit, at: offset)
        default: inventory.add(name, nil, at: offset)
        }
    }

    /// The seventh element is `hexpm`, or `hexpm:organization` for a private package.
    private static func organization(_ terms: [Term]) -> String? {
        guard terms.count > 6, case .text(let repository) = terms[6], repository != "hexpm" else { return nil }
        return repository.hasPrefix("hexpm:") ? String(repository.dropFirst(6)) : repository
    }
}

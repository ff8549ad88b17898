import PackageIdentity

extension LockFileInventory {
    /// Adds a module of Go; a path of one element (`gotest.tools`) is allowed, though the purl type asks for a namespace.
    mutating func addGo(_ path: String, _ version: String, at offset: Int) {
        let parts = path.split(separator: "/").map(String.init)
        if parts.count > 1 {
            return add(
                path, version, type: "golang", namespace: parts.dropLast().joined(separator: "/"), purlName: parts.last,
                at: offset)
        }
        let text = "pkg:golang/\(PercentEncoding.encode(path))@\(PercentEncoding.encode(version))"
        do throws(PurlError) {
            append(path, version, purl: try Purl(normalizing: text).description, at: offset)
        } catch {
            log.add(.badValue, at: offset, "\(path) is no module path: \(error.reason)")
            add(path, version, at: offset)
        }
    }
}

/// Reads `go.sum` (https://go.dev/ref/mod#go-sum-files). It lists more than a build uses: also versions that were only looked at
/// while the build list was made, whose `go.mod` alone was needed. Only lines of a module's content are taken, not those with
/// `/go.mod` behind the version; what remains may still hold versions that another one has replaced.
enum GoSumReader {
    static func read(_ bytes: [UInt8]) throws(TextFault) -> InventoryDocument {
        try TextCheck.check(bytes)
        var inventory = LockFileInventory(.goSum)
        for line in TextLines(bytes) {
            let words = line.words()
            if words.isEmpty { continue }
            guard words.count == 3 else {
                inventory.log.add(.badValue, at: line.startIndex, "the line is not a module, a version and a hash")
                continue
            }
            if words[1].hasSuffix("/go.mod") { continue }
            inventory.addGo(words[0].text, words[1].text, at: line.startIndex)
        }
        return inventory.finished(bytes)
    }
}

/// Reads `go.mod` (https://go.dev/ref/mod#go-mod-file): the versions that are required, after `replace`. Since Go 1.17 they are
/// all that the build uses. The standard library is listed as `stdlib` with the version that `toolchain`, or else `go`, asks
/// for: the least that the module is built with.
struct GoModReader {
    private struct Module {
        let path: String
        let version: String?
        let offset: Int
    }

    private var required: [Module] = []
    private var replacements: [(old: Module, new: Module)] = []
    private var main, goVersion, toolchain: Module?
    private var inventory = LockFileInventory(.goMod)
    /// The directive whose block is open.
    private var block: String?

    private init() {}

    static func read(_ bytes: [UInt8]) throws(TextFault) -> InventoryDocument {
        try TextCheck.check(bytes)
        var reader = GoModReader()
        for line in TextLines(bytes) { try reader.take(line) }
        if let block = reader.block { throw TextFault("the block of \(block) is not closed", at: bytes.count) }
        reader.finish()
        return reader.inventory.finished(bytes)
    }

    private mutating func take(_ line: TextSlice) throws(TextFault) {
        let content = line.divided(by: "//")?.before ?? line
        var words = content.words().map(Self.unquoted)
        guard let first = words.first else { return }
        if let directive = block {
            if first == ")" { block = nil } else { directiveLine(directive, words, at: line.startIndex) }
            return
        }
        words.removeFirst()
        if words.first == "(" {
            block = first
        } else if first.hasSuffix("("), words.isEmpty {
            block = String(first.dropLast())
        } else if words.isEmpty {
            throw TextFault("a line is no directive", at: line.startIndex)
        } else {
            directiveLine(first, words, at: line.startIndex)
        }
    }

    private static func unquoted(_ word: TextSlice) -> String {
        for quote in [UInt8(ascii: "\""), UInt8(ascii: "`")] where word.count >= 2 && word.first == quote && word.last == quote {
            return word.dropFirst().dropLast().text
        }
        return word.text
    }

    private mutating func directiveLine(_ directive: String, _ words: [String], at offset: Int) {
        switch directive {
        case "module": main = Module(path: words[0], version: nil, offset: offset)
        case "go": goVersion = Module(path: "stdlib", version: words[0], offset: offset)
        case "toolchain" where words[0].hasPrefix("go"):
            toolchain = Module(path: "stdlib", version: String(words[0].dropFirst(2).prefix { $0 != "-" }), offset: offset)
        case "require" where words.count == 2: required.append(Module(path: words[0], version: words[1], offset: offset))
        case "replace": replace(words, at: offset)
        case "require": inventory.log.add(.badValue, at: offset, "a requirement is a module and a version")
        // `exclude`, `retract`, `tool`, `godebug` and others name nothing that is built in.
        default: break
        }
    }

    /// `old [version] => new [version]`; without a version the new one is a path.
    private mutating func replace(_ words: [String], at offset: Int) {
        guard let arrow = words.firstIndex(of: "=>"), (1...2).contains(arrow), (1...2).contains(words.count - arrow - 1) else {
            return inventory.log.add(.badValue, at: offset, "a replacement is a module, '=>' and another module or a path")
        }
        let old = Module(path: words[0], version: arrow == 2 ? words[1] : nil, offset: offset)
        let new = Module(path: words[arrow + 1], version: words.count == arrow + 3 ? words[arrow + 2] : nil, offset: offset)
        replacements.append((old, new))
    }

    private mutating func finish() {
        if let main { inventory.addSubject(main.path, nil, at: main.offset) }
        if let library = toolchain ?? goVersion, let version = library.version {
            inventory.addGo(library.path, version, at: library.offset)
        }
        for module in required {
            // A replacement of this very version goes before one of any version.
            let matching = replacements.filter { $0.old.path == module.path }
            let new = (matching.first { $0.old.version == module.version } ?? matching.first { $0.old.version == nil })?.new
            switch new {
            case nil: inventory.addGo(module.path, module.version ?? "", at: module.offset)
            case let new? where new.version != nil: inventory.addGo(new.path, new.version ?? "", at: module.offset)
            default: inventory.add(module.path, module.version, at: module.offset)
            }
        }
    }
}

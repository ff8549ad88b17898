/// Reads `Gemfile.lock` and `gems.locked` of Bundler (https://bundler.io/man/gemfile.5.html): the specs of every source. Those of
/// `GEM` are a registry's; those of `GIT` come from a commit, those of `PATH` from the project.
struct GemfileLockReader {
    private enum Source { case gem, git, path, none }

    private var inventory = LockFileInventory(.bundler)
    private var source = Source.none
    private var isInSpecs = false
    private var remote, revision: String?

    private init() {}

    static func read(_ bytes: [UInt8]) throws(TextFault) -> InventoryDocument {
        try TextCheck.check(bytes)
        var reader = GemfileLockReader()
        for line in TextLines(bytes) { try reader.take(line) }
        return reader.inventory.finished(bytes)
    }

    private mutating func take(_ line: TextSlice) throws(TextFault) {
        let content = line.trimmed()
        if content.isEmpty { return }
        switch line.indentation {
        case 0: try section(content)
        case 2 where source != .none:
            isInSpecs = content.equals("specs:")
            if content.hasPrefix("remote:") { remote = content.dropFirst(7).trimmed().text }
            if content.hasPrefix("revision:") { revision = content.dropFirst(9).trimmed().text }
        case 4 where isInSpecs: spec(content)
        // Deeper lines are what a spec depends on; other sections list no specs.
        default: break
        }
    }

    /// A section has a name in capitals; marks of a merge conflict and other text are not the file that Bundler wrote.
    private mutating func section(_ name: TextSlice) throws(TextFault) {
        guard name.allSatisfy({ $0 &- 0x41 < 26 || $0 == 0x20 }) else {
            throw TextFault("neither the name of a section nor part of one", at: name.startIndex)
        }
        (isInSpecs, remote, revision) = (false, nil, nil)
        switch name.text {
        case "GEM": source = .gem
        case "GIT": source = .git
        case "PATH", "PLUGIN SOURCE": source = .path
        default: source = .none
        }
    }

    /// `name (version)` or `name (version-platform)`; versions of gems have no hyphen.
    private mutating func spec(_ text: TextSlice) {
        guard let (before, after) = text.divided(by: " ("), after.last == UInt8(ascii: ")") else {
            return inventory.log.add(.badValue, at: text.startIndex, "a spec is not written as name (version)")
        }
        let name = before.text
        let written = after.dropLast()
        let version = written.prefix { $0 != UInt8(ascii: "-") }
        let platform = written[version.endIndex...].dropFirst().text
        switch source {
        case .gem:
            inventory.add(
                name, version.text, type: "gem", qualifiers: platform.isEmpty ? [:] : ["platform": platform], at: text.startIndex)
        case .git:
            inventory.add(
                name, version.text, repository: remote ?? "", commit: revision, type: "gem", at: text.startIndex)
        case .path, .none: inventory.add(name, version.text, at: text.startIndex)
        }
    }
}

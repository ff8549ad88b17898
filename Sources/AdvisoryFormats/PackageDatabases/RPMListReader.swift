/// Reads a list of rpm packages as text: `name-version-release.arch` on each line, which `rpm -qa` prints, or `name
/// version-release arch` with blanks between them, in which the version may have an epoch (`rpm -qa --queryformat '%{NAME}
/// %{EPOCH}:%{VERSION}-%{RELEASE} %{ARCH}\n'`; `(none)` is no epoch, which rpm takes for 0). A source rpm in a fourth column
/// (`%{SOURCERPM}`) names the source.
///
/// Where some line has an epoch, those without one have none. Where none has, the list was printed without them, and every epoch stays
/// open. The name of a source rpm never has one: it is the package's, where that is of the same version and release.
enum RPMListReader {
    static func read(_ bytes: [UInt8]) throws(TextFault) -> InventoryDocument {
        try TextCheck.check(bytes)
        var inventory = LockFileInventory(.rpm)
        var hasEpochs = false
        for line in TextLines(bytes) {
            let words = line.words()
            // Keys of signatures are kept as packages, and are none.
            if words.isEmpty || words[0].first == UInt8(ascii: "#") || words[0].hasPrefix("gpg-pubkey") { continue }
            // sos prints the date of installation behind the name.
            guard let package = columns(words) ?? name(words[0]) else {
                inventory.log.add(.badValue, at: line.startIndex, "the line is not written as name-version-release.arch")
                continue
            }
            if package.saysEpoch { hasEpochs = true }
            let source = words.count > 3 ? sourceName(words[3]) : nil
            inventory.add(package.name, package.version, system: package.system(builtFrom: source), at: line.startIndex)
        }
        var document = inventory.finished(bytes)
        if !hasEpochs { for index in document.components.indices { document.components[index].system?.isEpochOpen = true } }
        return document
    }

    private struct Package {
        let name: String
        /// With the epoch, where the line has one that is a number.
        let version: String
        let architecture: String?
        /// Whether the line says which epoch the package has, or that it has none.
        let saysEpoch: Bool

        init(_ name: String, _ written: String, _ architecture: String?) {
            self.name = name
            self.architecture = architecture
            saysEpoch = written.utf8.contains(UInt8(ascii: ":"))
            version = written.hasPrefix("(none):") ? String(written.dropFirst("(none):".utf8.count)) : written
        }

        func system(builtFrom source: (name: String, version: String)?) -> SystemPackage {
            guard let source else {
                return SystemPackage(manager: .rpm, source: name, sourceVersion: version, architecture: architecture)
            }
            let isSameBuild = version.split(separator: ":").last.map(String.init) == source.version
            var system = SystemPackage(
                manager: .rpm, source: source.name, sourceVersion: isSameBuild ? version : source.version,
                architecture: architecture)
            system.isEpochOpen = !isSameBuild
            return system
        }
    }

    private static func columns(_ words: [TextSlice]) -> Package? {
        guard words.count >= 2, isVersion(words[1]) else { return nil }
        return Package(words[0].text, words[1].text, words.count > 2 ? words[2].text : nil)
    }

    /// A version and a release with a hyphen between them, and perhaps an epoch before them.
    private static func isVersion(_ text: TextSlice) -> Bool {
        guard let hyphen = text.firstIndex(of: UInt8(ascii: "-")), hyphen > text.startIndex, hyphen + 1 < text.endIndex else {
            return false
        }
        return text.first.map { $0 &- 0x30 < 10 } == true || text.hasPrefix("(none):") || text.contains(UInt8(ascii: ":"))
    }

    /// Neither version nor release has a hyphen, and the architecture has no dot.
    private static func name(_ text: TextSlice) -> Package? {
        var text = text
        if text.hasSuffix(".rpm") { text = text.dropLast(4) }
        guard let dot = text.lastIndex(of: UInt8(ascii: ".")), let split = split(text[..<dot]) else { return nil }
        let architecture = text[(dot + 1)...].text
        // Without an architecture the last part is one of the release (`1.el9`).
        guard architectures.contains(architecture) else { return Self.split(text).map { Package($0.name, $0.version, nil) } }
        return Package(split.name, split.version, architecture)
    }

    private static func split(_ text: TextSlice) -> (name: String, version: String)? {
        guard let release = text.lastIndex(of: UInt8(ascii: "-")),
            let version = text[..<release].lastIndex(of: UInt8(ascii: "-")), version > text.startIndex, version + 1 < release,
            release + 1 < text.endIndex
        else { return nil }
        return (text[..<version].text, text[(version + 1)...].text)
    }

    private static func sourceName(_ file: TextSlice) -> (name: String, version: String)? {
        file.hasSuffix(".src.rpm") ? split(file.dropLast(".src.rpm".utf8.count)) : nil
    }

    /// Of rpm's own table (rpmrc), those that distributions build for.
    private static let architectures: Set<String> = [
        "x86_64", "x86_64_v2", "i386", "i486", "i586", "i686", "noarch", "aarch64", "armv5tel", "armv6hl", "armv7hl", "armv7hnl",
        "ppc", "ppc64", "ppc64le", "s390", "s390x", "riscv64", "loongarch64", "mips64el", "mipsel", "sparc64", "ia64", "src",
        "amd64",
        "(none)"
    ]
}

/// Reads `/lib/apk/db/installed` of apk (https://wiki.alpinelinux.org/wiki/Apk_spec): fields `X:value`, in which case counts,
/// and an empty line between packages. The origin (`o`) is the source package, which Alpine's advisories name; both have one version.
struct ApkInstalledReader {
    private struct Package {
        var start: Int
        var name, version, origin, architecture: String?
    }

    private var inventory = LockFileInventory(.apk)
    private var package: Package?

    private init() {}

    static func read(_ bytes: [UInt8]) throws(TextFault) -> InventoryDocument {
        try TextCheck.check(bytes)
        var reader = ApkInstalledReader()
        for line in TextLines(bytes) {
            if line.isEmpty { reader.finishPackage() } else { try reader.field(line) }
        }
        reader.finishPackage()
        return reader.inventory.finished(bytes)
    }

    private mutating func field(_ line: TextSlice) throws(TextFault) {
        guard line.count >= 2, line[line.startIndex + 1] == UInt8(ascii: ":") else {
            throw TextFault("a line is no field of one letter and ':'", at: line.startIndex)
        }
        var current = package ?? Package(start: line.startIndex)
        switch line[line.startIndex] {
        case UInt8(ascii: "P"): current.name = line.dropFirst(2).text
        case UInt8(ascii: "V"): current.version = line.dropFirst(2).text
        case UInt8(ascii: "o"): current.origin = line.dropFirst(2).text
        case UInt8(ascii: "A"): current.architecture = line.dropFirst(2).text
        default: break
        }
        package = current
    }

    private mutating func finishPackage() {
        defer { package = nil }
        guard let package else { return }
        guard let name = package.name, let version = package.version, !name.isEmpty, !version.isEmpty else {
            return inventory.log.add(.missingMember, at: package.start, "a package has no name (P) or no version (V)")
        }
        let system = SystemPackage(
            manager: .apk, source: package.origin ?? name, sourceVersion: version, architecture: package.architecture)
        inventory.add(name, version, system: system, at: package.start)
    }
}

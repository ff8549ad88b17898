import JSONText

/// Reads `deno.lock`, versions 2 to 5 (https://docs.deno.com/runtime/fundamentals/modules/#integrity-checking-and-lock-files): its
/// packages of npm, and those of JSR, of which there are no advisories. What is fetched by its address (`remote`) is a file and no
/// package.
struct DenoLockReader: JSONLockFileReading {
    static let file = InventoryFile.deno
    var inventory = LockFileInventory(.deno)

    mutating func member(_ key: JSONKey, _ reader: inout JSONReader) throws(JSONError) {
        switch key {
        case "version": inventory.specVersion = try version(&reader)
        case "npm": try npm(&reader)
        case "jsr": try packages(&reader) { $0.add(String($1), String($2), at: $3) }
        // Version 3 has the registries one level deeper.
        case "packages":
            try members(&reader) { (this, reader, key) throws(JSONError) in
                if key == "npm" || key == "jsr" { try this.member(key, &reader) }
            }
        default: break
        }
    }

    private mutating func version(_ reader: inout JSONReader) throws(JSONError) -> String? {
        let offset = reader.offset
        guard let version = try string(&reader) else { return nil }
        if !["2", "3", "4", "5"].contains(version) {
            log.add(.unsupportedVersion, at: offset, "deno.lock is read in versions 2 to 5")
        }
        return version
    }

    /// Version 2 has the packages one level deeper, beside what asked for them.
    private mutating func npm(_ reader: inout JSONReader) throws(JSONError) {
        try packages(&reader, orBelow: "packages") { $0.addNPM(String($1), String($2), at: $3) }
    }

    private typealias Add = (inout LockFileInventory, _ name: Substring, _ version: Substring, _ offset: Int) -> Void

    private mutating func packages(
        _ reader: inout JSONReader, orBelow below: String? = nil, _ add: Add
    ) throws(JSONError) {
        try members(&reader) { (this, reader, key) throws(JSONError) in
            let text = key.string
            if text == below { return try this.packages(&reader, add) }
            if below != nil, text == "specifiers" { return }
            guard let (name, version) = Self.parts(text) else {
                return this.log.add(.badValue, at: key.byteOffset, "\(text) is not written as name@version")
            }
            add(&this.inventory, name, version, key.byteOffset)
        }
    }

    /// `@scope/name@1.0.0_peer@2.0.0` is `@scope/name` and `1.0.0`: behind the version stands with which peers it was resolved.
    private static func parts(_ text: String) -> (name: Substring, version: Substring)? {
        guard let at = text.dropFirst().firstIndex(of: "@") else { return nil }
        let version = text[text.index(after: at)...].prefix { $0 != "_" }
        return version.isEmpty ? nil : (text[..<at], version)
    }
}

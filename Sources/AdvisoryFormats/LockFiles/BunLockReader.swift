import JSONText

/// Reads `bun.lock` of Bun (https://bun.com/docs/pm/lockfile), which is JSON with commas behind the last element and perhaps
/// comments. Each package is an array that begins with `name@version`, or with where the package comes from in place of the
/// version.
struct BunLockReader: JSONLockFileReading {
    static let file = InventoryFile.bun
    var inventory = LockFileInventory(.bun)

    mutating func member(_ key: JSONKey, _ reader: inout JSONReader) throws(JSONError) {
        switch key {
        case "lockfileVersion" where try reader.peek() == .number:
            inventory.specVersion = try reader.readNumber().description
        case "packages":
            try members(&reader) { (this, reader, key) throws(JSONError) in try this.package(key.byteOffset, &reader) }
        default: break
        }
    }

    private mutating func package(_ offset: Int, _ reader: inout JSONReader) throws(JSONError) {
        var specifier: String?
        var isFirst = true
        guard try isKind(.array, &reader) else { return }
        try reader.readArray { (reader) throws(JSONError) in
            if isFirst { specifier = try string(&reader) }
            isFirst = false
        }
        guard let specifier, let (name, source) = splitNPMSpecifier(Substring(specifier)) else {
            return log.add(.badValue, at: offset, "a package does not begin with name@version")
        }
        if NPMSource.isAddress(String(source)) {
            inventory.addNPM(String(name), nil, from: NPMSource(resolved: String(source)), at: offset)
        } else {
            inventory.addNPM(String(name), String(source), at: offset)
        }
    }
}

/// JSON as people and some tools write it, made JSON: comments and commas behind the last element become spaces, so that every
/// other byte stays at its place.
enum RelaxedJSON {
    static func strict(_ bytes: [UInt8]) -> [UInt8] {
        var strict = bytes
        var comma: Int?
        var previous = UInt8(ascii: ",")
        var index = 0
        while index < bytes.count {
            let end = endOfToken(bytes, at: index)
            switch bytes[index] {
            case UInt8(ascii: "/") where end > index + 1: for place in index..<end { strict[place] = UInt8(ascii: " ") }
            case 0x20, 0x09, 0x0A, 0x0D: break
            default:
                let byte = bytes[index]
                if let comma, byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") { strict[comma] = UInt8(ascii: " ") }
                // Only behind a value: `{,}` stays what it is.
                let followsValue = ![UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: ","), UInt8(ascii: ":")].contains(
                    previous)
                comma = byte == UInt8(ascii: ",") && followsValue ? index : nil
                previous = byte
            }
            index = end
        }
        return strict
    }

    /// Behind a string or a comment, which are one token; every other byte is one here.
    private static func endOfToken(_ bytes: [UInt8], at start: Int) -> Int {
        var end = start + 1
        switch bytes[start] {
        case UInt8(ascii: "\""):
            while end < bytes.count, bytes[end] != UInt8(ascii: "\"") { end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1 }
            return min(end + 1, bytes.count)
        case UInt8(ascii: "/") where end < bytes.count && bytes[end] == UInt8(ascii: "/"):
            return bytes[end...].firstIndex(of: 0x0A) ?? bytes.count
        case UInt8(ascii: "/") where end < bytes.count && bytes[end] == UInt8(ascii: "*"):
            return bytes[(end + 1)...].index(of: "*/").map { $0 + 2 } ?? end
        default: return end
        }
    }
}

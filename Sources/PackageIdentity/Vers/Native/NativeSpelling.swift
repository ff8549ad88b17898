/// The usual spelling of a version that stands in a native range.
///
/// PEP 440 has one normal form for each version. For the types whose tools read versions as SemVer it is three numbers
/// without leading zeros, then pre-release and build (`1.0` is `1.0.0`, `3.0.0RC4` is `3.0.0-RC4`). A spelling is used only
/// where the order of the type calls it equal to what is written: so a fourth number stays a number (Composer), and a date
/// stays a date. Everything else stays as it is written.
enum NativeSpelling {
    static func spell(_ version: String, type: String, in scheme: VersionScheme) -> String {
        switch type {
        case "pypi": return PEP440Spelling.normal(version) ?? version
        case "npm", "golang", "composer", "cargo", "hex", "nginx", "semver":
            let text = version.utf8.first.map { $0 | 0x20 == UInt8(ascii: "v") } == true ? String(version.dropFirst()) : version
            guard let key = try? VersionKey(encoding: version, in: scheme) else { return version }
            for candidate in [semver(text), text] {
                if let candidate, (try? VersionKey(encoding: candidate, in: scheme)) == key { return candidate }
            }
            return version
        default: return version
        }
    }

    /// Three numbers, the pre-release behind a hyphen, and the build; nil where the text has no number in front.
    private static func semver(_ version: String) -> String? {
        let bytes = Array(version.utf8)
        var numbers: [String] = []
        var rest = bytes[...]
        while numbers.count < 3, let first = rest.first, first.isASCIIDigit {
            let digits = rest.read { !$0.isASCIIDigit }.drop { $0 == UInt8(ascii: "0") }
            numbers.append(digits.isEmpty ? "0" : digits.string)
            guard numbers.count < 3, rest.first == UInt8(ascii: "."), rest.dropFirst().first?.isASCIIDigit == true else { break }
            rest.removeFirst()
        }
        if numbers.isEmpty { return nil }
        let core = (numbers + Array(repeating: "0", count: 3 - numbers.count)).joined(separator: ".")
        guard let mark = rest.first else { return core }
        if mark == UInt8(ascii: "-") || mark == UInt8(ascii: "+") { return core + rest.string }
        return mark.isASCIILetter ? core + "-" + rest.string : nil
    }
}

/// The normal form of a PEP 440 version (its section "Normalization").
enum PEP440Spelling {
    /// Nil for a text that is not PEP 440.
    static func normal(_ version: String) -> String? {
        let bytes = Array(version.utf8)
        return bytes.withUnsafeBufferPointer { normal(PEP440Scanner($0)) }
    }

    private static func normal(_ start: PEP440Scanner) -> String? {
        var scanner = start
        func number(_ digits: Range<Int>) -> String {
            let significant = scanner.bytes[digits].drop { $0 == UInt8(ascii: "0") }
            return significant.isEmpty ? "0" : String(decoding: significant, as: UTF8.self)
        }
        scanner.skipLetterV()
        guard var first = scanner.readDigits() else { return nil }
        var result = ""
        if scanner.skip(UInt8(ascii: "!")) {
            // An epoch of zero is the same as none.
            result = number(first) == "0" ? "" : number(first) + "!"
            guard let release = scanner.readDigits() else { return nil }
            first = release
        }
        result += number(first)
        while let next = scanner.readDottedDigits() { result += "." + number(next) }
        if let (marker, digits) = scanner.readPreRelease() {
            result += (marker == 0x03 ? "a" : marker == 0x04 ? "b" : "rc") + number(digits)
        }
        if let digits = scanner.readPostRelease() { result += ".post" + number(digits) }
        if let digits = scanner.readDevelopment() { result += ".dev" + number(digits) }
        if scanner.isAtEnd { return result }
        guard scanner.skip(UInt8(ascii: "+")) else { return nil }
        var segments: [String] = []
        repeat {
            guard let segment = scanner.readLocalSegment() else { return nil }
            let text = String(decoding: scanner.bytes[segment.range], as: UTF8.self).lowercased()
            segments.append(segment.isNumber ? number(segment.range) : text)
        } while scanner.skipSeparator()
        return scanner.isAtEnd ? result + "+" + segments.joined(separator: ".") : nil
    }
}

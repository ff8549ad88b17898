/// The usual spelling of a version that stands in a native range.
///
/// PEP 440 has one normal form for each version. For the types whose tools read versions as SemVer it is the one that the VERS
/// project prints: three numbers without leading zeros, the pre-release behind a hyphen, and whatever follows a third number
/// behind a plus (`1.0` is `1.0.0`, `3.0.0RC4` is `3.0.0-RC4`, Composer's `1.2.3.4` is `1.2.3+4`). A spelling is used only
/// where the order of the type calls it equal to what is written, so that no range changes its meaning: where a fourth number
/// counts (or does not) otherwise, or a date is no pre-release of a year, the version stays as it is written, without a `v`.
/// Everything else stays as it is written.
enum NativeSpelling {
    static func spell(_ version: String, type: String, in scheme: VersionScheme) -> String {
        switch type {
        case "pypi": return PEP440Spelling.normal(version) ?? version
        case "npm", "golang", "composer", "cargo", "hex", "nginx", "semver":
            let hasLetter = version.utf8.first.map { $0 | 0x20 == UInt8(ascii: "v") } ?? false
            let text = hasLetter ? String(version.dropFirst()) : version
            guard let key = try? VersionKey(encoding: version, in: scheme) else { return version }
            for candidate in [Parts(text)?.semver, text] {
                guard let candidate else { continue }
                let meant = VersType.meant(byBound: candidate, in: scheme)
                if (try? VersionKey(encoding: meant, in: scheme)) == key { return candidate }
            }
            return version
        default: return version
        }
    }

    /// A version as its first three numbers and the rest.
    private struct Parts {
        private var numbers: [String] = []
        private var rest: NativeText

        /// Nil where the text has no number in front.
        init?(_ version: String) {
            rest = Array(version.utf8)[...]
            while numbers.count < 3, let first = rest.first, first.isASCIIDigit {
                let digits = rest.read { !$0.isASCIIDigit }.drop { $0 == UInt8(ascii: "0") }
                numbers.append(digits.isEmpty ? "0" : digits.string)
                let hasNext = rest.first == UInt8(ascii: ".") && rest.dropFirst().first?.isASCIIDigit == true
                guard hasNext, numbers.count < 3 else { break }
                rest.removeFirst()
            }
            if numbers.isEmpty { return nil }
        }

        private var core: String { (numbers + Array(repeating: "0", count: 3 - numbers.count)).joined(separator: ".") }

        /// Nil where the rest has no place in SemVer.
        var semver: String? {
            guard let mark = rest.first else { return core }
            switch mark {
            case UInt8(ascii: "-"), UInt8(ascii: "+"): return core + rest.string
            case UInt8(ascii: "."): return numbers.count < 3 ? nil : core + "+" + rest.dropFirst().string
            default: return mark.isASCIILetter ? core + "-" + rest.string : nil
            }
        }
    }
}

/// What the text of a PEP 440 version says of its kind.
struct PEP440Parts {
    private(set) var isPreRelease = false
    private(set) var isPostRelease = false
    private(set) var isDevelopment = false
    let hasLocal: Bool
    /// The version without its local part.
    let publicVersion: String

    /// Nil for a text that is not PEP 440.
    init?(_ version: String) {
        guard let normal = PEP440Spelling.normal(version) else { return nil }
        publicVersion = String(normal.prefix { $0 != "+" })
        hasLocal = publicVersion.utf8.count < normal.utf8.count
        // In the normal form only these names have letters.
        isDevelopment = publicVersion.utf8.contains(UInt8(ascii: "d"))
        isPostRelease = publicVersion.utf8.contains(UInt8(ascii: "p"))
        isPreRelease = isDevelopment || publicVersion.utf8.contains { "abc".utf8.contains($0) }
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

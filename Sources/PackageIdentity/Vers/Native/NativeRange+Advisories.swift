extension NativeRange {
    /// nginx (https://nginx.org/en/security_advisories.html): `1.1.4-1.2.8, 1.3.9-1.4.0`, `0.8.40+`, `all`, `none`.
    ///
    /// `1.21.0+` is that version and every later one of its branch: a stable branch, with an even second number, ends where
    /// the next one begins; the mainline goes on for ever.
    static func nginx(_ text: NativeText) throws(NativeRangeError) -> NativeRange {
        let word = text.string.lowercased()
        if word == "all" { return everything }
        var range = NativeRange([])
        if word == "none" {
            range.isNone = true
            return range
        }
        for part in text.parts(separatedBy: ",") { range.alternatives.append(try nginxTerms(part)) }
        return range
    }

    private static func nginxTerms(_ part: NativeText) throws(NativeRangeError) -> [Term] {
        if part.last == UInt8(ascii: "+") {
            let version = try PartialVersion(part.dropLast().trimmed)
            let first = Term(.greaterOrEqual, version.floor, at: part.startIndex)
            guard version.numbers.count > 1, let digit = version.numbers[1].utf8.last, digit % 2 == 0 else { return [first] }
            return [first, Term(.less, version.next(at: 1), at: part.startIndex)]
        }
        let ends = part.parts(separatedBy: "-")
        let versions = try ends.map { end throws(NativeRangeError) in try PartialVersion(end) }
        if versions.count > 2 || versions.contains(where: { $0.hasWildcard || !$0.suffix.isEmpty }) {
            throw NativeRangeError(.malformed, at: part.startIndex, "This is neither a version nor a range of nginx.")
        }
        if versions.count == 1 { return [Term(.equal, versions[0].floor, at: part.startIndex)] }
        return [
            Term(.greaterOrEqual, versions[0].floor, at: part.startIndex),
            Term(.lessOrEqual, versions[1].floor, at: versions[1].offset)
        ]
    }

    /// OpenSSL (https://www.openssl.org/news/vulnerabilities.xml): a list of versions.
    static func openssl(_ text: NativeText) throws(NativeRangeError) -> NativeRange {
        var range = NativeRange([])
        for part in text.parts(separatedBy: ",") {
            let word = part.string.lowercased()
            if part.isEmpty || part.contains(where: NativeText.isSpace) {
                throw NativeRangeError(.malformed, at: part.startIndex, "A comma stands between two versions.")
            }
            range.alternatives.append([Term(.equal, word, at: part.startIndex)])
        }
        return range
    }
}

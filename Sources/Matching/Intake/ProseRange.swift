import PackageIdentity

/// Ranges of versions as people write them into documents whose format asks for something else: `< V2.3.1`, `>= 1.0 | <= 1.4`,
/// `vers:all/<V4.0`, `All versions < 3.2`. What is not nothing but comparators with versions is not read.
enum ProseRange {
    /// Nil where the text is none that can be read without a guess.
    /// - Parameter type: the VERS type that orders the versions, where the text itself does not name a good one.
    static func read(_ text: String, type: String) -> VersRange? {
        if let range = try? VersRange(parsing: text) { return range }
        var rest = Substring(text)
        if rest.lowercased().hasPrefix("vers:"), let slash = rest.firstIndex(of: "/") { rest = rest[rest.index(after: slash)...] }
        let words = "all versions"
        if rest.lowercased().hasPrefix(words) {
            rest = rest.dropFirst(words.count)
            if rest.utf8.allSatisfy({ $0 == 0x20 }) { return try? VersRange(type: type, constraints: []) }
        }
        guard let constraints = constraints(rest) else { return nil }
        return try? VersRange(type: type, constraints: constraints)
    }

    private static let comparators: [(String, VersConstraint.Comparator)] = [
        ("<=", .lessOrEqual), (">=", .greaterOrEqual), ("<", .less), (">", .greater), ("=", .equal)
    ]

    private static func constraints(_ text: Substring) -> [VersConstraint]? {
        var rest = text
        var constraints: [VersConstraint] = []
        while true {
            rest = rest.drop { " |,".contains($0) }
            if rest.isEmpty { return constraints.isEmpty ? nil : constraints }
            guard let (mark, comparator) = comparators.first(where: { rest.hasPrefix($0.0) }) else { return nil }
            rest = rest.dropFirst(mark.count).drop { $0 == " " }
            var version = rest.prefix { !" |,<>=".contains($0) }
            rest = rest.dropFirst(version.count)
            // The letter that many put before a version is no part of it.
            if let letter = version.first, letter == "V" || letter == "v", version.dropFirst().first?.isNumber == true {
                version = version.dropFirst()
            }
            guard version.utf8.first.map({ $0 >= 0x30 && $0 <= 0x39 }) == true, CVEProductStatus.isVersion(String(version)) else {
                return nil
            }
            constraints.append(VersConstraint(comparator, String(version)))
        }
    }
}

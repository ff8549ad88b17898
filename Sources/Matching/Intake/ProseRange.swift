import PackageIdentity

/// Ranges of versions as people write them into documents whose format asks for something else: `< V2.3.1`, `>= 1.0 | <= 1.4`,
/// `vers:all/<V4.0`, `All versions < 3.2`, `1.2 | 1.4`. What is not nothing but versions, with comparators or without, is not read.
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
            if !rest.utf8.contains(where: "<>=".utf8.contains) { return nil }
        }
        guard let constraints = constraints(rest, type: type) else { return nil }
        return try? VersRange(type: type, constraints: constraints)
    }

    private static let comparators: [(String, VersConstraint.Comparator)] = [
        ("<=", .lessOrEqual), (">=", .greaterOrEqual), ("<", .less), (">", .greater), ("=", .equal)
    ]

    private static func constraints(_ text: Substring, type: String) -> [VersConstraint]? {
        var constraints: [VersConstraint] = []
        for piece in text.split(whereSeparator: { $0 == "|" || $0 == "," }) {
            guard let read = read(piece: piece, type: type) else { return nil }
            constraints += read
        }
        return constraints.isEmpty ? nil : constraints
    }

    /// Comparators with a version each, or one version or span of versions alone.
    private static func read(piece: Substring, type: String) -> [VersConstraint]? {
        var rest = piece.drop { $0 == " " }
        var constraints: [VersConstraint] = []
        while !rest.isEmpty {
            let mark = comparators.first { rest.hasPrefix($0.0) }
            rest = rest.dropFirst(mark?.0.count ?? 0).drop { $0 == " " }
            let written = rest.prefix { !" <>=".contains($0) }
            rest = rest.dropFirst(written.count).drop { $0 == " " }
            let version = withoutLetter(String(written))
            let isAlone = constraints.isEmpty && rest.isEmpty
            guard mark != nil || isAlone, version.utf8.first.map({ $0 >= 0x30 && $0 <= 0x39 }) == true,
                let meaning = ProseVersion(version, type: type)
            else {
                return nil
            }
            switch (meaning, mark?.1) {
            case (.one, nil), (.one, .equal): constraints.append(VersConstraint(.equal, version))
            case (.one, let comparator?) where ProseVersion.isOrdered(version, type: type):
                constraints.append(VersConstraint(comparator, version))
            case (.span(let first, let last), nil):
                constraints += [VersConstraint(.greaterOrEqual, first), VersConstraint(.lessOrEqual, last)]
            default: return nil
            }
        }
        return constraints
    }

    /// Without the letter that many put before a version, and a dot behind it.
    static func withoutLetter(_ version: String) -> String {
        guard let letter = version.first, letter == "V" || letter == "v" else { return version }
        let rest = version.dropFirst()
        let number = rest.first == "." ? rest.dropFirst() : rest
        return number.first?.isNumber == true ? String(number) : version
    }
}

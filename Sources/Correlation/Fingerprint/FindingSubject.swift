/// What a finding is about: a package or a repository. One that names both gives keys for each, so that it meets
/// findings that name only one of them.
enum FindingSubject: Equatable {
    case package(String)
    case repository(String)

    static func subjects(of evidence: FindingFingerprint.Evidence) -> [FindingSubject] {
        let package = evidence.package.flatMap(normalizedPackage).map { FindingSubject.package($0) }
        let repository = evidence.repository.flatMap(normalizedRepository).map { FindingSubject.repository($0) }
        return [package, repository].compactMap(\.self)
    }

    var part: (name: String, value: String) {
        switch self {
        case .package(let name): ("package", name)
        case .repository(let place): ("repository", place)
        }
    }

    /// The last part of the name, by which a directory in a path can be recognised as the project's own.
    var projectName: String {
        let name = part.value
        return String(name[(name.lastIndex(of: "/").map { name.index(after: $0) } ?? name.startIndex)...])
    }

    // MARK: packages

    /// The purl without version, qualifiers and subpath (purl-spec, "How to parse a purl string"): scheme and type in
    /// lower case, redundant slashes removed, percent-encoding undone where it changes nothing. Nil when it is no purl.
    ///
    /// The rules of single types about case (PyPI, npm) are the business of whoever parses purls: give canonical ones.
    static func normalizedPackage(_ purl: String) -> String? {
        guard purl.utf8.count <= SourcePath.maximumByteCount else { return nil }
        var rest = Array(purl.utf8)[...].trimmed
        guard rest.prefix(4).string.lowercased() == "pkg:" else { return nil }
        rest = rest.dropFirst(4).text(before: "#").text(before: "?").drop { $0 == UInt8(ascii: "/") }
        var segments = rest.split(separator: UInt8(ascii: "/"))
        guard segments.count >= 2, let last = segments.last else { return nil }
        if let at = last.lastIndex(of: UInt8(ascii: "@")), at > last.startIndex { segments[segments.count - 1] = last[..<at] }
        let type = segments[0].string.lowercased()
        return "pkg:" + ([type] + segments.dropFirst().map(percentDecoded)).joined(separator: "/")
    }

    static func percentDecoded(_ segment: String) -> String {
        percentDecoded(Array(segment.utf8)[...])
    }

    private static func percentDecoded(_ segment: ReportText) -> String {
        var result: [UInt8] = []
        var rest = segment
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2, let high = rest.first?.hexadecimalValue,
                let low = rest.dropFirst().first?.hexadecimalValue, isHarmless(high << 4 | low)
            {
                result.append(high << 4 | low)
                rest = rest.dropFirst(2)
            } else {
                result.append(byte)
            }
        }
        return result[...].string
    }

    /// Printable, and without a meaning in a purl.
    private static func isHarmless(_ byte: UInt8) -> Bool {
        byte > .space && byte < 0x7F && byte != UInt8(ascii: "/") && byte != UInt8(ascii: "%")
            && byte != UInt8(ascii: "?") && byte != UInt8(ascii: "#")
    }

    // MARK: repositories

    /// `host/path` by its one name; nil where it is no address of a repository.
    static func normalizedRepository(_ address: String) -> String? {
        guard address.utf8.count <= SourcePath.maximumByteCount else { return nil }
        return RepositoryAddress(address)?.name
    }
}

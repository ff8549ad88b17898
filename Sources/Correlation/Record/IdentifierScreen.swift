/// Recognises identifiers of vulnerabilities and advisories, so that no signal but `identifier` sees them.
///
/// Text that names a CVE would make every comparison a comparison of names: it says nothing about findings that have no
/// name yet, and a text that mentions another vulnerability ("an incomplete fix of …") would merge the two. Hence words
/// that are identifiers are left out of texts, and references whose address contains one, or leads to an entry of a
/// database of vulnerabilities, are left out altogether.
enum IdentifierScreen {
    /// Whether a run of letters, digits, `-`, `:` and `_` is an identifier: `PREFIX-YEAR-…` of any database; the shapes without
    /// a year of the large ones; and a bare `YEAR-NUMBER`, for that is how paths and gems write CVEs.
    static func isIdentifier(_ run: ArraySlice<UInt8>) -> Bool {
        // The cheapest test first: every shape has a digit or begins with ghsa.
        guard run.count >= 6 else { return false }
        let parts = run.split(maxSplits: 8) { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "_") }
        guard let first = parts.first else { return false }
        let prefix = first.lowercasedPrefix
        if parts.count == 1 { return isJoined(first, prefix) }
        if prefix == "ghsa" || prefix == "snyk" { return true }
        for (place, part) in parts.enumerated() where isYear(part) && place + 1 < parts.count {
            let next = parts[place + 1]
            // YEAR-NUMBER with at least four digits is no date; after letters anything with a digit is an entry.
            if next.count >= 4, next.allSatisfy(\.isDigit) { return true }
            if place > 0, parts[place - 1].allSatisfy(\.isLetter), next.contains(where: \.isDigit), next.count >= 1 {
                return parts[0].allSatisfy(\.isLetter) && !isDate(parts[place...])
            }
        }
        return numbered.contains(prefix) && parts[1].first?.isDigit == true
    }

    /// `cve20201234`, `osvdb12345`.
    private static func isJoined(_ run: ArraySlice<UInt8>, _ prefix: String) -> Bool {
        guard run.last?.isDigit == true else { return false }
        let digits = run.drop(while: \.isLetter)
        guard digits.count >= 4, digits.count < run.count, digits.allSatisfy(\.isDigit) else { return false }
        return prefix.hasPrefix("cve") || prefix.hasPrefix("osvdb")
    }

    private static func isYear(_ part: ArraySlice<UInt8>) -> Bool {
        part.count == 4 && part.allSatisfy(\.isDigit) && (part.starts(with: "19".utf8) || part.starts(with: "20".utf8))
    }

    /// `2020-05-17`.
    private static func isDate(_ parts: ArraySlice<ArraySlice<UInt8>>) -> Bool {
        parts.count == 3 && parts.dropFirst().allSatisfy { $0.count == 2 && $0.allSatisfy(\.isDigit) }
    }

    /// Advisories that are numbered without a year, or whose name stands before it.
    private static let numbered: Set<String> = [
        "dsa", "dla", "usn", "glsa", "bid", "osvdb", "zdi", "vu", "jvn", "jvndb", "mfsa", "rhsa", "rhba", "alsa", "alba", "bit",
        "osv", "xsa", "ssa", "tra", "talos", "icsa", "wpvdb"
    ]

    /// Hosts (with a path where only that is meant) whose addresses are entries of databases of vulnerabilities.
    private static let databases: [StaticString] = [
        "nvd.nist.gov", "cve.org", "cve.mitre.org", "securityfocus.com", "secunia.com", "vupen.com",
        "exchange.xforce.ibmcloud.com",
        "xforce.iss.net", "osvdb.org", "securitytracker.com", "vuldb.com", "snyk.io", "security.snyk.io", "nodesecurity.io",
        "npmjs.com/advisories", "exploit-db.com", "rustsec.org", "pkg.go.dev/vuln", "vuln.go.dev", "osv.dev",
        "bugs.chromium.org/p/oss-fuzz", "issues.oss-fuzz.com", "advisories.gitlab.com", "access.redhat.com/errata",
        "rubysec.com", "github.com/advisories"
    ]

    /// Whether an address (lower case, without scheme and `www.`) says which vulnerability it is about by a name.
    static func names(address: [UInt8]) -> Bool {
        for database in databases where database.withUTF8Buffer({ address.starts(with: $0) }) { return true }
        return address.split {
            !($0.isLetter || $0.isDigit || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "_"))
        }
        .contains { isIdentifier($0) || containsJoinedName($0) }
    }

    /// `announce-cve-2020-1234`, `fix_ghsa-…`: a name inside a longer run.
    private static func containsJoinedName(_ run: ArraySlice<UInt8>) -> Bool {
        run.contains("cve-") || run.contains("cve_") || run.contains("ghsa-")
    }
}

extension ArraySlice<UInt8> {
    /// The letters at the beginning, in lower case.
    fileprivate var lowercasedPrefix: String { prefix(while: \.isLetter).string.lowercased() }
}

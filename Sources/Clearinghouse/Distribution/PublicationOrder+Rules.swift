import AdvisoryFormats
import PackageIdentity
import Scoring

extension PublicationOrder {
    /// What neither OSV nor CSAF would refuse and no operator could use: empty texts, a package nobody can match, words
    /// outside the vocabularies that deadlines are computed from.
    /// - Throws: `malformed` with the place.
    func requireUsable() throws(Refusal) {
        let texts = [
            ("summary", summary), ("details", details), ("ecosystem", ecosystem), ("name", name), ("introduced", introduced)
        ]
        for (member, text) in texts where text.isEmpty { throw Refusal(.malformed, "\(member) is empty", place: "/\(member)") }
        try requirePackage()
        if let weakness, WeaknessID(weakness) == nil {
            throw Refusal(.malformed, "a weakness is written like CWE-122", place: "/weakness")
        }
        try requireScorable()
        try require(knownExploited, among: ["yes", "no"], "knownExploited")
        try require(automatable, among: ["yes", "no"], "automatable")
        try require(technicalImpact, among: ["total", "partial"], "technicalImpact")
        if earlyBecause?.isEmpty == true {
            throw Refusal(.malformed, "publishing before the deadline needs a reason in words", place: "/earlyBecause")
        }
    }

    private func requirePackage() throws(Refusal) {
        let purl: Purl
        do {
            purl = try Purl(parsing: package)
        } catch {
            throw Refusal(.malformed, "package is not a package URL: \(error.reason)", place: "/package")
        }
        guard purl.version == nil else {
            throw Refusal(.malformed, "the package URL names a version; the range says which are affected", place: "/package")
        }
    }

    /// Vectors of CVSS 4.0 are checked by OSV's schema, which has all of its rules; of the others it checks the parts only.
    private func requireScorable() throws(Refusal) {
        guard let severity, !severity.hasPrefix("CVSS:4.0/") else { return }
        do {
            _ = try CVSSVector(severity)
        } catch {
            throw Refusal(.malformed, "severity is not a CVSS vector: \(error.reason)", place: "/severity")
        }
    }

    private func require(_ value: String?, among words: [String], _ member: String) throws(Refusal) {
        guard let value, !words.contains(value) else { return }
        throw Refusal(.malformed, "\(member) is \(words.joined(separator: " or "))", place: "/\(member)")
    }
}

import JSONText
import PackageIdentity
import Sealing

extension FindingReport {
    /// The digest of what the report says about the problem itself: the same for the same result of a later scan, and another
    /// one for another problem.
    ///
    /// Left out is what changes from scan to scan while the problem stays: the line (edits above move it), the commit and the
    /// version that were scanned, the tool's version, its fingerprints and its severities.
    var problem: Digest {
        digest([Self.withoutVersion(package), repository, weakness, file, function, title, detail])
    }

    /// The digest of what the report is about: the package in any version, and the repository.
    var subject: Digest { digest([Self.withoutVersion(package), repository]) }

    private func digest(_ parts: [String?]) -> Digest {
        Digest(hashing: JSONValue.array(parts.map { $0.map { .string($0) } ?? .null }).canonicalBytes())
    }

    private static func withoutVersion(_ package: String?) -> String? {
        guard let package, let purl = try? Purl(parsing: package) else { return package }
        return [purl.type, purl.namespace ?? "", purl.name].joined(separator: "/")
    }
}

import JSONText

/// What a document that is no valid advisory says of itself, so that a report can name it.
public struct RefusedAdvisoryDocument: Sendable, Hashable {
    /// Its own identifier, where it has one: of an OSV record, a CVE record, a CSAF document or one of GitHub's advisories.
    public let id: String?
    /// What it is by its own members; nil where that is nothing known.
    public let format: AdvisoryFileFormat?
    /// True where it is of another kind than OSV, or JSON without the identifier that every OSV record has: then most likely it is, too.
    public let isNoOSV: Bool

    /// Looks into bytes that were refused.
    public init(_ bytes: [UInt8]) {
        let value = try? JSONValue(parsing: bytes)
        let paths = [["id"], ["cveMetadata", "cveId"], ["document", "tracking", "id"], ["ghsa_id"], ["ghsaId"]]
        id = value.flatMap { value in paths.lazy.compactMap { value.text(at: $0) }.first }
        format = AdvisoryFileFormat(of: bytes)
        isNoOSV = value.map { $0["id"] == nil } ?? false || format != nil && format != .osv
    }

    /// The name in a report: its own, and that under which it came.
    public func name(_ given: String) -> String { id.map { "\($0) (\(given))" } ?? given }
}

extension JSONValue {
    fileprivate func text(at path: [String]) -> String? {
        var value: JSONValue? = self
        for name in path { value = value?[name] }
        return value?.string
    }
}

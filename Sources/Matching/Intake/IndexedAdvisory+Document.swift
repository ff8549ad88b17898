package import AdvisoryFormats

extension IndexedAdvisory {
    /// What an index keeps of a document in any format of advisories, told by its content.
    /// - Parameter name: the document's name, or its path, which some databases have an advisory's identifier in.
    /// - Throws: `FormatRefusal` with every place; for a format that says nothing of packages with what to do instead.
    package static func all(in bytes: [UInt8], format: AdvisoryFileFormat, name: String) throws(FormatRefusal)
        -> [IndexedAdvisory]
    {
        switch format {
        case .osv: [IndexedAdvisory(try OSVRecord(parsing: bytes))]
        case .cve: [IndexedAdvisory(try CVERecord(parsing: bytes))]
        case .csaf: all(of: try CSAFDocument(parsing: bytes))
        case .ghsa: [IndexedAdvisory(try GHSAAdvisory(parsing: bytes))]
        case .rubySec: [IndexedAdvisory(try RubySecAdvisory(parsing: bytes), fileName: name)]
        case .friendsOfPHP: [IndexedAdvisory(try FriendsOfPHPAdvisory(parsing: bytes), fileName: name)]
        case .nodeSecurity: try NodeSecurityAdvisory.all(parsing: bytes, fileName: name).map { IndexedAdvisory($0) }
        case .kev:
            throw refusal(
                format, "the catalogue says which vulnerabilities are exploited, and of no package which versions are affected;"
            )
        case .epss:
            throw refusal(
                format, "the scores say how likely vulnerabilities are exploited, and of no package which versions are affected;")
        }
    }

    private static func refusal(_ format: AdvisoryFileFormat, _ reason: String) -> FormatRefusal {
        let advice = " an index is made from advisories (OSV, CVE records, CSAF, GHSA): leave this file out"
        let violation = FormatViolation(code: .unsupportedVersion, pointer: "", byteOffset: 0, reason: reason + advice)
        return FormatRefusal(format: format.rawValue, violations: [violation])
    }
}

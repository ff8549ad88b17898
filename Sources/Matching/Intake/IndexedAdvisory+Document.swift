package import AdvisoryFormats

extension IndexedAdvisory {
    /// What an index keeps of a document in any format of advisories, told by its content.
    /// - Parameter name: the document's name, or its path, which some databases have an advisory's identifier in.
    /// - Returns: none for a format that says nothing of packages; see `SignalDocument`.
    /// - Throws: `FormatRefusal` with every place.
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
        case .kev, .epss: []
        }
    }
}

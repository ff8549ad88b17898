package import AdvisoryFormats

/// What an index keeps of one document.
package struct IndexedDocument: Sendable {
    /// None for a format that says nothing of packages; see `SignalDocument`.
    package let advisories: [IndexedAdvisory]
    /// The document itself, where it holds any number of advisories: one that a later revision has no more stands no more.
    package let family: AdvisoryFamily?

    /// Reads a document in any format of advisories, told by its content.
    /// - Parameter name: the document's name, or its path, which some databases have an advisory's identifier in.
    /// - Throws: `FormatRefusal` with every place.
    package init(_ bytes: [UInt8], format: AdvisoryFileFormat, name: String) throws(FormatRefusal) {
        if format == .csaf {
            let document = try CSAFDocument(parsing: bytes)
            advisories = IndexedAdvisory.all(of: document)
            family = document.indexFamily
        } else {
            advisories = try Self.advisories(bytes, format, name)
            family = nil
        }
    }

    private static func advisories(
        _ bytes: [UInt8], _ format: AdvisoryFileFormat, _ name: String
    ) throws(FormatRefusal) -> [IndexedAdvisory] {
        switch format {
        case .osv: [IndexedAdvisory(try OSVRecord(parsing: bytes))]
        case .cve: [IndexedAdvisory(try CVERecord(parsing: bytes))]
        case .ghsa: [IndexedAdvisory(try GHSAAdvisory(parsing: bytes))]
        case .rubySec: [IndexedAdvisory(try RubySecAdvisory(parsing: bytes), fileName: name)]
        case .friendsOfPHP: [IndexedAdvisory(try FriendsOfPHPAdvisory(parsing: bytes), fileName: name)]
        case .nodeSecurity: try NodeSecurityAdvisory.all(parsing: bytes, fileName: name).map { IndexedAdvisory($0) }
        case .csaf, .kev, .epss: []
        }
    }
}

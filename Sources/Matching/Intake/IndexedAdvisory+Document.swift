package import AdvisoryFormats
package import CivilTime

/// What an index keeps of one document.
package struct IndexedDocument: Sendable {
    /// None for a format that says nothing of packages; see `SignalDocument`.
    package let advisories: [IndexedAdvisory]
    /// The document itself, where it holds any number of advisories: one that a later revision has no more stands no more.
    package let family: AdvisoryFamily?

    /// Reads a document in any format of advisories, told by its content.
    /// - Parameters:
    ///   - name: the document's name, or its path, which some databases have an advisory's identifier in.
    ///   - now: an OSV record that is withdrawn at a later time stands, until it is read again after that.
    /// - Throws: `FormatRefusal` with every place.
    package init(_ bytes: [UInt8], format: AdvisoryFileFormat, name: String, at now: Timestamp) throws(FormatRefusal) {
        if format == .csaf {
            let document = try CSAFDocument(parsing: bytes)
            advisories = IndexedAdvisory.all(of: document)
            family = document.indexFamily
        } else {
            advisories = try Self.advisories(bytes, format, name, now)
            family = nil
        }
    }

    private static func advisories(
        _ bytes: [UInt8], _ format: AdvisoryFileFormat, _ name: String, _ now: Timestamp
    ) throws(FormatRefusal) -> [IndexedAdvisory] {
        switch format {
        case .osv: [IndexedAdvisory(try OSVRecord(parsing: bytes), at: now)]
        case .cve: [IndexedAdvisory(try CVERecord(parsing: bytes))]
        case .ghsa: [IndexedAdvisory(try GHSAAdvisory(parsing: bytes))]
        case .rubySec: [IndexedAdvisory(try RubySecAdvisory(parsing: bytes), fileName: name)]
        case .friendsOfPHP: [IndexedAdvisory(try FriendsOfPHPAdvisory(parsing: bytes), fileName: name)]
        case .nodeSecurity: try NodeSecurityAdvisory.all(parsing: bytes, fileName: name).map { IndexedAdvisory($0) }
        case .csaf, .kev, .epss: []
        }
    }
}

/// What an index keeps of one advisory.
package struct IndexedAdvisory: Hashable, Sendable {
    /// The identifier; of several advisories with the same one the last changed counts.
    package let id: String
    /// When it last changed, in seconds since 1970.
    package var modified: Int64
    /// Identifiers of the same vulnerability elsewhere.
    package var aliases: [String]
    /// One line for people, or nil.
    package var summary: String?
    /// Where its document lies in the file that the index was made from, in bytes; nil where there is none.
    package var document: Range<Int>?
    /// A withdrawn advisory matches nothing, and makes an older one of its name match nothing.
    package var isWithdrawn: Bool
    /// The packages it is about.
    package var affected: [AffectedPackage]

    package init(
        id: String, modified: Int64 = 0, aliases: [String] = [], summary: String? = nil, document: Range<Int>? = nil,
        isWithdrawn: Bool = false,
        affected: [AffectedPackage] = []
    ) {
        self.id = id
        self.modified = modified
        self.aliases = aliases
        self.summary = summary
        self.document = document
        self.isWithdrawn = isWithdrawn
        self.affected = affected
    }
}

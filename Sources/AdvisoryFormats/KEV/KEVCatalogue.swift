/// CISA's catalogue of known exploited vulnerabilities (https://www.cisa.gov/known-exploited-vulnerabilities-catalog).
///
/// The JSON and the CSV edition give the same entries; only JSON says which release of the catalogue it is.
public struct KEVCatalogue: Sendable, Hashable {
    /// Version of the release, like `2025.08.25`; nil in CSV.
    public var version: String?
    /// When it was released; nil in CSV.
    public var released: WrittenTimestamp?
    /// The entries in the order of the catalogue.
    public var entries: [KEVEntry]

    /// A catalogue of entries.
    public init(version: String? = nil, released: WrittenTimestamp? = nil, entries: [KEVEntry] = []) {
        self.version = version
        self.released = released
        self.entries = entries
    }
}

/// A vulnerability that is known to be exploited, with what US federal agencies have to do about it (BOD 22-01).
public struct KEVEntry: Sendable, Hashable {
    /// The vulnerability.
    public var cve: CVEID
    /// Vendor or project.
    public var vendorProject = ""
    /// Name of the product.
    public var product = ""
    /// Name of the vulnerability.
    public var name = ""
    /// The day it was added, like `2025-08-25`.
    public var dateAdded = ""
    /// What the vulnerability is.
    public var shortDescription = ""
    /// What has to be done.
    public var requiredAction = ""
    /// The day by which it has to be done.
    public var dueDate = ""
    /// `Known` where ransomware campaigns use it, else `Unknown`; nil where the catalogue says nothing.
    public var ransomwareUse: String?
    /// Links and remarks.
    public var notes: String?
    /// Weaknesses as they were written, like `CWE-59`.
    public var weaknesses: [String] = []

    /// An entry without content.
    public init(cve: CVEID) {
        self.cve = cve
    }

    /// Whether ransomware campaigns are known to use the vulnerability.
    public var isUsedByRansomware: Bool { ransomwareUse == "Known" }
}

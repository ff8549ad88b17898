public import PackageIdentity

/// A product, in one version or a range of versions.
public struct AdvisoryProduct: Sendable, Hashable {
    /// Which versions are meant.
    public enum Version: Sendable, Hashable {
        /// All, or it does not matter.
        case any
        /// One version by name.
        case exact(String)
        /// A range, as a VERS expression (`vers:npm/>=1.2.0|<1.4.1`).
        case range(String)
    }

    /// Unique in the document.
    public var id: String
    /// Who makes the product.
    public var vendor: String
    /// Name of the product, without its version.
    public var name: String
    /// The versions that are meant.
    public var version: Version
    /// Identity of the package, for machines.
    public var purl: Purl?
    /// A CPE 2.3 formatted string.
    public var cpe: String?

    /// A product; a CPE name can be added.
    public init(id: String, vendor: String, name: String, version: Version, purl: Purl? = nil) {
        self.id = id
        self.vendor = vendor
        self.name = name
        self.version = version
        self.purl = purl
    }

    /// Vendor, product and version in one line.
    public var fullName: String {
        switch version {
        case .any: "\(vendor) \(name)"
        case .exact(let version), .range(let version): "\(vendor) \(name) \(version)"
        }
    }
}

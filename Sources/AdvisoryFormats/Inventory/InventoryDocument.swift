public import PackageIdentity

/// What an inventory (SBOM, lock file or package database) lists, as it stands there: nothing is resolved, guessed or left out.
public struct InventoryDocument: Sendable, Hashable {
    /// The format it was read from.
    public var format: InventoryFormat
    /// The version of the format as the document states it (`1.6`, `SPDX-2.3`), or nil where it states none.
    public var specVersion: String?
    /// What BOM-Links call the document, where it is one of CycloneDX with a serial number.
    public var bom: BOMIdentity?
    /// What the document is about, where it says so, and what that holds; they are not among its components.
    public var subjects: [InventoryComponent] = []
    /// In the order of the document, those inside others after the one that holds them.
    public var components: [InventoryComponent] = []
    /// The operating systems among all of these, where the document says of something that it is one, with the version.
    public var systems: [InventorySystem] = []
    /// How many vulnerabilities the document itself reports.
    public var vulnerabilityCount = 0
    /// How many package URLs stand in the document outside its components: of its subject, of the ancestors in a pedigree. They
    /// are counted in XML, where whoever counts `purl` elements meets them.
    public var otherPurlCount = 0
    /// Single entries of a lock file, package database or list that could not be read as their format wants, so that they are no
    /// components; all others stand. In byte order, always noted.
    public var problems: [FormatViolation] = []
    /// Where an SBOM breaks the schema of its format; what it lists was read all the same, in full. In byte order, and empty
    /// unless it was asked for.
    public var violations: [FormatViolation] = []
    /// The same where tools that are in use break the schema all the time, and others read what they write: a document is not called
    /// invalid for it.
    public var warnings: [FormatViolation] = []

    /// An empty document.
    public init(format: InventoryFormat, specVersion: String? = nil) {
        self.format = format
        self.specVersion = specVersion
    }

    /// How many package URLs the components give, and XML elsewhere; some components give several, some none.
    public var purlCount: Int { components.reduce(otherPurlCount) { $0 + $1.purls.count } }
}

/// An operating system that an inventory lists, as written: mostly `ID` and `VERSION_ID` of its os-release(5).
public struct InventorySystem: Sendable, Hashable {
    /// What it is called, such as `debian`.
    public let name: String
    /// Its version, such as `12`.
    public let version: String

    /// Nil for a component that has no name or no version.
    init?(_ component: InventoryComponent) {
        guard !component.name.isEmpty, let version = component.version, !version.isEmpty else { return nil }
        (name, self.version) = (component.name, version)
    }
}

/// One component, package or file set of an inventory.
public struct InventoryComponent: Sendable, Hashable {
    /// The name as written.
    public var name: String
    /// The version as written, or nil.
    public var version: String?
    /// Package URLs as written; they need not be valid.
    public var purls: [String] = []
    /// The package URL that the registry of its ecosystem would have for it, of a package that was not taken from there but from a
    /// repository; the version is what the lock file states beside the commit. Nil for all others.
    public var statedPurl: String?
    /// CPE names as written; they need not be valid.
    public var cpes: [String] = []
    /// What a system's package database says of it, or nil where it is no package of a system.
    public var system: SystemPackage?
    /// The ecosystem in which advisories know it by its name, where the inventory says that without a package URL; or nil.
    public var ecosystem: Ecosystem?
    /// Who makes or supplies it, as written, where it is named by vendor and product and in no other way that tells it from others; or nil.
    public var vendor: String?
    /// What a CycloneDX document refers to it by, or nil.
    public var bomReference: String?
    /// Offset of the component's first byte in the document.
    public var byteOffset: Int

    /// Names who makes or supplies it, where no other name of it is one that advisories may have: a `pkg:generic` is no registry's.
    mutating func name(vendor: String?) {
        if cpes.isEmpty, purls.allSatisfy({ $0.hasPrefix("pkg:generic/") }) { self.vendor = vendor }
    }

    /// A component with nothing but a name.
    public init(name: String, byteOffset: Int) {
        self.name = name
        self.byteOffset = byteOffset
    }
}

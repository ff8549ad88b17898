/// The tool of a run: a driver and what extends it (3.18).
public struct SARIFTool: Sendable, Hashable {
    /// The main program.
    public var driver: SARIFToolComponent
    /// Plugins and rule packages.
    public var extensions: [SARIFToolComponent] = []

    /// A tool that is its driver only.
    public init(driver: SARIFToolComponent) {
        self.driver = driver
    }
}

/// A driver, plugin or taxonomy (3.19).
public struct SARIFToolComponent: Sendable, Hashable {
    /// Name of the component.
    public var name: String
    /// Version in the tool's own form.
    public var version: String?
    /// Version as Semantic Versioning 2.0.0.
    public var semanticVersion: String?
    /// Where to read about it.
    public var informationURI: String?
    /// Unique identifier.
    public var guid: String?
    /// The rules, which results refer to by index.
    public var rules: [SARIFRule] = []
    /// Shared message texts by identifier (3.19.22).
    public var messageTexts: [String: String] = [:]
    /// The component's property bag.
    public var properties: RawJSON?

    /// A component by name.
    public init(name: String) {
        self.name = name
    }
}

/// A rule: what kind of problem a result reports (3.49).
public struct SARIFRule: Sendable, Hashable {
    /// Stable identifier.
    public var id: String
    /// Name for people.
    public var name: String?
    /// Unique identifier.
    public var guid: String?
    /// One sentence.
    public var shortDescription: String?
    /// All of it.
    public var fullDescription: String?
    /// Where to read about it.
    public var helpURI: String?
    /// Level of results that state none (3.50.3).
    public var defaultLevel: SARIFResult.Level?
    /// Message texts by identifier (3.49.11).
    public var messageTexts: [String: String] = [:]
    /// `tags` of the property bag; tools put weaknesses there, like `external/cwe/cwe-79`.
    public var tags: [String] = []
    /// The rule's property bag.
    public var properties: RawJSON?

    /// A rule by identifier.
    public init(id: String) {
        self.id = id
    }
}

/// A place in an artifact and in the program's structure (3.28).
public struct SARIFLocation: Sendable, Hashable {
    /// The artifact, usually a file.
    public var artifact: SARIFArtifactLocation?
    /// The part of the artifact.
    public var region: SARIFRegion?
    /// The constructs the place is in.
    public var logicalLocations: [SARIFLogicalLocation] = []

    /// A place in an artifact.
    public init(artifact: SARIFArtifactLocation? = nil, region: SARIFRegion? = nil) {
        self.artifact = artifact
        self.region = region
    }
}

/// Where an artifact is: a URI reference, below a named base, or an index into the run's artifacts (3.4).
public struct SARIFArtifactLocation: Sendable, Hashable {
    /// A URI reference, often a relative path.
    public var uri: String?
    /// Name of the base the URI is relative to.
    public var uriBaseID: String?
    /// Index into the run's artifacts.
    public var index: Int?

    /// A location by URI or index.
    public init(uri: String? = nil, uriBaseID: String? = nil, index: Int? = nil) {
        self.uri = uri
        self.uriBaseID = uriBaseID
        self.index = index
    }
}

/// Lines and columns, from 1 (3.30).
public struct SARIFRegion: Sendable, Hashable {
    /// First line.
    public var startLine: Int?
    /// First column, in the run's unit.
    public var startColumn: Int?
    /// Last line; the first one when not stated.
    public var endLine: Int?
    /// Column behind the last character.
    public var endColumn: Int?
    /// The region's text, where it stands with what a fix takes away.
    public var text: String?

    /// A part of a text.
    public init(startLine: Int? = nil, startColumn: Int? = nil, endLine: Int? = nil, endColumn: Int? = nil) {
        self.startLine = startLine
        self.startColumn = startColumn
        self.endLine = endLine
        self.endColumn = endColumn
    }
}

/// A function, type or other construct (3.33).
public struct SARIFLogicalLocation: Sendable, Hashable {
    /// The construct's own name.
    public var name: String?
    /// The name with everything around it.
    public var fullyQualifiedName: String?
    /// What it is, like `function`.
    public var kind: String?
    /// Index into the run's logical locations.
    public var index: Int?

    /// A construct by name or index.
    public init(name: String? = nil, fullyQualifiedName: String? = nil, kind: String? = nil, index: Int? = nil) {
        self.name = name
        self.fullyQualifiedName = fullyQualifiedName
        self.kind = kind
        self.index = index
    }
}

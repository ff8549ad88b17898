/// Where a code flow (3.36) begins and ends: the first and the last place of its first thread.
public struct SARIFFlow: Sendable, Hashable {
    /// Where the data comes from.
    public var source: SARIFLocation
    /// Where it does harm.
    public var sink: SARIFLocation
}

/// What a fix changes in one artifact (3.56).
public struct SARIFArtifactChange: Sendable, Hashable {
    /// The artifact.
    public var artifact = SARIFArtifactLocation()
    /// In the order of the log.
    public var replacements: [SARIFReplacement] = []
}

/// A part of an artifact and what stands in its place afterwards (3.57).
public struct SARIFReplacement: Sendable, Hashable {
    /// What is taken away; it may be empty.
    public var deleted = SARIFRegion()
    /// What is put there; nil for nothing and for what is no text.
    public var inserted: String?
}

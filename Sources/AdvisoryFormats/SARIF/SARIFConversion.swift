/// The findings made from a SARIF log, and what of it did not fit.
public struct SARIFConversion: Sendable, Hashable {
    /// One per result that reports a problem, in the order of the log.
    public var findings: [SARIFFinding] = []
    /// What was left out or cut, by place in the log.
    public var misfits: [Misfit] = []
    /// Those of the misfits that cost problems for want of a package or repository, one per run.
    public var withoutSubject: [Misfit] = []

    /// An empty conversion.
    public init() {}
}

/// A finding made from one result of a SARIF log.
public struct SARIFFinding: Sendable, Hashable {
    /// The finding; its idempotency key is the result's own `guid` (3.27.3), in lower case.
    public var document: FindingDocument
    /// JSON Pointer to the result in the log.
    public var pointer: String
    /// The identifier that results of several scans share where they are the same problem (3.27.4), in lower case. It names a
    /// problem and no result, so it is never an idempotency key.
    public var correlationGUID: String?

    /// A finding by its place in the log.
    public init(document: FindingDocument, pointer: String, correlationGUID: String? = nil) {
        self.document = document
        self.pointer = pointer
        self.correlationGUID = correlationGUID
    }
}

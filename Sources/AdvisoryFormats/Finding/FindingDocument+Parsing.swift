public import JSONText

extension FindingDocument {
    /// What one finding may cost: its text is short and its structure flat, so a line above 1 MiB is a mistake or an attack.
    public static let limits = JSONLimits(maximumDepth: 32, maximumBytes: 1024 * 1024)

    /// Longest title in bytes: it becomes one line of a list.
    public static let maximumTitleBytes = 500

    /// Longest idempotency key in bytes: room for a digest with a prefix, and an index key of every database.
    public static let maximumKeyBytes = 200

    /// Most fingerprints of one finding: each is looked up when the finding arrives.
    public static let maximumFingerprints = 64

    /// Longest patch in bytes: some 5,000 lines, and with all its line feeds escaped it fits in one finding.
    public static let maximumPatchBytes = 256 * 1024

    /// Longest output of a crash in bytes: the reports of sanitizers have some 20 KiB, those of many threads ten times that.
    public static let maximumCrashBytes = 256 * 1024

    /// Most renames of one finding: correlation follows no more.
    public static let maximumRenames = 64

    /// Longest path, entry or sink in bytes, as correlation compares them: PATH_MAX of Linux.
    public static let maximumNameBytes = 4096

    /// Parses one finding.
    ///
    /// - Throws: `FormatRefusal` with every violation found, each with its pointer and byte offset.
    public init(
        parsing bytes: UnsafeBufferPointer<UInt8>, limits: JSONLimits = FindingDocument.limits
    ) throws(FormatRefusal) {
        self = try FindingReader.parse(bytes, limits: limits)
    }

    /// Parses one finding held in an array.
    public init(parsing bytes: [UInt8], limits: JSONLimits = FindingDocument.limits) throws(FormatRefusal) {
        self = try bytes.withUnsafeBufferPointer { (buffer) throws(FormatRefusal) in
            try FindingReader.parse(buffer, limits: limits)
        }
    }

    /// Parses one finding held in a slice, like a line of a batch; offsets count from the start of the slice.
    public init(parsing bytes: ArraySlice<UInt8>, limits: JSONLimits = FindingDocument.limits) throws(FormatRefusal) {
        self = try bytes.withUnsafeBufferPointer { (buffer) throws(FormatRefusal) in
            try FindingReader.parse(buffer, limits: limits)
        }
    }
}

public import JSONText

extension OSVRecord {
    /// Parses one record and checks it against the OSV JSON schema, formats included (`date-time` of RFC 3339, `uri` of
    /// RFC 3986).
    ///
    /// - Throws: `FormatRefusal` with every violation found when the bytes are not one valid record.
    public init(parsing bytes: UnsafeBufferPointer<UInt8>, limits: JSONLimits = .standard) throws(FormatRefusal) {
        self = try OSVReader.parse(bytes, limits: limits)
    }

    /// Parses one record held in an array; see `init(parsing:limits:)` over a buffer.
    public init(parsing bytes: [UInt8], limits: JSONLimits = .standard) throws(FormatRefusal) {
        self = try bytes.withUnsafeBufferPointer { (buffer) throws(FormatRefusal) in
            try OSVReader.parse(buffer, limits: limits)
        }
    }

    /// Parses one record held in a slice, like a line of a bigger file; offsets count from the start of the slice.
    public init(parsing bytes: ArraySlice<UInt8>, limits: JSONLimits = .standard) throws(FormatRefusal) {
        self = try bytes.withUnsafeBufferPointer { (buffer) throws(FormatRefusal) in
            try OSVReader.parse(buffer, limits: limits)
        }
    }

    /// Parses a record that is not published yet. The schema asks for an identifier, whose prefix names the home database; a draft
    /// has neither: `id` may be absent, empty or any text. Everything else is as strict.
    ///
    /// `id` is "" where the draft has none.
    /// - Throws: `FormatRefusal` with every other violation found.
    public init(parsingDraft bytes: [UInt8], limits: JSONLimits = .standard) throws(FormatRefusal) {
        self = try bytes.withUnsafeBufferPointer { (buffer) throws(FormatRefusal) in
            try OSVDraftReader.parse(buffer, limits: limits)
        }
    }

    /// Every violation of the schema, in byte order; empty for a valid record.
    public static func violations(in bytes: [UInt8], limits: JSONLimits = .standard) -> [FormatViolation] {
        bytes.withUnsafeBufferPointer { OSVReader.read($0, limits: limits).violations }
    }
}

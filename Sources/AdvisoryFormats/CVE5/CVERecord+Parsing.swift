public import JSONText

extension CVERecord {
    /// Parses one record and checks all of it against the JSON schema of its version, formats included (`uri` of RFC 3986).
    ///
    /// - Throws: `FormatRefusal` with every violation found when the bytes are not one valid record.
    public init(parsing bytes: UnsafeBufferPointer<UInt8>, limits: JSONLimits = .standard) throws(FormatRefusal) {
        let violations = Self.violations(in: bytes, limits: limits)
        guard violations.isEmpty else { throw FormatRefusal(format: Self.formatName, violations: violations) }
        do throws(JSONError) {
            let record = try JSONReader.read(bytes, limits: limits) { (reader) throws(JSONError) in
                guard let record = try CVEReader.record(&reader) else {
                    throw reader.failure(.missingMember, "no metadata", at: 0)
                }
                return record
            }
            self = record
        } catch {
            throw FormatRefusal(format: Self.formatName, violations: [FormatViolation(error, in: bytes)])
        }
    }

    /// Parses one record held in an array; see `init(parsing:limits:)` over a buffer.
    public init(parsing bytes: [UInt8], limits: JSONLimits = .standard) throws(FormatRefusal) {
        self = try bytes.withUnsafeBufferPointer { (buffer) throws(FormatRefusal) in
            try CVERecord(parsing: buffer, limits: limits)
        }
    }

    /// Parses one record held in a slice, like a line of a bigger file; offsets count from the start of the slice.
    public init(parsing bytes: ArraySlice<UInt8>, limits: JSONLimits = .standard) throws(FormatRefusal) {
        self = try bytes.withUnsafeBufferPointer { (buffer) throws(FormatRefusal) in
            try CVERecord(parsing: buffer, limits: limits)
        }
    }

    /// Every violation of the schema, in byte order; empty for a valid record.
    public static func violations(in bytes: [UInt8], limits: JSONLimits = .standard) -> [FormatViolation] {
        bytes.withUnsafeBufferPointer { violations(in: $0, limits: limits) }
    }

    private static let formatName = "CVE record 5"

    private static func violations(in bytes: UnsafeBufferPointer<UInt8>, limits: JSONLimits) -> [FormatViolation] {
        if ShapeChecker.violations(in: bytes, of: CVESchema.common, limits: limits).isEmpty { return [] }
        do throws(JSONError) {
            let schema = try JSONReader.read(bytes, limits: limits, schema)
            return ShapeChecker.violations(in: bytes, of: schema, limits: limits)
        } catch {
            return [FormatViolation(error, in: bytes)]
        }
    }

    /// The schema that a record's version and state ask for; the members that say so may stand last.
    private static func schema(_ reader: inout JSONReader) throws(JSONError) -> ShapeSchema {
        var isRejected = false
        var minor = 0
        guard try reader.peek() == .object else { return CVESchema.published }
        try reader.readObject { (reader, key) throws(JSONError) in
            if key == "dataVersion", try reader.peek() == .string {
                let version = try reader.readString()
                if version.hasPrefix("5.") { minor = Int(version.dropFirst(2).prefix { $0 != "." }) ?? 0 }
            } else if key == "cveMetadata", try reader.peek() == .object {
                try reader.readObject { (reader, key) throws(JSONError) in
                    guard key == "state", try reader.peek() == .string else { return }
                    isRejected = try reader.readStringToken() == "REJECTED"
                }
            }
        }
        if isRejected { return CVESchema.rejected }
        return minor >= 2 ? CVESchema.published52 : CVESchema.published
    }
}

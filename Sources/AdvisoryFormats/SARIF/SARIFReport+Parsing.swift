public import JSONText

extension SARIFReport {
    /// Parses a SARIF 2.1.0 log and checks all of it against the standard's schema.
    ///
    /// A byte order mark at the start is passed over, as RFC 8259 section 8.1 lets a reader do: several tools write one.
    /// Offsets count from the first byte given, mark included.
    /// - Throws: `FormatRefusal` with `.notJSON`, with `.unsupportedVersion` for logs of other versions, with
    ///   `.missingMember` when there is no `version` (so it is no SARIF), or with every violation of the schema.
    public init(parsing bytes: UnsafeBufferPointer<UInt8>, limits: JSONLimits = .standard) throws(FormatRefusal) {
        let markLength = Self.byteOrderMarkLength(bytes)
        let text = UnsafeBufferPointer(rebasing: bytes[markLength...])
        var violations = Self.versionViolation(in: text, limits: limits).map { [$0] } ?? []
        if violations.isEmpty { violations = ShapeChecker.violations(in: text, of: SARIFSchema.schema, limits: limits) }
        guard violations.isEmpty else {
            throw FormatRefusal(format: Self.formatName, violations: violations.map { $0.moved(by: markLength) })
        }
        do throws(JSONError) {
            self = try JSONReader.read(text, limits: limits) { (reader) throws(JSONError) in
                try SARIFReader.report(&reader)
            }
        } catch {
            let violation = FormatViolation(error, in: text).moved(by: markLength)
            throw FormatRefusal(format: Self.formatName, violations: [violation])
        }
    }

    /// Parses a log held in an array; see `init(parsing:limits:)` over a buffer.
    public init(parsing bytes: [UInt8], limits: JSONLimits = .standard) throws(FormatRefusal) {
        self = try bytes.withUnsafeBufferPointer { (buffer) throws(FormatRefusal) in
            try SARIFReport(parsing: buffer, limits: limits)
        }
    }

    private static let formatName = "SARIF 2.1.0"

    private static func byteOrderMarkLength(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF ? 3 : 0
    }

    /// Looks at `version` alone, so that other versions and other formats are told from broken logs.
    private static func versionViolation(
        in bytes: UnsafeBufferPointer<UInt8>, limits: JSONLimits
    ) -> FormatViolation? {
        var log = ViolationLog()
        do throws(JSONError) {
            try JSONReader.read(bytes, limits: limits) { (reader) throws(JSONError) in
                guard try reader.peek() == .object else {
                    log.add(.wrongType, at: reader.offset, "not a SARIF log, which is an object")
                    return
                }
                var hasVersion = false
                try reader.readObject { (reader, key) throws(JSONError) in
                    guard key == "version", try reader.peek() == .string else { return }
                    hasVersion = true
                    let version = try reader.readStringToken()
                    if version == "2.1.0" { return }
                    log.add(
                        .unsupportedVersion, at: version.byteOffset, "SARIF \"\(version.excerpt)\" is not read, only 2.1.0"
                    )
                }
                if !hasVersion { log.add(.missingMember, at: 0, "not a SARIF log: there is no version") }
            }
        } catch {
            return FormatViolation(error, in: bytes)
        }
        return log.violations(in: bytes).first
    }
}

import JSONText
import PackageIdentity

/// Reads one finding; every rule of the format is here.
struct FindingReader: DocumentReading {
    static let formatName = "finding"

    var log = ViolationLog()

    mutating func document(_ reader: inout JSONReader) throws(JSONError) -> FindingDocument? {
        let start = reader.offset
        guard try isKind(.object, &reader) else { return nil }
        var finding = FindingDocument()
        var hasTitle = false
        var hasPlace = false
        try reader.readObject { (reader, key) throws(JSONError) in
            if key == "title" { hasTitle = true }
            if key == "package" || key == "repository" { hasPlace = true }
            try member(key, &finding, &reader)
        }
        require(hasTitle, "title", at: start)
        if !hasPlace { log.add(.missingMember, at: start, "one of \"package\" and \"repository\" is required") }
        return finding
    }

    private mutating func member(
        _ key: JSONKey, _ finding: inout FindingDocument, _ reader: inout JSONReader
    ) throws(JSONError) {
        switch key {
        case "title": finding.title = try title(&reader) ?? ""
        case "package": finding.package = try package(&reader)
        case "repository":
            finding.repository = try text(&reader, "an absolute URI", URISyntax.isURI)
        case "commit": finding.commit = try text(&reader, "7 to 64 lower-case hexadecimal digits", Self.isCommit)
        case "weakness":
            finding.weakness = try text(&reader, "a weakness like CWE-122", WeaknessID.isCanonical)
                .flatMap { WeaknessID($0) }
        case "location": finding.location = try location(&reader)
        case "description": finding.description = try string(&reader)
        case "patch": finding.patch = try patch(&reader)
        case "crash":
            finding.crash = try text(&reader, "the output of 1 to \(FindingDocument.maximumCrashBytes) bytes of a crash") {
                bytes in
                1...FindingDocument.maximumCrashBytes ~= bytes.count
            }
        case "renames": finding.renames = try renames(&reader)
        case "entry": finding.entry = try name(&reader)
        case "sink": finding.sink = try name(&reader)
        case "severity":
            let words = FindingSeverity.allCases.map(\.rawValue).joined(separator: ", ")
            finding.severity = try text(&reader, "one of \(words)") { bytes in
                FindingSeverity(rawValue: String(decoding: bytes, as: UTF8.self)) != nil
            }.flatMap { FindingSeverity(rawValue: $0) }
        case "fingerprints": finding.fingerprints = try fingerprints(&reader)
        case "provenance": finding.provenance = try provenance(&reader)
        case "idempotencyKey":
            finding.idempotencyKey = try text(
                &reader, "1 to \(FindingDocument.maximumKeyBytes) printable ASCII characters", Self.isKey)
        case "discoveredAt":
            finding.discoveredAt = try text(&reader, "an RFC 3339 timestamp") { RFC3339.parse($0) != nil }
                .flatMap { WrittenTimestamp($0) }
        default: finding.extra.append(try reader.readExtra(key))
        }
    }

    /// Reads a string that satisfies a rule, or notes what it should be.
    mutating func text(
        _ reader: inout JSONReader, _ meaning: String, _ rule: (UnsafeBufferPointer<UInt8>) -> Bool
    ) throws(JSONError) -> String? {
        guard let token = try token(&reader) else { return nil }
        if token.withDecodedBytes(rule) { return token.string }
        log.add(.badValue, at: token.byteOffset, "\"\(token.excerpt)\" is not \(meaning)")
        return nil
    }

    private mutating func title(_ reader: inout JSONReader) throws(JSONError) -> String? {
        try text(&reader, "one line of 1 to \(FindingDocument.maximumTitleBytes) bytes") { bytes in
            1...FindingDocument.maximumTitleBytes ~= bytes.count && bytes.contains { $0 > 0x20 }
                && !bytes.contains { $0 < 0x20 }
        }
    }

    private mutating func package(_ reader: inout JSONReader) throws(JSONError) -> Purl? {
        guard let token = try token(&reader) else { return nil }
        do throws(PurlError) {
            return try Purl(parsing: token.string)
        } catch {
            log.add(.badValue, at: token.byteOffset, "not a package URL: \(error.reason)")
            return nil
        }
    }

    static func isNotEmpty(_ text: UnsafeBufferPointer<UInt8>) -> Bool { !text.isEmpty }

    private static func isCommit(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        7...64 ~= text.count && text.allSatisfy { $0 &- 0x30 <= 9 || $0 &- UInt8(ascii: "a") < 6 }
    }

    private static func isKey(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        1...FindingDocument.maximumKeyBytes ~= text.count && text.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }
}

import JSONText

/// What reads values of a format by the typed steps below, with a log of what did not fit.
protocol ValueReading {
    static var formatName: String { get }
    var log: ViolationLog { get set }
}

/// A reader of one format: it pulls a document, notes every violation in its log and goes on where it can.
protocol DocumentReading: ValueReading {
    associatedtype Document
    init()
    /// Reads the document; nil when a violation left it without a required part.
    mutating func document(_ reader: inout JSONReader) throws(JSONError) -> Document?
}

extension DocumentReading {
    /// Reads the bytes and returns the document, if it has one, with every violation.
    static func read(
        _ bytes: UnsafeBufferPointer<UInt8>, limits: JSONLimits
    ) -> (document: Document?, violations: [FormatViolation]) {
        do throws(JSONError) {
            var this = Self()
            let document = try JSONReader.read(bytes, limits: limits) { (reader) throws(JSONError) in
                try this.document(&reader)
            }
            return (document, this.log.isEmpty ? [] : this.log.violations(in: bytes))
        } catch {
            return (nil, [FormatViolation(error, in: bytes)])
        }
    }

    /// Reads the bytes and refuses them when there is any violation.
    static func parse(_ bytes: UnsafeBufferPointer<UInt8>, limits: JSONLimits) throws(FormatRefusal) -> Document {
        let (document, violations) = read(bytes, limits: limits)
        guard let document, violations.isEmpty else {
            throw FormatRefusal(format: formatName, violations: violations)
        }
        return document
    }
}

// Typed steps: each notes a value of the wrong type, passes it and returns nil, so that one bad value hides no other.
extension ValueReading {
    mutating func isKind(_ kind: JSONKind, _ reader: inout JSONReader) throws(JSONError) -> Bool {
        let found = try reader.peek()
        if found == kind { return true }
        log.add(.wrongType, at: reader.offset, "expected \(kind.rawValue), found \(found.rawValue)")
        try reader.skipValue()
        return false
    }

    /// Reads a string without decoding it.
    mutating func token(_ reader: inout JSONReader) throws(JSONError) -> JSONStringToken? {
        guard try isKind(.string, &reader) else { return nil }
        return try reader.readStringToken()
    }

    mutating func string(_ reader: inout JSONReader) throws(JSONError) -> String? {
        guard try isKind(.string, &reader) else { return nil }
        return try reader.readString()
    }

    mutating func bool(_ reader: inout JSONReader) throws(JSONError) -> Bool? {
        guard try isKind(.bool, &reader) else { return nil }
        return try reader.readBool()
    }

    mutating func strings(_ reader: inout JSONReader) throws(JSONError) -> [String] {
        var texts: [String] = []
        guard try isKind(.array, &reader) else { return [] }
        try reader.readArray { (reader) throws(JSONError) in
            if let text = try string(&reader) { texts.append(text) }
        }
        return texts
    }

    /// Reads an object of any content and keeps its bytes.
    mutating func rawObject(_ reader: inout JSONReader) throws(JSONError) -> RawJSON? {
        guard try isKind(.object, &reader) else { return nil }
        return RawJSON(try reader.readRaw())
    }

    /// Notes the required members an object lacks; the place is the object's.
    @inline(__always)
    mutating func require(_ isPresent: Bool, _ name: StaticString, at offset: Int) {
        if !isPresent { noteMissing(name, at: offset) }
    }

    @inline(never)
    private mutating func noteMissing(_ name: StaticString, at offset: Int) {
        log.add(.missingMember, at: offset, "required member \"\(name)\" is missing")
    }
}

import JSONText

/// Checks a document against a schema in one pass over its bytes, and notes every violation.
struct ShapeChecker {
    let schema: ShapeSchema
    var log = ViolationLog()

    init(_ schema: ShapeSchema) {
        self.schema = schema
    }

    /// Every violation in byte order; one `.notJSON` when the bytes are no JSON document.
    static func violations(
        in bytes: UnsafeBufferPointer<UInt8>, of schema: ShapeSchema, limits: JSONLimits
    ) -> [FormatViolation] {
        var checker = ShapeChecker(schema)
        do throws(JSONError) {
            try JSONReader.read(bytes, limits: limits) { (reader) throws(JSONError) in
                try checker.check(schema.root, &reader)
            }
            return checker.log.isEmpty ? [] : checker.log.violations(in: bytes)
        } catch {
            return [FormatViolation(error, in: bytes)]
        }
    }

    mutating func check(_ shape: Shape, _ reader: inout JSONReader) throws(JSONError) {
        switch shape {
        case .any: try reader.skipValue()
        case .bool: if try isKind(.bool, &reader) { try reader.skipValue() }
        case .integer(let minimum): try checkInteger(minimum, &reader)
        case .number(let range): try checkNumber(range, &reader)
        case .string(let minimumLength): try checkString(minimumLength, &reader)
        case .text(let meaning, let rule): try checkText(meaning, rule, &reader)
        case .oneOf(let texts): try checkOneOf(texts, &reader)
        case .array(let element, let minimumCount, let isUnique):
            try checkArray(element, minimumCount, isUnique, &reader)
        case .object(let object): try checkObject(object, &reader)
        case .map(let value): try checkMap(value, &reader)
        case .definition(let number): try check(schema.definitions[number], &reader)
        }
    }

    private mutating func isKind(_ kind: JSONKind, _ reader: inout JSONReader) throws(JSONError) -> Bool {
        let found = try reader.peek()
        if found == kind { return true }
        log.add(.wrongType, at: reader.offset, "expected \(kind.rawValue), found \(found.rawValue)")
        try reader.skipValue()
        return false
    }

    private mutating func checkInteger(_ minimum: Int64?, _ reader: inout JSONReader) throws(JSONError) {
        guard try isKind(.number, &reader) else { return }
        let offset = reader.offset
        let number = try reader.readNumber()
        if let value = number.integer {
            if let minimum, value < minimum { log.add(.badValue, at: offset, "less than \(minimum)") }
        } else if let value = number.double, value.rounded() == value {
            if let minimum, value < Double(minimum) { log.add(.badValue, at: offset, "less than \(minimum)") }
        } else {
            log.add(.wrongType, at: offset, "not an integer")
        }
    }

    private mutating func checkNumber(_ range: ClosedRange<Double>?, _ reader: inout JSONReader) throws(JSONError) {
        guard try isKind(.number, &reader) else { return }
        let offset = reader.offset
        let number = try reader.readNumber()
        guard let range else { return }
        if number.double.map(range.contains) != true {
            log.add(.badValue, at: offset, "not between \(range.lowerBound) and \(range.upperBound)")
        }
    }

    private mutating func checkString(_ minimumLength: Int, _ reader: inout JSONReader) throws(JSONError) {
        guard try isKind(.string, &reader) else { return }
        let token = try reader.readStringToken()
        guard minimumLength > 0 else { return }
        // JSON Schema counts characters; no format here asks for more than one, where bytes do as well.
        if token.withDecodedBytes({ $0.count }) < minimumLength { log.add(.badValue, at: token.byteOffset, "empty") }
    }

    private mutating func checkText(
        _ meaning: StaticString, _ rule: (UnsafeBufferPointer<UInt8>) -> Bool, _ reader: inout JSONReader
    ) throws(JSONError) {
        guard try isKind(.string, &reader) else { return }
        let token = try reader.readStringToken()
        if !token.withDecodedBytes(rule) {
            log.add(.badValue, at: token.byteOffset, "\"\(token.excerpt)\" is not \(meaning)")
        }
    }

    private mutating func checkOneOf(_ texts: [StaticString], _ reader: inout JSONReader) throws(JSONError) {
        guard try isKind(.string, &reader) else { return }
        let token = try reader.readStringToken()
        for text in texts where token == text { return }
        let allowed = texts.map { "\"\($0)\"" }.joined(separator: ", ")
        log.add(.badValue, at: token.byteOffset, "\"\(token.excerpt)\" is not one of \(allowed)")
    }
}

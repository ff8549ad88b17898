import JSONText

/// Checks a document against a schema in one pass over its bytes, and notes every violation.
struct ShapeChecker {
    let schema: ShapeSchema
    var log = ViolationLog()
    /// How many witnesses were found since the innermost `containing` began.
    private var witnessCount = 0

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
        case .integer(let range): try checkInteger(range, &reader)
        case .number(let range): try checkNumber(range, &reader)
        case .amount(let meaning, let rule): try checkAmount(meaning, rule, &reader)
        case .string(let length): try checkString(length, &reader)
        case .text(let meaning, let rule): try checkText(meaning, rule, nil, &reader)
        case .witness(let meaning, let rule, let isWitness): try checkText(meaning, rule, isWitness, &reader)
        case .oneOf(let words): try checkOneOf(words, &reader)
        case .array(let element, let count, let isUnique): try checkArray(element, count, isUnique, &reader)
        case .containing(let meaning, let value): try checkContaining(meaning, value, &reader)
        case .object(let object): try checkObject(object, &reader)
        case .map(let value): try checkMap(value, &reader)
        case .either(let shapes, let isExclusive): try checkEither(shapes, isExclusive, &reader)
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

    private mutating func checkInteger(_ range: ClosedRange<Int64>?, _ reader: inout JSONReader) throws(JSONError) {
        guard try isKind(.number, &reader) else { return }
        let offset = reader.offset
        let number = try reader.readNumber()
        let isInside: Bool
        if let value = number.integer {
            isInside = range?.contains(value) ?? true
        } else if let value = number.double, value.rounded() == value {
            // A range without an upper end is not that of 64 bits.
            isInside =
                range.map { Double($0.lowerBound) <= value && ($0.upperBound == .max || value <= Double($0.upperBound)) } ?? true
        } else {
            return log.add(.wrongType, at: offset, "not an integer")
        }
        if let range, !isInside { log.add(.badValue, at: offset, Self.reason(outside: range)) }
    }

    private static func reason(outside range: ClosedRange<Int64>) -> String {
        range.upperBound == .max ? "less than \(range.lowerBound)" : "not between \(range.lowerBound) and \(range.upperBound)"
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

    private mutating func checkAmount(
        _ meaning: StaticString, _ rule: (Double) -> Bool, _ reader: inout JSONReader
    ) throws(JSONError) {
        guard try isKind(.number, &reader) else { return }
        let offset = reader.offset
        let number = try reader.readNumber()
        if number.double.map(rule) != true { log.add(.badValue, at: offset, "not \(meaning)") }
    }

    private mutating func checkString(_ length: ClosedRange<Int>, _ reader: inout JSONReader) throws(JSONError) {
        guard try isKind(.string, &reader) else { return }
        let token = try reader.readStringToken()
        if !token.withDecodedBytes({ $0.hasCodePoints(length) }) {
            log.add(.badValue, at: token.byteOffset, Self.reason(outside: length))
        }
    }

    private static func reason(outside length: ClosedRange<Int>) -> String {
        if length == 1...Int.max { return "empty" }
        if length.upperBound == .max { return "shorter than \(length.lowerBound) characters" }
        return "not \(length.lowerBound) to \(length.upperBound) characters long"
    }

    private mutating func checkContaining(
        _ meaning: StaticString, _ value: Shape, _ reader: inout JSONReader
    ) throws(JSONError) {
        let outer = witnessCount
        witnessCount = 0
        let start = reader.offset
        let isArray = try reader.peek() == .array
        try check(value, &reader)
        if isArray, witnessCount == 0 { log.add(.missingMember, at: start, "contains no \(meaning)") }
        witnessCount = outer
    }

    private mutating func checkText(
        _ meaning: StaticString, _ rule: (UnsafeBufferPointer<UInt8>) -> Bool,
        _ isWitness: ((UnsafeBufferPointer<UInt8>) -> Bool)?, _ reader: inout JSONReader
    ) throws(JSONError) {
        guard try isKind(.string, &reader) else { return }
        let token = try reader.readStringToken()
        if let isWitness, token.withDecodedBytes(isWitness) { witnessCount += 1 }
        if !token.withDecodedBytes(rule) {
            log.add(.badValue, at: token.byteOffset, "\"\(token.excerpt)\" is not \(meaning)")
        }
    }

    private mutating func checkOneOf(_ words: [ShapeWord], _ reader: inout JSONReader) throws(JSONError) {
        guard try isKind(.string, &reader) else { return }
        let token = try reader.readStringToken()
        let isListed = token.withDecodedBytes { text in words.contains { $0.equals(text) } }
        if !isListed { log.add(.badValue, at: token.byteOffset, "\"\(token.excerpt)\" is not one of \(ShapeWord.list(words))") }
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Whether the UTF-8 text has so many code points.
    fileprivate func hasCodePoints(_ length: ClosedRange<Int>) -> Bool {
        // A text has no more code points than bytes: most are told without a look at them.
        if length.lowerBound <= 1, length.contains(count) { return true }
        return length.contains(count { $0 & 0xC0 != 0x80 })
    }
}

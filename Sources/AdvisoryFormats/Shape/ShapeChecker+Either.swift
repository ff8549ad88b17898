import JSONText

extension ShapeChecker {
    /// Tries every shape on a copy of the value, and where none fits reports what the closest of them misses.
    mutating func checkEither(
        _ shapes: [Shape], _ isExclusive: Bool, _ reader: inout JSONReader
    ) throws(JSONError) {
        let range = try reader.skipValue()
        let bytes = reader.copyBytes(range)
        var fits = 0
        var closest: ViolationLog?
        for shape in shapes {
            let attempt = try attempt(shape, on: bytes)
            if attempt.isEmpty { fits += 1 }
            if closest.map({ Self.isCloser(attempt, than: $0) }) ?? true { closest = attempt }
        }
        if fits == 0, let closest { log.add(contentsOf: closest, movedBy: range.lowerBound) }
        if isExclusive, fits > 1 {
            log.add(.badValue, at: range.lowerBound, "fits \(fits) of the forms of which it may have one")
        }
    }

    private func attempt(_ shape: Shape, on bytes: [UInt8]) throws(JSONError) -> ViolationLog {
        var checker = ShapeChecker(schema)
        let limits = JSONLimits(maximumDepth: JSONLimits.highestDepth, maximumBytes: .max)
        try JSONReader.read(bytes, limits: limits) { (reader) throws(JSONError) in try checker.check(shape, &reader) }
        return checker.log
    }

    /// A value of the right type that misses little was meant, rather than one of another type.
    private static func isCloser(_ a: ViolationLog, than b: ViolationLog) -> Bool {
        let (x, y) = (a.hasWrongType(at: 0), b.hasWrongType(at: 0))
        return x == y ? a.count < b.count : y
    }
}

import JSONText

extension ShapeChecker {
    mutating func checkObject(_ object: ObjectShape, _ reader: inout JSONReader) throws(JSONError) {
        let start = reader.offset
        guard try reader.peek() == .object else {
            if object.passesOtherTypes { return _ = try reader.skipValue() }
            return try noteNoContainer(.object, &reader)
        }
        var present: UInt64 = 0
        var count = 0
        var agreeing: (first: Range<Int>?, second: Range<Int>?)
        try reader.readObject { (reader, key) throws(JSONError) in
            count += 1
            if let index = object.index(of: key) {
                present |= 1 << UInt64(index)
                let start = reader.offset
                try check(object.members[index].shape, &reader)
                if index == object.agreement?.first { agreeing.first = start..<reader.offset }
                if index == object.agreement?.second { agreeing.second = start..<reader.offset }
            } else if let others = object.others, object.otherNames.map(key.withDecodedBytes) ?? true {
                try check(others, &reader)
            } else {
                log.add(.unknownMember, at: key.byteOffset, "member \"\(key.excerpt)\" is not defined here")
            }
        }
        checkPresence(of: object, present, count, at: start)
        for choice in object.choices { check(choice, present, count, at: start) }
        if let agreement = object.agreement, let first = agreeing.first, let second = agreeing.second,
            !agreement.rule(reader.copyBytes(first), reader.copyBytes(second))
        {
            log.add(.badValue, at: first.lowerBound, "\(agreement.meaning)")
        }
    }

    private mutating func check(_ choice: ObjectShape.Choice, _ present: UInt64, _ count: Int, at start: Int) {
        var satisfied = 0
        for option in choice.options where option.members & ~present == 0 && count <= option.maximumCount { satisfied += 1 }
        if satisfied == 0 { log.add(.missingMember, at: start, "needs \(choice.meaning)") }
        if choice.isExclusive, satisfied > 1 { log.add(.badValue, at: start, "needs exactly \(choice.meaning)") }
    }

    private mutating func checkPresence(of object: ObjectShape, _ present: UInt64, _ count: Int, at start: Int) {
        let missing = object.required & ~present
        if missing != 0 {
            log.add(.missingMember, at: start, "required member \(object.names(missing)) is missing")
        }
        let alternatives = object.alternatives & present
        if object.alternatives != 0, alternatives == 0 {
            log.add(.missingMember, at: start, "one of \(object.names(object.alternatives)) is required")
        }
        if object.isExclusive, alternatives.nonzeroBitCount > 1 {
            log.add(.badValue, at: start, "only one of \(object.names(object.alternatives)) is allowed")
        }
        if !object.memberCount.contains(count) { log.add(.badValue, at: start, "wrong number of members") }
    }

    mutating func checkMap(_ value: Shape, _ reader: inout JSONReader) throws(JSONError) {
        guard try reader.peek() == .object else { return try noteNoContainer(.object, &reader) }
        try reader.readObject { (reader, _) throws(JSONError) in try check(value, &reader) }
    }

    mutating func checkArray(
        _ element: Shape, _ minimumCount: Int, _ maximumCount: Int, _ isUnique: Bool, _ reader: inout JSONReader
    ) throws(JSONError) {
        let start = reader.offset
        guard try reader.peek() == .array else { return try noteNoContainer(.array, &reader) }
        var count = 0
        var ranges: [Range<Int>] = []
        try reader.readArray { (reader) throws(JSONError) in
            count += 1
            let start = reader.offset
            try check(element, &reader)
            if isUnique { ranges.append(start..<reader.offset) }
        }
        if count < minimumCount { log.add(.badValue, at: start, "fewer than \(minimumCount) elements") }
        if count > maximumCount { log.add(.badValue, at: start, "more than \(maximumCount) elements") }
        if ranges.count > 1 { try checkUniqueness(of: ranges, &reader) }
    }

    /// Elements are equal as JSON values, whatever their order of members and white space (JSON Schema 6.4.3).
    private mutating func checkUniqueness(of ranges: [Range<Int>], _ reader: inout JSONReader) throws(JSONError) {
        if Self.areSurelyDistinct(ranges, reader) { return }
        var seen: Set<JSONValue> = []
        seen.reserveCapacity(ranges.count)
        let limits = JSONLimits(maximumDepth: JSONLimits.highestDepth, maximumBytes: .max)
        for range in ranges where !seen.insert(try JSONValue(parsing: reader.copyBytes(range), limits: limits)).inserted {
            log.add(.badValue, at: range.lowerBound, "repeats an earlier element")
        }
    }

    /// Whether all fingerprints differ, as they do in nearly every array that is unique; building the values costs ten times
    /// as much.
    private static func areSurelyDistinct(_ ranges: [Range<Int>], _ reader: borrowing JSONReader) -> Bool {
        var fingerprints: [UInt64] = []
        fingerprints.reserveCapacity(ranges.count)
        for range in ranges {
            guard let fingerprint = reader.valueFingerprint(of: range) else { return false }
            fingerprints.append(fingerprint)
        }
        fingerprints.sort()
        return !zip(fingerprints, fingerprints.dropFirst()).contains { $0 == $1 }
    }

    private mutating func noteNoContainer(_ kind: JSONKind, _ reader: inout JSONReader) throws(JSONError) {
        log.add(.wrongType, at: reader.offset, "expected \(kind.rawValue), found \(try reader.peek().rawValue)")
        try reader.skipValue()
    }
}

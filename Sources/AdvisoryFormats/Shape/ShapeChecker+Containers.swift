import JSONText

extension ShapeChecker {
    mutating func checkObject(_ object: ObjectShape, _ reader: inout JSONReader) throws(JSONError) {
        let start = reader.offset
        guard try reader.peek() == .object else {
            if object.passesOtherTypes { return _ = try reader.skipValue() }
            return try noteNoContainer(.object, &reader)
        }
        var found = FoundMembers()
        try reader.readObject { (reader, key) throws(JSONError) in
            found.count += 1
            if let index = object.index(of: key) {
                found.present |= 1 << UInt64(index)
                if !object.conditions.isEmpty, try reader.isAtTrue() { found.isTrue |= 1 << UInt64(index) }
                let start = reader.offset
                try check(object.members[index].shape, &reader)
                if index == object.agreement?.first { found.agreeing.first = start..<reader.offset }
                if index == object.agreement?.second { found.agreeing.second = start..<reader.offset }
            } else if let others = object.others, object.otherNames.map(key.withDecodedBytes) ?? true {
                try check(others, &reader)
            } else {
                log.add(.unknownMember, at: key.byteOffset, "member \"\(key.excerpt)\" is not defined here")
            }
        }
        checkPresence(of: object, found, at: start)
        for choice in object.choices { check(choice, of: object, found, at: start) }
        checkTogether(object, found, at: start)
        if let agreement = object.agreement, let first = found.agreeing.first, let second = found.agreeing.second,
            !agreement.rule(reader.copyBytes(first), reader.copyBytes(second))
        {
            log.add(.badValue, at: first.lowerBound, "\(agreement.meaning)")
        }
    }

    /// What an object has, its defined members as bits.
    private struct FoundMembers {
        var count = 0
        var present: UInt64 = 0
        var isTrue: UInt64 = 0
        /// Where the members of the agreement stand.
        var agreeing: (first: Range<Int>?, second: Range<Int>?)
    }

    private mutating func checkPresence(of object: ObjectShape, _ found: FoundMembers, at start: Int) {
        let missing = object.required & ~found.present
        if missing != 0 {
            log.add(.missingMember, at: start, "required member \(object.names(missing)) is missing")
        }
        if !object.memberCount.contains(found.count) { log.add(.badValue, at: start, "wrong number of members") }
    }

    private mutating func check(
        _ choice: ObjectShape.Choice, of object: ObjectShape, _ found: FoundMembers, at start: Int
    ) {
        var satisfied = 0
        for (members, isAlone) in choice.groups
        where members & ~found.present == 0 && (!isAlone || found.count == members.nonzeroBitCount) { satisfied += 1 }
        if satisfied == 1 || satisfied > 1 && !choice.isExclusive { return }
        let groups = choice.groups.map { object.names($0.members, joinedBy: " with ") + ($0.isAlone ? " alone" : "") }
        let names = groups.joined(separator: ", ")
        if satisfied == 0 {
            log.add(.missingMember, at: start, "one of \(names) is required")
        } else {
            log.add(.badValue, at: start, "only one of \(names) is allowed")
        }
    }

    private mutating func checkTogether(_ object: ObjectShape, _ found: FoundMembers, at start: Int) {
        for conflict in object.conflicts where conflict & found.present == conflict {
            log.add(.badValue, at: start, "\(object.names(conflict)) are not allowed together")
        }
        for condition in object.conditions
        where found.present & 1 << UInt64(condition.member) != 0 && found.isTrue & 1 << UInt64(condition.needsTrue) == 0 {
            let (member, other) = (object.members[condition.member].name, object.members[condition.needsTrue].name)
            log.add(.badValue, at: start, "\"\(member)\" is allowed only where \"\(other)\" is true")
        }
    }

    mutating func checkMap(_ value: Shape, _ reader: inout JSONReader) throws(JSONError) {
        guard try reader.peek() == .object else { return try noteNoContainer(.object, &reader) }
        try reader.readObject { (reader, _) throws(JSONError) in try check(value, &reader) }
    }

    mutating func checkArray(
        _ element: Shape, _ allowed: ClosedRange<Int>, _ isUnique: Bool, _ reader: inout JSONReader
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
        if count < allowed.lowerBound { log.add(.badValue, at: start, "fewer than \(allowed.lowerBound) elements") }
        if count > allowed.upperBound { log.add(.badValue, at: start, "more than \(allowed.upperBound) elements") }
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

extension JSONReader {
    /// Whether the next value is `true`.
    fileprivate mutating func isAtTrue() throws(JSONError) -> Bool {
        guard try peek() == .bool else { return false }
        let start = offset
        return copyBytes(start..<start + 1) == [UInt8(ascii: "t")]
    }
}

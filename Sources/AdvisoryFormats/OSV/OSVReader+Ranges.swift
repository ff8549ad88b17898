import JSONText

extension OSVReader {
    mutating func ranges(_ reader: inout JSONReader) throws(JSONError) -> [OSVRange] {
        var list: [OSVRange] = []
        guard try isKind(.array, &reader) else { return [] }
        try reader.readArray { (reader) throws(JSONError) in
            if let range = try range(&reader) { list.append(range) }
        }
        return list
    }

    private mutating func range(_ reader: inout JSONReader) throws(JSONError) -> OSVRange? {
        let start = reader.offset
        guard try isKind(.object, &reader) else { return nil }
        var range = OSVRange(kind: .ecosystem, events: [])
        var kind: OSVRange.Kind?
        var hasType = false
        var hasRepository = false
        var events: EventList?
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "type":
                hasType = true
                kind = try rangeKind(&reader)
            case "repo":
                hasRepository = true
                range.repository = try string(&reader)
            case "events": events = try eventList(&reader)
            case "database_specific": range.databaseSpecific = try rawObject(&reader)
            default: range.extra.append(try reader.readExtra(key))
            }
        }
        require(hasType, "type", at: start)
        require(events != nil, "events", at: start)
        if kind == .git { checkGit(hasRepository, events, at: start) }
        guard let kind, let events else { return nil }
        range.kind = kind
        range.events = events.events
        return range
    }

    private mutating func rangeKind(_ reader: inout JSONReader) throws(JSONError) -> OSVRange.Kind? {
        guard let token = try token(&reader) else { return nil }
        switch token {
        case "SEMVER": return .semver
        case "ECOSYSTEM": return .ecosystem
        case "GIT": return .git
        default:
            log.add(.badValue, at: token.byteOffset, "range type is not GIT, SEMVER or ECOSYSTEM")
            return nil
        }
    }

    /// "GIT ranges require a repo" and "GIT ranges must use full-length commit hashes".
    private mutating func checkGit(_ hasRepository: Bool, _ events: EventList?, at start: Int) {
        require(hasRepository, "repo", at: start)
        for offset in events?.offsetsWithoutCommit ?? [] {
            log.add(.badValue, at: offset, "event of a GIT range without a full commit hash")
        }
    }

    /// The events of a range, with what the rules about the whole range ask for.
    private struct EventList {
        var events: [OSVEvent] = []
        /// Events whose version is neither "0" nor a full commit hash, which matters if the range is a GIT range.
        var offsetsWithoutCommit: [Int] = []
        var hasIntroduced = false
        var fixedOffset: Int?
        var hasLastAffected = false
    }

    private mutating func eventList(_ reader: inout JSONReader) throws(JSONError) -> EventList {
        var list = EventList()
        let start = reader.offset
        guard try isKind(.array, &reader) else { return list }
        var isEmpty = true
        try reader.readArray { (reader) throws(JSONError) in
            isEmpty = false
            try event(&list, &reader)
        }
        if isEmpty {
            log.add(.badValue, at: start, "a range needs at least one event")
        } else if !list.hasIntroduced {
            log.add(.missingMember, at: start, "no event says where the range is introduced")
        }
        if list.hasLastAffected, let fixedOffset = list.fixedOffset {
            log.add(.badValue, at: fixedOffset, "fixed and last_affected exclude each other in one range")
        }
        return list
    }

    /// An event names exactly one of four versions as a string (`oneOf`); the rules about the range ask only which
    /// members are present, whatever their type (`required`).
    private mutating func event(_ list: inout EventList, _ reader: inout JSONReader) throws(JSONError) {
        let start = reader.offset
        guard try isKind(.object, &reader) else { return }
        var event: OSVEvent?
        var versions = 0
        var commits = 0
        var extra: [RawMember] = []
        try reader.readObject { (reader, key) throws(JSONError) in
            guard let kind = Self.eventKind(key) else {
                extra.append(try reader.readExtra(key))
                return
            }
            switch kind {
            case .introduced: list.hasIntroduced = true
            case .fixed: list.fixedOffset = list.fixedOffset ?? start
            case .lastAffected: list.hasLastAffected = true
            case .limit: break
            }
            guard try reader.peek() == .string else {
                extra.append(try reader.readExtra(key))
                return
            }
            let token = try reader.readStringToken()
            if token.withDecodedBytes(OSVIdentifier.isCommitOrZero) { commits += 1 }
            versions += 1
            event = OSVEvent(kind, token.string)
        }
        guard var event, versions == 1 else {
            log.add(.badValue, at: start, "an event names exactly one of introduced, fixed, last_affected and limit")
            return
        }
        if commits != 1 { list.offsetsWithoutCommit.append(start) }
        event.extra = extra
        list.events.append(event)
    }

    private static func eventKind(_ key: JSONKey) -> OSVEvent.Kind? {
        switch key {
        case "introduced": .introduced
        case "fixed": .fixed
        case "last_affected": .lastAffected
        case "limit": .limit
        default: nil
        }
    }
}

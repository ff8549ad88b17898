import CivilTime
package import JSONText

extension TargetPolicy {
    /// The form of records and of the API; what is not set is left out.
    package var json: JSONValue {
        var members: [(String, JSONValue)] = [
            ("aliases", .array(aliases.map { .string($0) })), ("closed", .bool(isClosed)),
            ("criticality", .number(JSONNumber(criticality))), ("pacing", pacing.json)
        ]
        if let maintainer { members.append(("maintainer", .string(maintainer))) }
        if let channel { members.append(("channel", .string(channel))) }
        if let channelVerified { members.append(("channelVerified", .string(channelVerified.description))) }
        if let optOut {
            var wish: [(String, JSONValue)] = [("requestedAt", .string(optOut.requested.description))]
            if let reason = optOut.reason { wish.append(("reason", .string(reason))) }
            members.append(("optOut", .object(JSONObject(wish))))
        }
        return .object(JSONObject(members))
    }

    /// Reads that form.
    /// - Throws: `malformed` with the JSON Pointer, also for members there are not.
    package init(json: JSONValue) throws(Refusal) {
        self.init()
        let reader = try MemberReader(json, at: "", known: TargetPolicy.memberNames)
        maintainer = try reader.text("maintainer")
        channel = try reader.text("channel", maximum: TargetPolicy.longestChannel)
        channelVerified = try reader.moment("channelVerified")
        isClosed = try reader.flag("closed")
        criticality = try reader.integer("criticality", in: 0...100) ?? 0
        for (index, alias) in try reader.texts("aliases", maximum: TargetPolicy.mostAliases).enumerated() {
            aliases.append(try ScanTarget(alias, at: "/aliases/\(index)").name)
        }
        if let wish = json["optOut"], !wish.isNull { optOut = try OptOut(json: wish) }
        if let limits = json["pacing"], !limits.isNull { pacing = try Pacing(json: limits) }
    }

    static let memberNames = [
        "aliases", "channel", "channelVerified", "closed", "criticality", "maintainer", "optOut", "pacing"
    ]
    /// Packages of one repository: the largest monorepos publish some hundreds.
    private static let mostAliases = 1_000
    private static let longestChannel = 2_000
}

extension TargetPolicy.OptOut {
    fileprivate init(json: JSONValue) throws(Refusal) {
        let reader = try MemberReader(json, at: "/optOut", known: ["reason", "requestedAt"])
        guard let requested = try reader.moment("requestedAt") else {
            throw Refusal(.malformed, "an opt-out says when it was asked for", place: "/optOut/requestedAt")
        }
        self.init(requested: requested, reason: try reader.text("reason", maximum: 2_000))
    }
}

extension Pacing {
    fileprivate var json: JSONValue {
        var members: [(String, JSONValue)] = [
            ("requiresPatch", .bool(requiresPatch)), ("windows", .array(windows.map(\.json)))
        ]
        if let openReports { members.append(("openReports", .number(JSONNumber(openReports)))) }
        if let activeScans { members.append(("activeScans", .number(JSONNumber(activeScans)))) }
        return .object(JSONObject(members))
    }

    fileprivate init(json: JSONValue) throws(Refusal) {
        self.init()
        let reader = try MemberReader(
            json, at: "/pacing", known: ["activeScans", "openReports", "requiresPatch", "windows"]
        )
        openReports = try reader.integer("openReports", in: 0...1_000_000)
        activeScans = try reader.integer("activeScans", in: 0...1_000_000)
        requiresPatch = try reader.flag("requiresPatch")
        let list = json["windows"]?.array ?? []
        guard json["windows"] == nil || json["windows"]?.array != nil, list.count <= Pacing.mostWindows else {
            throw Refusal(.malformed, "windows are a list of at most \(Pacing.mostWindows)", place: "/pacing/windows")
        }
        for (index, window) in list.enumerated() {
            windows.append(try BatchWindow(json: window, at: "/pacing/windows/\(index)"))
        }
    }

    /// Four a day.
    private static let mostWindows = 28
}

extension BatchWindow {
    fileprivate var json: JSONValue {
        ["from": .string(Self.text(start)), "until": .string(Self.text(end)), "weekday": .string(weekday.rawValue)]
    }

    fileprivate init(json: JSONValue, at place: String) throws(Refusal) {
        let reader = try MemberReader(json, at: place, known: ["from", "until", "weekday"])
        guard
            let weekday = Weekday(rawValue: try reader.text("weekday") ?? ""),
            let start = Self.minutes(try reader.text("from")), let end = Self.minutes(try reader.text("until"))
        else {
            throw Refusal(
                .malformed, "a window is written \(BatchWindow.example), in UTC", place: place
            )
        }
        try self.init(weekday: weekday, start: start, end: end, at: place)
    }

    /// `Tuesday 09:00 to 17:00`.
    package var words: String { "\(weekday.rawValue) \(Self.text(start)) to \(Self.text(end))" }

    private static func text(_ minutes: Int) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return two(minutes / 60) + ":" + two(minutes % 60)
    }

    private static func minutes(_ text: String?) -> Int? {
        let parts = (text ?? "").split(separator: ":", omittingEmptySubsequences: false)
        guard
            parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
            let hours = Int(parts[0]), let minutes = Int(parts[1]), minutes < 60
        else { return nil }
        return hours * 60 + minutes
    }
}

/// Reads the members of one object; every refusal names the place.
struct MemberReader {
    private let object: JSONObject
    private let place: String

    init(_ value: JSONValue, at place: String, known: [String]) throws(Refusal) {
        guard let object = value.object else { throw Refusal(.malformed, "must be an object", place: place) }
        for member in object.members where !known.contains(member.key) {
            throw Refusal(
                .malformed, "there is no member \(member.key) here, only \(known.joined(separator: ", "))",
                place: "\(place)/\(member.key)"
            )
        }
        self.object = object
        self.place = place
    }

    func text(_ name: String, maximum: Int = 200) throws(Refusal) -> String? {
        guard let value = present(name) else { return nil }
        guard let text = value.string, !text.isEmpty, text.utf8.count <= maximum else {
            throw wrong(name, "a text of 1 to \(maximum) bytes")
        }
        return text
    }

    func texts(_ name: String, maximum: Int) throws(Refusal) -> [String] {
        guard let value = present(name) else { return [] }
        guard let list = value.array, list.count <= maximum else { throw wrong(name, "a list of at most \(maximum) texts") }
        let texts = list.compactMap(\.string)
        guard texts.count == list.count else { throw wrong(name, "a list of texts") }
        return texts
    }

    func flag(_ name: String) throws(Refusal) -> Bool {
        guard let value = present(name) else { return false }
        guard let flag = value.bool else { throw wrong(name, "true or false") }
        return flag
    }

    func integer(_ name: String, in range: ClosedRange<Int64>) throws(Refusal) -> Int64? {
        guard let value = present(name) else { return nil }
        guard let number = value.integer, range.contains(number) else {
            throw wrong(name, "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    func moment(_ name: String) throws(Refusal) -> Timestamp? {
        guard let value = present(name) else { return nil }
        guard let moment = value.string.flatMap(Timestamp.init(rfc3339:)) else { throw wrong(name, "an RFC 3339 date-time") }
        return moment
    }

    private func present(_ name: String) -> JSONValue? {
        object[name].flatMap { $0.isNull ? nil : $0 }
    }

    private func wrong(_ name: String, _ wanted: String) -> Refusal {
        Refusal(.malformed, "\(name) must be \(wanted)", place: "\(place)/\(name)")
    }
}

/// Casts to a class that the object isn't of, seen by UndefinedBehaviorSanitizer's vptr check or by control flow
/// integrity. The classes, which later lines tell, are the first line of the state.
enum BadCastSignatures {
    /// Whether lines below the heading may still complete the classes.
    struct Progress {
        var isComplete = true
    }

    static func read(_ reading: inout CrashReading, _ line: ReportText) -> LineFate {
        guard reading.type.isEmpty || reading.type == "Bad-cast" else { return .open }
        if reading.type.isEmpty, reading.settings.countsUndefinedBehaviour, let (address, type) = virtualTable(line) {
            begin(&reading, type, by: .undefinedBehaviorSanitizer)
            reading.address = address.string
        }
        if reading.type == "Bad-cast", !reading.badCast.isComplete { complete(&reading, line) }
        if reading.type.isEmpty { readControlFlow(&reading, line) }
        return .open
    }

    private static func begin(_ reading: inout CrashReading, _ type: ReportText, by tool: CrashTool) {
        reading.become("Bad-cast", by: tool)
        reading.clearState()
        reading.amendState(Array("Bad-cast to ".utf8) + type.trimming("'"))
        reading.badCast.isComplete = false
    }

    // MARK: headings

    /// `a.cc:1:2: runtime error: member call on address 0x10 which does not point to an object of type 'A'`
    private static func virtualTable(_ line: ReportText) -> (address: ReportText, type: ReportText)? {
        for access in accesses {
            guard let words = line.text(afterLast: access) else { continue }
            let address = words.leadingNumberWord
            let rest = words[address.endIndex...]
            guard !address.isEmpty, rest.first == .space, let type = rest.dropFirst().text(afterLast: " of type ") else {
                continue
            }
            return (address, type)
        }
        return nil
    }

    private static let accesses: [StaticString] = [
        ": runtime error: member access within address ", ": runtime error: member call on address ",
        ": runtime error: downcast of address "
    ]

    private static func readControlFlow(_ reading: inout CrashReading, _ line: ReportText) {
        let heading: StaticString = ": runtime error: control flow integrity check for type "
        if let words = line.text(afterLast: heading), let range = words.lastRange(of: " failed during ") {
            begin(&reading, words[..<range.lowerBound], by: .controlFlowIntegrity)
            let address = words[range.upperBound...].text(afterLast: "vtable address ")?.leadingNumberWord
            if let address, !address.isEmpty { reading.address = address.string }
        } else if line.hasPrefix("CFI: Most likely a control flow integrity violation;") {
            reading.become("Bad-cast", by: .controlFlowIntegrity)
            reading.countFrames(0)
        }
    }

    // MARK: what the notes below add

    private static func complete(_ reading: inout CrashReading, _ line: ReportText) {
        var isComplete = false
        if let actual = line.text(afterLast: "note: object is of type ") ?? line.text(afterLast: "note: vtable is of type ") {
            reading.amendState(Array(" from ".utf8) + actual.trimming("'"))
            isComplete = true
        }
        if line.contains("note: object has invalid vptr") || line.hasSuffix("note: invalid vtable") {
            reading.amendState(Array(" from invalid vptr".utf8)[...])
            isComplete = true
        }
        if let note = line.text(after: "note: "), note.hasSuffix(" defined here") { isComplete = true }
        if let offset = subobjectOffset(line) {
            reading.amendState(Array(" from base class subobject at offset ".utf8) + offset)
            isComplete = true
        }
        guard isComplete else { return }
        reading.badCast.isComplete = true
        reading.endStateLine()
    }

    /// `note: object is base class subobject at offset 16 within object of type 'A'`
    private static func subobjectOffset(_ line: ReportText) -> ReportText? {
        guard let words = line.text(afterLast: "at offset ") else { return nil }
        let digits = words.prefix { $0.isDigit }
        return !digits.isEmpty && words[digits.endIndex...].hasPrefix(" within object of type ") ? digits : nil
    }
}

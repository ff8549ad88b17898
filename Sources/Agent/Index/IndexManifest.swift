import Matching

/// What an index directory says of itself: lines of `name value`.
struct IndexManifest {
    /// The first line; another one means another layout, and the index is made anew.
    private static let title = "breakwater index 1"

    /// Bytes of the lines that the segments were made from.
    var covered = 0
    /// Lines among them that are no advisory.
    var damagedLineCount = 0
    /// The number of the last segment that was written; none is given twice.
    var lastNumber = 0
    /// File names, oldest first.
    var segments: [String] = []
    /// The file of a kind of signals.
    var signals: [SignalDocument.Kind: String] = [:]
    /// The file that says which sources were taken. It is written before the manifest that names it, as everything is: so a ledger never
    /// claims what the segments of the same manifest do not have.
    var ledger: String?

    /// Every file that belongs to the index.
    var files: [String] { segments + signals.values + [ledger].compactMap { $0 } }

    init() {}

    /// Nil where the text is no manifest of this layout.
    init?(parsing text: String) {
        let lines = text.split(separator: "\n")
        guard lines.first == Self.title[...] else { return nil }
        for line in lines.dropFirst() {
            let words = line.split(separator: " ", maxSplits: 1)
            guard words.count == 2 else { return nil }
            switch words[0] {
            case "segment": segments.append(String(words[1]))
            case "exploited": signals[.exploited] = String(words[1])
            case "epss": signals[.epss] = String(words[1])
            case "ledger": ledger = String(words[1])
            case "covered": covered = Int(words[1]) ?? -1
            case "damaged": damagedLineCount = Int(words[1]) ?? -1
            case "last": lastNumber = Int(words[1]) ?? -1
            default: return nil
            }
        }
        guard covered >= 0, damagedLineCount >= 0, lastNumber >= 0, !files.contains(where: { $0.contains("/") }) else {
            return nil
        }
    }

    var text: String {
        let numbers = ["covered \(covered)", "damaged \(damagedLineCount)", "last \(lastNumber)"]
        let signals = SignalDocument.Kind.allCases.compactMap { kind in self.signals[kind].map { "\(kind.rawValue) \($0)" } }
        let files = segments.map { "segment " + $0 } + signals + (ledger.map { ["ledger " + $0] } ?? [])
        return ([Self.title] + numbers + files).joined(separator: "\n") + "\n"
    }
}

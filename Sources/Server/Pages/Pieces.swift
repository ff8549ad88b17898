import Clearinghouse

/// A word in a rounded frame. The word says it all; the colour only repeats it.
struct Badge {
    enum Tone {
        case plain, good, bad, warn
    }

    let word: String
    let tone: Tone

    var markup: HTML {
        let tone: HTML =
            switch tone {
            case .plain: ""
            case .good: " good"
            case .bad: " bad"
            case .warn: " warn"
            }
        return "<span class=\"badge\(tone)\">\(word)</span>"
    }
}

/// Names and values, those without a value left out.
struct Facts {
    private var rows: [HTML] = []

    mutating func add(_ name: String, _ value: HTML?) {
        guard let value else { return }
        rows.append("<dt>\(name)</dt><dd>\(value)</dd>\n")
    }

    /// What somebody outside wrote.
    mutating func add(said name: String, _ value: String?) {
        guard let value, !value.isEmpty else { return }
        add(name, "\(said: value)")
    }

    var markup: HTML { rows.isEmpty ? "" : "<dl class=\"facts\">\n\(rows)</dl>" }
}

/// A link to the older entries of a list; nothing after the last.
enum OlderLink {
    /// - Parameter address: the list's own path, and its query if it has one, ending so that `before=` can follow.
    static func markup(_ address: HTML, _ sequences: [Int64]) -> HTML {
        guard let last = sequences.last, sequences.count == Int(Visit.pageSize) else { return "" }
        return "<p class=\"pages\"><a rel=\"next\" href=\"\(address)before=\(plain: last)\">Older entries</a></p>"
    }
}

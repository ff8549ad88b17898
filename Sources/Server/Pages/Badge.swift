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

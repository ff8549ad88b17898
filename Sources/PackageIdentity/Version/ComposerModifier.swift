/// What may follow the numbers of a version of Composer, to the end of the text: a stability with numbers, and `dev`; both, or
/// nothing, with or without a separator in front.
struct ComposerModifier {
    /// What stands for `stable`, which says nothing and takes what follows it along.
    private static let stable: UInt8 = 0x00
    /// The marker of release candidates.
    static let candidate: UInt8 = 0x06

    /// The marker of the stability in a key, or `stable`; nil where there is none.
    private(set) var stability: UInt8?
    /// Where the numbers of the stability stand, with what separates them.
    private var digits = 0..<0
    private(set) var isDevelopment = false

    /// Nil where something else follows.
    init?(_ text: UnsafeBufferPointer<UInt8>, at start: Int) {
        var index = start
        if index == text.count { return }
        if Self.isSeparator(text[index]) || text[index] == UInt8(ascii: "_") { index += 1 }
        let letters = text.endOfLetters(from: index)
        let isInOne = letters - index > 3 && Self.isDev(text, letters - 3, letters)
        let end = isInOne ? letters - 3 : letters
        if !Self.isDev(text, index, letters), letters > index {
            stability = Self.marker(text, index, end)
            if stability == nil { return nil }
            index = end
            if !isInOne {
                let first = index
                while true {
                    let next = index < text.count && Self.isSeparator(text[index]) ? index + 1 : index
                    guard text.hasDigit(at: next) else { break }
                    index = text.endOfDigits(from: next)
                }
                digits = first..<index
            }
        }
        if index == text.count { return }
        if Self.isSeparator(text[index]) { index += 1 }
        guard Self.isDev(text, index, text.count) else { return nil }
        isDevelopment = true
    }

    /// Whether the modifier says how stable the version is.
    var saysStability: Bool { stability != nil || isDevelopment }

    /// Whether the modifier is `stable`.
    var isStable: Bool { stability == Self.stable }

    /// Whether the modifier names a stability before `stable`.
    var isPreRelease: Bool { stability.map { $0 != Self.stable && $0 != ComposerEncoding.patch } ?? false }

    /// Hands over the modifier that begins at an index of the text, where there is one.
    static func read(_ text: NativeText, from index: Int, _ body: (ComposerModifier) -> Void) {
        text[index...].withUnsafeBufferPointer { if let modifier = ComposerModifier($0, at: 0) { body(modifier) } }
    }

    @inline(__always)
    func write(_ text: UnsafeBufferPointer<UInt8>, _ key: inout KeyWriter) {
        if isStable { return key.append(ComposerEncoding.end) }
        if let stability {
            key.append(stability)
            var index = digits.lowerBound
            while index < digits.upperBound {
                let last = text.endOfDigits(from: index)
                if last > index { key.appendNumber(text, index, last) }
                index = last + 1
            }
        }
        if isDevelopment { key.append(ComposerEncoding.development) }
        key.append(ComposerEncoding.end)
    }

    private static func isSeparator(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") }

    private static func isDev(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
        text.isWord("dev", start, end, ignoringCase: true)
    }

    /// The marker of the stability of this name; nil where it is none.
    private static func marker(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> UInt8? {
        func isWord(_ word: StaticString) -> Bool { text.isWord(word, start, end, ignoringCase: true) }
        guard start < end else { return nil }
        switch text[start].asciiLowercased {
        case UInt8(ascii: "a"): return isWord("a") || isWord("alpha") ? 0x04 : nil
        case UInt8(ascii: "b"): return isWord("b") || isWord("beta") ? 0x05 : nil
        case UInt8(ascii: "r"): return isWord("rc") ? candidate : nil
        case UInt8(ascii: "p"): return isWord("p") || isWord("pl") || isWord("patch") ? ComposerEncoding.patch : nil
        case UInt8(ascii: "s"): return isWord("stable") ? stable : nil
        default: return nil
        }
    }
}

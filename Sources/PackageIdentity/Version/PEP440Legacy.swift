/// The order of Python versions from before PEP 440, as setuptools defined it and `packaging` kept it for versions that the
/// PEP does not cover (`LegacyVersion`, removed in packaging 22).
///
/// The lowercase text is cut into runs of digits, runs of letters, dots, hyphens, and the runs of everything else. Dots
/// vanish; digits are padded with zeros to eight places and compared as text; `-` becomes `final-`, `pre`, `preview` and
/// `rc` become `c`, `dev` becomes `@`; every part but numbers gets a `*` in front; `*final` closes the list. Before a part
/// below `*final` hyphens vanish, and before any part with a `*` numbers that are zero. The lists compare part by part.
///
/// A number of more than eight digits compares as text with the shorter ones, as it always did.
///
/// Key: `01`, each part as a text, and `00`.
enum PEP440Legacy {
    private static let numberWidth = 8

    static func write(_ bytes: UnsafeBufferPointer<UInt8>, _ key: inout KeyWriter) {
        key.append(PEP440Encoding.legacy)
        var tail = Tail()
        var index = 0
        while index < bytes.count {
            let kind = Kind(bytes[index])
            var end = index + 1
            if kind != .dot, kind != .hyphen {
                while end < bytes.count, Kind(bytes[end]) == kind { end += 1 }
            }
            write(UnsafeBufferPointer(rebasing: bytes[index..<end]), kind, &tail, &key)
            index = end
        }
        writeWord("final", &tail, &key)
        key.append(0x00)
    }

    private enum Kind {
        case digits, letters, dot, hyphen, other
        init(_ byte: UInt8) {
            if byte.isASCIIDigit {
                self = .digits
            } else if byte.isASCIILetter {
                self = .letters
            } else {
                self = byte == UInt8(ascii: ".") ? .dot : byte == UInt8(ascii: "-") ? .hyphen : .other
            }
        }
    }

    /// What the parts at the end of the key are, as far as they may have to vanish again.
    private struct Tail {
        /// Where the run of zero numbers at the very end begins, or nil when the last part is none.
        var zeros: Int?
        /// Where the run of hyphens before those zeros begins, or nil.
        var hyphens: Int?
    }

    private static func write(_ part: UnsafeBufferPointer<UInt8>, _ kind: Kind, _ tail: inout Tail, _ key: inout KeyWriter) {
        switch kind {
        case .dot: return
        case .digits: writeNumber(part, &tail, &key)
        case .hyphen: writeWord("final-", &tail, &key)
        case .letters, .other:
            if isWord("pre", part) || isWord("preview", part) || isWord("rc", part) { return writeWord("c", &tail, &key) }
            if isWord("dev", part) { return writeWord("@", &tail, &key) }
            writeWord(part, &tail, &key)
        }
    }

    private static func writeNumber(_ digits: UnsafeBufferPointer<UInt8>, _ tail: inout Tail, _ key: inout KeyWriter) {
        let isZero = digits.count <= numberWidth && digits.allSatisfy { $0 == UInt8(ascii: "0") }
        if isZero { tail.zeros = tail.zeros ?? key.count } else { tail = Tail() }
        for _ in 0..<max(0, numberWidth - digits.count) { key.append(UInt8(ascii: "0")) }
        key.appendText(digits, 0, digits.count)
    }

    private static func writeWord(_ word: StaticString, _ tail: inout Tail, _ key: inout KeyWriter) {
        writeWord(UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount), &tail, &key)
    }

    private static func writeWord(_ word: UnsafeBufferPointer<UInt8>, _ tail: inout Tail, _ key: inout KeyWriter) {
        if tail.zeros == nil, isBelowFinal(word), let hyphens = tail.hyphens {
            key.shorten(to: hyphens)
            tail.hyphens = nil
        }
        if let zeros = tail.zeros { key.shorten(to: zeros) }
        tail.zeros = nil
        let isHyphen = isWord("final-", word)
        tail.hyphens = isHyphen ? tail.hyphens ?? key.count : nil
        key.append(UInt8(ascii: "*"))
        key.appendText(word, 0, word.count, lowercased: true)
    }

    private static func isWord(_ word: StaticString, _ part: UnsafeBufferPointer<UInt8>) -> Bool {
        if part.count != word.utf8CodeUnitCount { return false }
        for index in 0..<part.count where part[index].asciiLowercased != word.utf8Start[index] { return false }
        return true
    }

    private static func isBelowFinal(_ word: UnsafeBufferPointer<UInt8>) -> Bool {
        let final: StaticString = "final"
        for index in 0..<min(word.count, final.utf8CodeUnitCount) {
            let byte = word[index].asciiLowercased
            if byte != final.utf8Start[index] { return byte < final.utf8Start[index] }
        }
        return word.count < final.utf8CodeUnitCount
    }
}

extension VersionScheme {
    /// The order of FreeBSD packages: `pkg_version_cmp` of pkg(8), which pkg-version(8) shows
    /// (https://github.com/freebsd/pkg, `libpkg/pkg_version.c`), `version[_revision][,epoch]`.
    ///
    /// The epoch comes first, the revision last. The version is components of a number, a letter and a number, each of which may be
    /// missing; whatever is no letter, digit, `.`, `+` or `*` separates them like a dot, and missing components are 0. A missing
    /// number is below 0 (`10.a` < `10`), a missing letter below `a` (`10` < `10a`), a missing second number below 0. Of a word
    /// the first letter counts, in any case; `pl` is below all letters, and before it and `alpha`, `beta`, `pre`, `rc` and `snap` a
    /// dot is inserted (`10alpha` = `10.a`). `*`, with all that follows it, is the smallest component there is. A `+` ends the version
    /// and begins another one, which is asked where the first are equal. Numbers have any length.
    ///
    /// Releases of the base system are read as `freebsd-version` prints them and as the security audit of the base system writes
    /// them: `14.3-RELEASE-p2` is `14.3_2`. Nothing but the empty string is refused. Names of packages do not belong to versions, so
    /// that any other hyphen is a separator, where pkg takes what is before it for a name.
    ///
    /// Key: the epoch as a number; each component, `06` for a `+`, and `05` at the end; the revision as a number. A component is a
    /// number, or `01` for `*`, `02` for a missing number, then the letter's place in the alphabet and 1, and a number, or `01`
    /// where it is missing. Components and `+` that stand for 0 vanish at the end and before a `+`; before something below 0 they
    /// are `03` and `04`.
    public static var freebsd: VersionScheme { VersionScheme(.freebsd) }
}

/// FreeBSD versions written as keys; see `VersionScheme.freebsd`.
enum FreeBSDEncoding {
    private static let anything: UInt8 = 0x01
    private static let noNumber: UInt8 = 0x02
    private static let zeroBelowEnd: UInt8 = 0x03
    private static let plusBelowEnd: UInt8 = 0x04
    private static let end: UInt8 = 0x05
    private static let plus: UInt8 = 0x06
    private static let noPatchLevel: UInt8 = 0x01

    static func encode(_ bytes: UnsafeBufferPointer<UInt8>, _ key: inout KeyWriter) {
        let parts = Parts(bytes)
        key.appendNumber(bytes, parts.epoch.lowerBound, parts.epoch.upperBound)
        appendVersion(UnsafeBufferPointer(rebasing: bytes[..<parts.end]), &key)
        key.appendNumber(bytes, parts.revision.lowerBound, parts.revision.upperBound)
    }

    private static func appendVersion(_ text: UnsafeBufferPointer<UInt8>, _ key: inout KeyWriter) {
        var index = 0
        // Zeros and plus signs wait for what follows: a `+` swallows zeros, the end both; a component takes them to its side.
        var (plusses, zeros) = (0, 0)
        while index < text.count {
            if text[index] == UInt8(ascii: "+") {
                index += 1
                plusses += 1
                zeros = 0
                continue
            }
            let component = Component(text, at: index)
            index = component.end
            if component.isZero(text) {
                zeros += 1
                continue
            }
            let isBelow = component.number == nil
            key.append(isBelow ? plusBelowEnd : plus, times: &plusses)
            if isBelow { key.append(zeroBelowEnd, times: &zeros) } else { appendZeros(&zeros, &key) }
            append(component, text, &key)
        }
        key.append(end)
    }

    private static func appendZeros(_ zeros: inout Int, _ key: inout KeyWriter) {
        while zeros > 0 {
            key.append(KeyWriter.zero)
            key.append(0x01)
            key.append(KeyWriter.zero)
            zeros -= 1
        }
    }

    private static func append(_ component: Component, _ text: UnsafeBufferPointer<UInt8>, _ key: inout KeyWriter) {
        if let number = component.number {
            key.appendNumber(text, number.lowerBound, number.upperBound)
        } else {
            key.append(component.isAnything ? anything : noNumber)
        }
        key.append(component.letter + 1)
        if let level = component.patchLevel {
            key.appendNumber(text, level.lowerBound, level.upperBound)
        } else {
            key.append(noPatchLevel)
        }
    }

    /// Where the version ends, and the digits of revision and epoch; no digits are 0.
    private struct Parts {
        var end: Int
        var epoch = 0..<0
        var revision = 0..<0

        init(_ bytes: UnsafeBufferPointer<UInt8>) {
            end = bytes.count
            if readRelease(bytes) { return }
            if let mark = bytes.lastIndex(of: UInt8(ascii: "_")) {
                revision = mark + 1..<bytes.endOfDigits(from: mark + 1)
                end = mark
            }
            // pkg looks for the epoch behind the revision, where there is one.
            if let mark = bytes[(end < bytes.count ? end + 1 : 0)...].lastIndex(of: UInt8(ascii: ",")) {
                epoch = mark + 1..<bytes.endOfDigits(from: mark + 1)
                end = min(end, mark)
            }
        }

        /// `14.3-RELEASE`, `14.3-RELEASE-p2`.
        private mutating func readRelease(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
            var last = bytes.count
            while last > 0, bytes[last - 1].isASCIIDigit { last -= 1 }
            let digits = last..<bytes.count
            var (release, level) = (bytes.count, 0..<0)
            if last > 1, !digits.isEmpty, bytes[last - 1] == UInt8(ascii: "p"), bytes[last - 2] == UInt8(ascii: "-") {
                (release, level) = (last - 2, digits)
            }
            guard release > 8, bytes.isWord("-release", release - 8, release, ignoringCase: true) else { return false }
            (end, revision) = (release - 8, level)
            return true
        }
    }

    /// A number, a letter and a number.
    private struct Component {
        /// The digits; nil where there are none.
        private(set) var number: Range<Int>?
        private(set) var isAnything = false
        /// 1 for `a` to 26 for `z`; 0 for none, and for `pl`.
        private(set) var letter: UInt8 = 0
        /// The digits behind the letter, none where there is no letter; nil where a letter has none.
        private(set) var patchLevel: Range<Int>? = 0..<0
        /// Where the next component or a `+` begins.
        private(set) var end: Int

        init(_ text: UnsafeBufferPointer<UInt8>, at start: Int) {
            var index = text.endOfDigits(from: start)
            end = index
            if index > start {
                number = start..<index
            } else if text[start] == UInt8(ascii: "*") {
                isAnything = true
                while index < text.count, text[index] != UInt8(ascii: "+") { index += 1 }
            }
            let letters = text.endOfLetters(from: index)
            if letters > index, let stage = Self.stage(text, index, letters) {
                // Behind a number it begins a component of its own.
                if number == nil { readLetter(stage, text, &index, letters) }
            } else if letters > index {
                readLetter(text[index].asciiLowercased - 0x60, text, &index, letters)
            }
            while index < text.count, !text[index].isASCIIDigit, !text[index].isASCIILetter, text[index] != UInt8(ascii: "+"),
                text[index] != UInt8(ascii: "*")
            { index += 1 }
            end = index
        }

        func isZero(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
            guard let number, letter == 0, let patchLevel else { return false }
            return patchLevel.isEmpty && text.isZero(number.lowerBound, number.upperBound)
        }

        private mutating func readLetter(
            _ letter: UInt8, _ text: UnsafeBufferPointer<UInt8>, _ index: inout Int, _ letters: Int
        ) {
            self.letter = letter
            index = text.endOfDigits(from: letters)
            patchLevel = index > letters ? letters..<index : nil
        }

        /// The place of a word with a meaning of its own among the letters.
        private static func stage(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> UInt8? {
            func isWord(_ word: StaticString) -> Bool { text.isWord(word, start, end, ignoringCase: true) }
            switch text[start].asciiLowercased {
            case UInt8(ascii: "a"): return isWord("alpha") ? 1 : nil
            case UInt8(ascii: "b"): return isWord("beta") ? 2 : nil
            case UInt8(ascii: "p"): return isWord("pl") ? 0 : isWord("pre") ? 16 : nil
            case UInt8(ascii: "r"): return isWord("rc") ? 18 : nil
            case UInt8(ascii: "s"): return isWord("snap") ? 19 : nil
            default: return nil
            }
        }
    }
}

extension VersionScheme {
    /// The order of Perl's modules and of CPAN's distributions: version objects (https://perldoc.perl.org/version), in the lax
    /// grammar.
    ///
    /// Two or more dots, or a `v` in front, make a dotted version, whose numbers compare one by one (`v1.2.3`, `1.2.3`). Anything
    /// else is a decimal number, whose digits behind the dot are numbers of three digits each, filled up with zeros: `1.5` is
    /// `v1.500`, `1.002003` is `v1.2.3`. Missing numbers are 0. An underscore, which marks a developer's release, says nothing else and
    /// is passed over. `-TRIAL`, with which CPAN marks distributions on trial, comes before the version without it. Numbers have
    /// any length.
    ///
    /// Refused, as Perl refuses it: everything else.
    ///
    /// Key: the numbers without trailing zeros, and `02`, or `01` for a trial.
    public static var perl: VersionScheme { VersionScheme(.perl) }
}

/// Versions of Perl written as keys; see `VersionScheme.perl`.
enum PerlEncoding {
    private static let trial: UInt8 = 0x01
    private static let release: UInt8 = 0x02

    static func encode(_ bytes: UnsafeBufferPointer<UInt8>, _ key: inout KeyWriter) throws(VersionError) {
        let suffix: StaticString = "-trial"
        let end = bytes.count - suffix.utf8CodeUnitCount
        let isTrial = end > 0 && bytes.isWord(suffix, end, bytes.count, ignoringCase: true)
        let text = UnsafeBufferPointer(rebasing: bytes[..<(isTrial ? end : bytes.count)])
        let isDotted = text[0] == UInt8(ascii: "v") || text.count { $0 == UInt8(ascii: ".") } > 1
        try check(text, isDotted: isDotted)
        if isDotted { appendDotted(text, &key) } else { appendDecimal(text, &key) }
        key.append(isTrial ? trial : release)
    }

    /// Digits, dots between them (the first may stand in front, that of a decimal at the end), and one underscore at most between
    /// digits behind a dot.
    private static func check(_ text: UnsafeBufferPointer<UInt8>, isDotted: Bool) throws(VersionError) {
        let start = text[0] == UInt8(ascii: "v") ? 1 : 0
        var (hasDot, hasUnderscore) = (false, false)
        for index in start..<text.count where !text[index].isASCIIDigit {
            let isBetween = index > start && text[index - 1].isASCIIDigit && text.hasDigit(at: index + 1)
            let isOpen = isDotted ? index == start && text.hasDigit(at: index + 1) : text.count > 1
            if text[index] == UInt8(ascii: "."), !hasUnderscore, isBetween || isOpen {
                hasDot = true
            } else if text[index] == UInt8(ascii: "_"), isBetween, hasDot, !hasUnderscore {
                hasUnderscore = true
            } else {
                throw VersionError(.malformed, at: index, "A version of Perl is numbers between dots.")
            }
        }
        if start == text.count { throw VersionError(.malformed, at: start, "A version of Perl has a number.") }
    }

    private static func appendDotted(_ text: UnsafeBufferPointer<UInt8>, _ key: inout KeyWriter) {
        var index = text[0] == UInt8(ascii: "v") ? 1 : 0
        var zeros = 0
        while index <= text.count {
            withNumber(text, &index) { digits in
                if digits.isZero(0, digits.count) {
                    zeros += 1
                } else {
                    key.append(KeyWriter.zero, times: &zeros)
                    key.appendNumber(digits, 0, digits.count)
                }
            }
        }
    }

    /// Hands over the digits up to the next dot or the end, without an underscore, and moves behind the dot.
    private static func withNumber(
        _ text: UnsafeBufferPointer<UInt8>, _ index: inout Int, _ body: (UnsafeBufferPointer<UInt8>) -> Void
    ) {
        let end = text[index...].firstIndex(of: UInt8(ascii: ".")) ?? text.count
        let part = text[index..<end]
        index = end + 1
        if part.contains(UInt8(ascii: "_")) {
            part.filter { $0 != UInt8(ascii: "_") }.withUnsafeBufferPointer(body)
        } else {
            body(UnsafeBufferPointer(rebasing: part))
        }
    }

    private static func appendDecimal(_ text: UnsafeBufferPointer<UInt8>, _ key: inout KeyWriter) {
        var index = 0
        var zeros = 0
        withNumber(text, &index) { digits in
            if digits.isZero(0, digits.count) { zeros = 1 } else { key.appendNumber(digits, 0, digits.count) }
        }
        if index >= text.count { return }
        withNumber(text, &index) { digits in
            for start in stride(from: 0, to: digits.count, by: 3) {
                var value: UInt64 = 0
                for place in start..<start + 3 { value = value * 10 + (place < digits.count ? UInt64(digits[place] &- 0x30) : 0) }
                if value == 0 {
                    zeros += 1
                } else {
                    key.append(KeyWriter.zero, times: &zeros)
                    key.appendNumber(value)
                }
            }
        }
    }
}

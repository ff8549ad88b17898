extension VersionScheme {
    /// The order of releases of the Linux kernel: `VERSION.PATCHLEVEL.SUBLEVEL` and the `EXTRAVERSION` and `LOCALVERSION` behind it, as
    /// its Makefile puts them together (https://docs.kernel.org/kbuild/kbuild.html, `kernelrelease`).
    ///
    /// Numbers compare by value, missing ones are 0 (`6.1` = `6.1.0`), and there may be four (`2.6.32.9`). Before a release come its
    /// `-test`, `-pre` and `-rc` numbers, in that order, as the kernel has named its candidates. Whatever else follows, of a release or
    /// a candidate, is built on it and comes after it (`5.15.0-91-generic` after `5.15`): it compares in runs, of which digits compare
    /// by value and come before letters, in lowercase. What separates them does not count. Numbers have any length.
    ///
    /// Refused: what does not begin with a number, behind a `v`, and a letter right behind the numbers: commits, `next-20240101`.
    ///
    /// Key: the numbers without trailing zeros, and `05`; `01` to `03` and a number for `-test`, `-pre` and `-rc`, `04` for none; the
    /// runs that follow, each a number or `3E` and a text; `01`.
    public static var linux: VersionScheme { VersionScheme(.linux) }
}

/// Releases of the kernel written as keys; see `VersionScheme.linux`.
enum LinuxEncoding {
    private static let endOfNumbers: UInt8 = 0x05
    private static let release: UInt8 = 0x04
    private static let text: UInt8 = 0x3E
    private static let end: UInt8 = 0x01

    static func encode(_ bytes: UnsafeBufferPointer<UInt8>, _ key: inout KeyWriter) throws(VersionError) {
        let start = bytes[0] | 0x20 == UInt8(ascii: "v") ? 1 : 0
        guard bytes.hasDigit(at: start) else {
            throw VersionError(.malformed, at: start, "A release of the kernel begins with a number.")
        }
        var index = appendNumbers(bytes, from: start, &key)
        if index < bytes.count, bytes[index].isASCIILetter {
            throw VersionError(.malformed, at: index, "A letter right behind the numbers is in no release of the kernel.")
        }
        index = appendCandidate(bytes, at: index, &key)
        while index < bytes.count {
            let first = index
            if bytes[index].isASCIIDigit {
                index = bytes.endOfDigits(from: index)
                key.appendNumber(bytes, first, index)
            } else if bytes[index].isASCIILetter {
                index = bytes.endOfLetters(from: index)
                key.append(text)
                key.appendText(bytes, first, index, lowercased: true)
            } else {
                index += 1
            }
        }
        key.append(end)
    }

    private static func appendNumbers(
        _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, _ key: inout KeyWriter
    ) -> Int {
        var index = start
        var zeros = 0
        while true {
            let last = bytes.endOfDigits(from: index)
            if bytes.isZero(index, last) {
                zeros += 1
            } else {
                key.append(KeyWriter.zero, times: &zeros)
                key.appendNumber(bytes, index, last)
            }
            guard bytes.has(UInt8(ascii: "."), at: last), bytes.hasDigit(at: last + 1) else {
                key.append(endOfNumbers)
                return last
            }
            index = last + 1
        }
    }

    /// Writes which candidate it is, or that it is none, and gives where that ends.
    private static func appendCandidate(
        _ bytes: UnsafeBufferPointer<UInt8>, at start: Int, _ key: inout KeyWriter
    ) -> Int {
        if bytes.has(UInt8(ascii: "-"), at: start) {
            let letters = bytes.endOfLetters(from: start + 1)
            let digits = bytes.endOfDigits(from: letters)
            for (word, marker) in [("test", 0x01), ("pre", 0x02), ("rc", 0x03)] as [(StaticString, UInt8)]
            where digits > letters && bytes.isWord(word, start + 1, letters, ignoringCase: true) {
                key.append(marker)
                key.appendNumber(bytes, letters, digits)
                return digits
            }
        }
        key.append(release)
        return start
    }
}

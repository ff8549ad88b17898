extension VersionScheme {
    /// The order of RPM packages, `[epoch:]version[-release]`: `rpmverCmp` and `rpmvercmp`
    /// (https://rpm-software-management.github.io/rpm/man/rpm-version.7).
    ///
    /// Digits and a colon in front are the epoch, which is 0 where there is none; the release is what follows the last hyphen.
    /// A part is its runs of digits and runs of letters; `~` sorts before the end of a part, the end before `^`, `^` before
    /// letters, letters before numbers; letters compare bytewise, numbers by value. Everything else, and so every byte
    /// outside ASCII, only separates: `1_0` is `1.0`. A missing release sorts before every release.
    ///
    /// Nothing but the empty string is refused, as rpm compares any two strings.
    ///
    /// Key: the epoch as a number; the version, `01` for `~`, `03` for `^`, `04` and a text for letters, a number for digits,
    /// and `02`; then the release likewise, or `00` for none.
    public static var rpm: VersionScheme { VersionScheme(.rpm) }
}

extension VersionKey {
    /// The epoch of the version that a key of `VersionScheme.rpm` stands for; nil for `lowest`, and for a number of more than 64 bits (rpm's
    /// epochs have 32).
    package var rpmEpoch: UInt64? {
        let bytes = bytes
        guard let lead = bytes.first, lead >= KeyWriter.smallNumberLead, lead < KeyWriter.hugeNumberLead else { return nil }
        if lead <= KeyWriter.sizedNumberLead - 1 { return UInt64(lead - KeyWriter.smallNumberLead) }
        return bytes[1...Int(lead - KeyWriter.sizedNumberLead)].reduce(0) { $0 << 8 | UInt64($1) }
    }
}

/// RPM versions written as keys; see `VersionScheme.rpm`.
enum RPMEncoding {
    static let noRelease: UInt8 = 0x00
    static let tilde: UInt8 = 0x01
    static let end: UInt8 = 0x02
    static let caret: UInt8 = 0x03
    static let letters: UInt8 = 0x04

    static func encode(_ bytes: UnsafeBufferPointer<UInt8>, _ key: inout KeyWriter) {
        let parts = EpochVersionRelease(bytes)
        parts.writeEpoch(&key)
        appendPart(bytes, parts.version, &key)
        if let release = parts.release { appendPart(bytes, release, &key) } else { key.append(noRelease) }
    }

    @inline(__always)
    private static func appendPart(_ bytes: UnsafeBufferPointer<UInt8>, _ part: Range<Int>, _ key: inout KeyWriter) {
        var index = part.lowerBound
        while index < part.upperBound {
            let byte = bytes[index]
            let start = index
            if byte.isASCIIDigit {
                while index < part.upperBound, bytes[index].isASCIIDigit { index += 1 }
                key.appendNumber(bytes, start, index)
            } else if byte.isASCIILetter {
                key.append(letters)
                while index < part.upperBound, bytes[index].isASCIILetter {
                    key.append(bytes[index])
                    index += 1
                }
                key.append(0x00)
            } else {
                if byte == UInt8(ascii: "~") { key.append(tilde) } else if byte == UInt8(ascii: "^") { key.append(caret) }
                index += 1
            }
        }
        key.append(end)
    }
}

/// The three parts of an RPM or Arch Linux version, which both cut a string in the same way: digits and a colon in front are
/// the epoch, and the last hyphen behind them opens the release.
struct EpochVersionRelease {
    let bytes: UnsafeBufferPointer<UInt8>
    /// The digits of the epoch, or nil where no colon follows the digits in front.
    let epoch: Range<Int>?
    let version: Range<Int>
    let release: Range<Int>?

    @inline(__always)
    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        let digits = bytes.endOfDigits(from: 0)
        let hasEpoch = bytes.has(UInt8(ascii: ":"), at: digits)
        epoch = hasEpoch ? 0..<digits : nil
        let start = hasEpoch ? digits + 1 : 0
        var hyphen = bytes.count
        while hyphen > start, bytes[hyphen - 1] != UInt8(ascii: "-") { hyphen -= 1 }
        version = start..<(hyphen > start ? hyphen - 1 : bytes.count)
        release = hyphen > start ? hyphen..<bytes.count : nil
    }

    @inline(__always)
    func writeEpoch(_ key: inout KeyWriter) {
        if let epoch { key.appendNumber(bytes, epoch.lowerBound, epoch.upperBound) } else { key.append(KeyWriter.zero) }
    }
}

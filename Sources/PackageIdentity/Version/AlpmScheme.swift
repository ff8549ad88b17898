extension VersionScheme {
    /// The order of Arch Linux packages, `[epoch:]version[-release]`: vercmp(8) of pacman.
    ///
    /// A part is cut like an RPM version (`VersionScheme.rpm`), but what separates counts: of two parts that agree so far, the
    /// one that goes on with letters right away is older than the one that ends (`1.0rc` before `1.0`), and every other
    /// continuation is newer; a longer run of separators is newer than a shorter one, then numbers are newer than letters.
    /// `~` and `^` separate like any other byte.
    ///
    /// Nothing but the empty string is refused. Where vercmp's own comparison is no order, this is one:
    /// - vercmp calls a version without a release equal to the version with any release, though the releases differ among
    ///   themselves (`1-1` = `1` = `1-2`). Here the missing release is `1`, with which makepkg begins: `1` = `1-1` < `1-2`.
    /// - A part that ends in separators comes right after the one that ends without them, and they all compare equal. vercmp
    ///   does so too, but for separators with letters behind them: it has the circle `1..a` < `1.` < `1.1` < `1..a`.
    ///
    /// Key: the epoch as a number; the version and the release, each as its runs. A run is `04` and a text for letters, a
    /// number for digits; with separators in front, `3E` and their count as a number before that. A part is closed by `05`, or
    /// by `06` when separators end it.
    public static var alpm: VersionScheme { VersionScheme(.alpm) }
}

/// Arch Linux versions written as keys; see `VersionScheme.alpm`.
enum AlpmEncoding {
    static let letters: UInt8 = 0x04
    static let end: UInt8 = 0x05
    static let separatorsAtEnd: UInt8 = 0x06
    static let separators: UInt8 = 0x3E

    static func encode(_ bytes: UnsafeBufferPointer<UInt8>, _ key: inout KeyWriter) {
        let parts = EpochVersionRelease(bytes)
        parts.writeEpoch(&key)
        appendPart(bytes, parts.version, &key)
        if let release = parts.release { return appendPart(bytes, release, &key) }
        key.append(KeyWriter.smallNumberLead + 1)
        key.append(end)
    }

    @inline(__always)
    private static func appendPart(_ bytes: UnsafeBufferPointer<UInt8>, _ part: Range<Int>, _ key: inout KeyWriter) {
        var index = part.lowerBound
        while index < part.upperBound {
            var start = index
            while index < part.upperBound, !bytes[index].isASCIIDigit, !bytes[index].isASCIILetter { index += 1 }
            if index > start {
                if index == part.upperBound { return key.append(separatorsAtEnd) }
                key.append(separators)
                key.appendNumber(UInt64(index - start))
            }
            start = index
            if bytes[index].isASCIIDigit {
                while index < part.upperBound, bytes[index].isASCIIDigit { index += 1 }
                key.appendNumber(bytes, start, index)
            } else {
                key.append(letters)
                while index < part.upperBound, bytes[index].isASCIILetter {
                    key.append(bytes[index])
                    index += 1
                }
                key.append(0x00)
            }
        }
        key.append(end)
    }
}

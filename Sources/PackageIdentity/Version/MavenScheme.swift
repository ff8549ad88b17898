extension VersionScheme {
    /// The order of Maven packages: the version order specification of the POM reference
    /// (https://maven.apache.org/pom.html#version-order-specification), which describes `ComparableVersion`.
    ///
    /// A version is tokens between dots, hyphens and changes between digits and others, which count as hyphens; an empty token
    /// is 0. `cr` means `rc`; `ga`, `final` and `release` mean the empty qualifier; `a`, `b` and `m` right before a digit mean
    /// `alpha`, `beta` and `milestone`. Zeros and empty qualifiers vanish at the end and before hyphens. Then tokens compare in
    /// turn: `.qualifier` < `-qualifier` < `-number` < `.number`, and qualifiers among themselves `alpha` < `beta` < `milestone` <
    /// `rc` < `snapshot` < empty < `sp` < unknown ones, as text in lowercase (ASCII only). A version that ends goes on with
    /// zeros after a dot and empty qualifiers after a hyphen. Numbers have any length. Nothing but the empty string is refused.
    ///
    /// Maven's comparison is no order, neither by this text nor in the code: `2.9` < `2.9.0-1` by the number, `2.9.0-1` <
    /// `2.9.0.RC1` since a hyphen is below a dot, and `2.9.0.RC1` < `2.9` since a candidate precedes its release. What decides
    /// here is the side of the version itself: a version that continues with a qualifier up to `snapshot`, with or without
    /// zeros in front, is before the plain version and before all that continues otherwise. So the rules are kept but for:
    /// - `.0` that only leads to such a qualifier (`2.9.0.RC1`) is below, not above, `-qualifier` and `-number`;
    /// - `.qualifier` from `sp` on (`1.x`) is above, not below, `-qualifier` up to `snapshot` (`1-alpha`).
    ///
    /// Where hyphens alone stand before qualifiers, Maven and this order say the same. Since 3.8.7 Maven reads `.qualifier` as
    /// `-qualifier` (MNG-7644), but only before a digit and at the end: `1.0.beta1` = `1-beta1`, while `1.0.beta-1` is above `1-1`, which is
    /// above `1`, which is above `1.0.beta-1`. So its comparison is still no order. OSV and VERS ask for the specification's `.qualifier` <
    /// `-qualifier` (`6.1.12.rc5` < `6.1.12rc1`, where Maven says the opposite), and so it is kept.
    ///
    /// The key is described at `MavenEncoding`.
    public static var maven: VersionScheme { VersionScheme(.maven) }
}

/// Maven versions written as keys; see `VersionScheme.maven`.
///
/// Key: each token, and `0E`. In rising order: `01` to `05` for the qualifiers from `alpha` to `snapshot` after a dot, `06` for the
/// empty one, `07` to `0B` and `0C` likewise after a hyphen, `0D` for a zero after a dot; `0E`; `0F 00` for the empty qualifier
/// after a dot, `0F 01` for `sp`, `0F 02` and a text for an unknown one, `0F 03` to `0F 05` likewise after a hyphen; `0F 06` and a
/// number for one after a hyphen; a number for one after a dot. Empty qualifiers and zeros after a dot have two places, below the
/// end and above it, and take the side of the token behind them. The first token is written as a number, or like a qualifier
/// after a hyphen.
enum MavenEncoding {
    static let emptyAfterDotBelowEnd: UInt8 = 0x06
    static let emptyAfterHyphenBelowEnd: UInt8 = 0x0C
    static let zeroBelowEnd: UInt8 = 0x0D
    static let end: UInt8 = 0x0E
    static let aboveEnd: UInt8 = 0x0F
    static let emptyAfterDot: UInt8 = 0x00
    static let emptyAfterHyphen: UInt8 = 0x03
    static let numberAfterHyphen: UInt8 = 0x06

    static func encode(_ bytes: UnsafeBufferPointer<UInt8>, _ key: inout KeyWriter) {
        var token = MavenToken(bytes, at: 0, isAfterHyphen: true)
        if token.isNumber { key.appendNumber(bytes, token.start, token.end) } else { append(token, bytes, &key) }
        // Zeros and empty qualifiers wait: before a hyphen and at the end they vanish, before anything else they stay. The
        // first of them may follow a hyphen, the others follow dots.
        var waiting: MavenToken?
        while let next = token.next(bytes) {
            token = next
            if token.isNull {
                if token.isAfterHyphen || waiting == nil { waiting = token }
                continue
            }
            if let first = waiting, !token.isAfterHyphen { append(first, upTo: token, bytes, &key) }
            waiting = nil
            append(token, bytes, &key)
        }
        key.append(end)
    }

    /// Writes a token that is neither zero nor the empty qualifier, or is the first.
    @inline(__always)
    private static func append(_ token: MavenToken, _ bytes: UnsafeBufferPointer<UInt8>, _ key: inout KeyWriter) {
        if token.isNumber {
            if token.isAfterHyphen {
                key.append(aboveEnd)
                key.append(numberAfterHyphen)
            }
            return key.appendNumber(bytes, token.start, token.end)
        }
        if token.rank < MavenToken.emptyQualifier { return key.append(token.rank + (token.isAfterHyphen ? 0x07 : 0x01)) }
        // Only as the first token.
        if token.rank == MavenToken.emptyQualifier { return key.append(emptyAfterHyphenBelowEnd) }
        key.append(aboveEnd)
        let isUnknown = token.rank == MavenToken.unknownQualifier
        key.append((token.isAfterHyphen ? 0x04 : 0x01) + (isUnknown ? 1 : 0))
        if isUnknown { key.appendText(bytes, token.start, token.end, lowercased: true) }
    }

    /// Writes the tokens from `first` to before `last` that had to wait: they are on the side of the end that `last` takes.
    private static func append(
        _ first: MavenToken, upTo last: MavenToken, _ bytes: UnsafeBufferPointer<UInt8>, _ key: inout KeyWriter
    ) {
        let isBelow = last.isBelowEnd
        var token = first
        while token.start < last.start {
            switch (token.isNumber, token.isAfterHyphen) {
            case (true, true):
                key.append(aboveEnd)
                key.append(numberAfterHyphen)
                key.append(KeyWriter.zero)
            case (true, false): key.append(isBelow ? zeroBelowEnd : KeyWriter.zero)
            case (false, let isAfterHyphen):
                if !isBelow { key.append(aboveEnd) }
                switch (isBelow, isAfterHyphen) {
                case (true, false): key.append(emptyAfterDotBelowEnd)
                case (true, true): key.append(emptyAfterHyphenBelowEnd)
                case (false, false): key.append(emptyAfterDot)
                case (false, true): key.append(emptyAfterHyphen)
                }
            }
            guard let next = token.next(bytes) else { return }
            token = next
        }
    }
}

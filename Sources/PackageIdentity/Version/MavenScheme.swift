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
    /// The key is described at `MavenEncoding`.
    public static var maven: VersionScheme { VersionScheme(.maven) }
}

/// Maven versions written as keys; see `VersionScheme.maven`.
///
/// Key: each token, and `0E`. In rising order, for the qualifiers from `alpha` to `snapshot` `01` to `05` after a dot and `07` to
/// `0B` after a hyphen, with the empty one after a dot, `06`, between them; `0C` for the empty one after a hyphen and `0D` for a
/// zero after a dot if what follows them is below the end; `0E`; `0F 01` for `sp` and `0F 02` and a text for an unknown one after
/// a dot; `0F 03` for the empty one after a hyphen if what follows is above the end; `0F 04` and `0F 05` for `sp` and an unknown
/// one after a hyphen; `0F 06` and a number after a hyphen; a number after a dot. The first token is written as a number, or like
/// a qualifier after a hyphen.
enum MavenEncoding {
    static let emptyAfterDot: UInt8 = 0x06
    static let emptyBelowEnd: UInt8 = 0x0C
    static let zeroBelowEnd: UInt8 = 0x0D
    static let end: UInt8 = 0x0E
    static let aboveEnd: UInt8 = 0x0F
    static let emptyAboveEnd: UInt8 = 0x03
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
        if token.rank == MavenToken.emptyQualifier { return key.append(token.isAfterHyphen ? emptyBelowEnd : emptyAfterDot) }
        key.append(aboveEnd)
        let isUnknown = token.rank == MavenToken.unknownQualifier
        key.append((token.isAfterHyphen ? 0x04 : 0x01) + (isUnknown ? 1 : 0))
        if isUnknown { key.appendText(bytes, token.start, token.end, lowercased: true) }
    }

    /// Writes the tokens from `first` to before `last` that had to wait; each is on the side of the end that the next token
    /// which is no zero takes.
    private static func append(
        _ first: MavenToken, upTo last: MavenToken, _ bytes: UnsafeBufferPointer<UInt8>, _ key: inout KeyWriter
    ) {
        // Up to the last empty qualifier after a dot, which is below the end itself, everything is below.
        var belowUntil = last.isBelowEnd ? last.start : 0
        var token = first
        while !last.isBelowEnd, token.start < last.start, let next = token.next(bytes) {
            if !token.isNumber, !token.isAfterHyphen { belowUntil = token.start }
            token = next
        }
        token = first
        while token.start < last.start {
            let isBelow = token.start < belowUntil
            switch (token.isNumber, token.isAfterHyphen) {
            case (true, true):
                key.append(aboveEnd)
                key.append(numberAfterHyphen)
                key.append(KeyWriter.zero)
            case (true, false): key.append(isBelow ? zeroBelowEnd : KeyWriter.zero)
            case (false, false): key.append(emptyAfterDot)
            case (false, true):
                if !isBelow { key.append(aboveEnd) }
                key.append(isBelow ? emptyBelowEnd : emptyAboveEnd)
            }
            guard let next = token.next(bytes) else { return }
            token = next
        }
    }
}

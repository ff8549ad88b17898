extension VersRange {
    /// Parses a canonical VERS text ("How to parse and validate VERS"); what is not canonical is refused, not repaired.
    ///
    /// Where the order of the type is unknown, or a version has no place in it, the sorting cannot be judged and is taken as
    /// it is; everything else is checked all the same.
    ///
    /// - Throws: `VersError`; the offset is the byte of `text` at which the fault stands or its constraint begins.
    public init(parsing text: String) throws(VersError) {
        let (type, placed) = try VersReader.read(text, isStrict: true)
        if let finding = Self.findings(in: placed).first {
            throw VersError(finding.code, at: placed[finding.index].offset, finding.reason)
        }
        self.init(type: type, placed: placed)
    }

    /// Parses a VERS text as documents in the field write it, and sorts its constraints.
    ///
    /// Beyond `init(parsing:)` it forgives: whitespace anywhere, uppercase in scheme and type, superfluous `|`, a written
    /// `=`, superfluous or lowercase percent-encoding, constraints that are not sorted, redundant, or about one version
    /// twice. Nothing is dropped: `findings` says what is still not canonical, `simplified` makes it so.
    ///
    /// - Throws: `VersError` when even so it is no range.
    public init(normalizing text: String) throws(VersError) {
        let (type, placed) = try VersReader.read(text, isStrict: false)
        self.init(type: type, placed: Self.sorted(placed))
    }

    /// The lowercase type: a letter, then letters, digits, `.` and `-`.
    static func checkedType(_ type: some StringProtocol, at offset: Int = 0) throws(VersError) -> String {
        var index = offset
        for byte in type.utf8 {
            let isLetter = byte.isASCIILetter && !byte.isASCIIUppercase
            let isOther = byte.isASCIIDigit || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
            if !isLetter && (index == offset || !isOther) {
                throw VersError(.type, at: index, "A type is lowercase letters, digits, '.' and '-', and begins with a letter.")
            }
            index += 1
        }
        if index == offset { throw VersError(.type, at: offset, "The type is missing.") }
        return String(type)
    }
}

/// Splits the bytes of a VERS text into constraints.
private struct VersReader {
    let bytes: ArraySlice<UInt8>
    let isStrict: Bool

    static func read(_ text: String, isStrict: Bool) throws(VersError) -> (type: String, constraints: [PlacedConstraint]) {
        if text.utf8.count > VersRange.maximumLength {
            throw VersError(.length, at: VersRange.maximumLength, "The text is longer than a VERS may be.")
        }
        var bytes = Array(text.utf8)
        for (offset, byte) in bytes.enumerated() {
            if isStrict, isSpace(byte) { throw VersError(.whitespace, at: offset, "A VERS has no whitespace.") }
            if byte >= 0x7F || byte < 0x20 && !isSpace(byte) {
                throw VersError(.encoding, at: offset, "A VERS is printable ASCII; other characters are percent-encoded.")
            }
        }
        // Offsets of a text with whitespace count the bytes that are left.
        if !isStrict { bytes.removeAll(where: isSpace) }
        return try VersReader(bytes: bytes[...], isStrict: isStrict).read()
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte >= 0x09 && byte <= 0x0D }

    private func read() throws(VersError) -> (type: String, constraints: [PlacedConstraint]) {
        let scheme = Array("vers:".utf8)
        for (index, expected) in scheme.enumerated() {
            guard index < bytes.count, (isStrict ? bytes[index] : bytes[index].asciiLowercased) == expected else {
                throw VersError(.scheme, at: index, "A VERS begins with 'vers:'.")
            }
        }
        let rest = bytes[scheme.count...]
        guard let slash = rest.firstIndex(of: UInt8(ascii: "/")) else {
            throw VersError(.type, at: scheme.count, "A type is followed by '/' and constraints.")
        }
        let written = String(decoding: rest[..<slash], as: UTF8.self)
        let type = try VersRange.checkedType(isStrict ? written : written.lowercased(), at: scheme.count)
        return (type, try constraints(bytes[(slash + 1)...], of: type))
    }

    private func constraints(_ text: ArraySlice<UInt8>, of type: String) throws(VersError) -> [PlacedConstraint] {
        if text.isEmpty { throw VersError(.separator, at: text.startIndex, "There is no constraint.") }
        if text.elementsEqual([UInt8(ascii: "*")]) { return [] }
        if VersType.permitsOnlyStar(type) { throw VersError(.star, at: text.startIndex, "This type permits only '*'.") }
        let scheme = VersType.scheme(named: type)
        var result: [PlacedConstraint] = []
        for part in text.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false) {
            if part.isEmpty, !isStrict { continue }
            if part.isEmpty { throw VersError(.separator, at: part.startIndex, "A '|' stands between two constraints.") }
            result.append(PlacedConstraint(try constraint(part, of: type), at: part.startIndex, in: scheme))
        }
        if result.isEmpty { throw VersError(.separator, at: text.startIndex, "There is no constraint.") }
        return result
    }

    private func constraint(_ part: ArraySlice<UInt8>, of type: String) throws(VersError) -> VersConstraint {
        var rest = part
        if rest.first == UInt8(ascii: "*") {
            throw VersError(.star, at: part.startIndex, "A '*' stands alone and without a version.")
        }
        let comparator = try comparator(&rest)
        if rest.isEmpty { throw VersError(.version, at: rest.startIndex, "A constraint has no version.") }
        if isStrict, !VersType.permits(version: rest, of: type) {
            throw VersError(.version, at: rest.startIndex, "The version has a form that this type does not permit.")
        }
        return VersConstraint(comparator, try VersEncoding.decode(rest, isStrict: isStrict))
    }

    private func comparator(_ rest: inout ArraySlice<UInt8>) throws(VersError) -> VersConstraint.Comparator {
        let start = rest.startIndex
        let hasEquals = rest.dropFirst().first == UInt8(ascii: "=")
        switch rest.first {
        case UInt8(ascii: "<"):
            rest = rest.dropFirst(hasEquals ? 2 : 1)
            return hasEquals ? .lessOrEqual : .less
        case UInt8(ascii: ">"):
            rest = rest.dropFirst(hasEquals ? 2 : 1)
            return hasEquals ? .greaterOrEqual : .greater
        case UInt8(ascii: "!"):
            if !hasEquals { throw VersError(.comparator, at: start, "There is no comparator '!'.") }
            rest = rest.dropFirst(2)
            return .notEqual
        case UInt8(ascii: "="):
            if isStrict || hasEquals { throw VersError(.comparator, at: start, "Equality is written without a comparator.") }
            rest = rest.dropFirst()
            return .equal
        default: return .equal
        }
    }
}

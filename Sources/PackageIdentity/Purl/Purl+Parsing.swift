extension Purl {
    /// Parses a package URL as "How to parse a PURL" of the specification prescribes, from right to left.
    ///
    /// Accepted though not canonical, because the specification says so: any case of scheme and type, slashes after
    /// `pkg:`, slashes around namespace and subpath, unsorted qualifiers, characters that need no encoding but have one
    /// and the reverse inside a component. The result is canonical.
    ///
    /// A qualifier that the type itself defines must be spelled in lowercase, a key common to all types may have any case:
    /// the specification wants every key lowercase and at the same time tells parsers to lowercase it, and this is the
    /// narrowest rule that meets its own test suite (`gem`, `rpm` against `maven`).
    ///
    /// - Throws: `PurlError`; the offset is the byte of `text` at which the component begins or the fault stands.
    public init(parsing text: String) throws(PurlError) {
        try self.init(text, mode: .strict)
    }

    /// Parses a package URL as inventories in the field write it, and repairs what can be repaired without guessing.
    ///
    /// Beyond `init(parsing:)` it forgives: uppercase in any qualifier key, spaces and characters outside ASCII that are
    /// not percent-encoded, a stray `?` or `#` after the first one, a qualifier without `=`, a missing namespace where
    /// the type requires one (`pkg:golang/stdlib`), a missing required qualifier, and for `pkg:git` the case of a path on
    /// a host that ignores case.
    ///
    /// - Throws: `PurlError` when even so no package is named.
    public init(normalizing text: String) throws(PurlError) {
        try self.init(text, mode: .lenient)
    }

    private init(_ text: String, mode: PurlReading) throws(PurlError) {
        let span = text.utf8Span.span
        if span.count > Self.maximumLength {
            throw PurlError(.length, at: Self.maximumLength, "The text is longer than a purl may be.")
        }
        let draft = try span.withUnsafeBufferPointer { bytes throws(PurlError) in
            var reader = PurlReader(bytes: bytes, mode: mode)
            return try reader.read()
        }
        try self.init(draft, mode: mode)
    }
}

/// Splits the bytes of a purl into decoded components.
private struct PurlReader {
    let bytes: UnsafeBufferPointer<UInt8>
    let mode: PurlReading
    var draft = PurlDraft()

    init(bytes: UnsafeBufferPointer<UInt8>, mode: PurlReading) {
        self.bytes = bytes
        self.mode = mode
    }

    mutating func read() throws(PurlError) -> PurlDraft {
        let start = try readScheme()
        let hash = separator(UInt8(ascii: "#"), in: start..<bytes.count)
        let mark = separator(UInt8(ascii: "?"), in: start..<(hash ?? bytes.count))
        let end = mark ?? hash ?? bytes.count
        if mode == .strict { try refuseStraySeparators(start..<end) }
        try readPath(readType(start, end: end)..<end)
        if let mark { try readQualifiers(mark + 1..<(hash ?? bytes.count)) }
        if let hash { try readSubpath(hash + 1..<bytes.count) }
        return draft
    }

    /// The specification splits at the last separator; real purls that forgot to encode a URL only read well at the first.
    private func separator(_ byte: UInt8, in range: Range<Int>) -> Int? {
        mode == .strict ? lastIndex(of: byte, in: range) : firstIndex(of: byte, in: range)
    }

    /// `pkg:` in any case, then any number of slashes (clause 5.6.1). Returns where the type begins.
    private func readScheme() throws(PurlError) -> Int {
        let scheme: StaticString = "pkg:"
        for index in 0..<4 where index >= bytes.count || bytes[index].asciiLowercased != scheme.utf8Start[index] {
            throw PurlError(.scheme, at: index, "A purl begins with 'pkg:'.")
        }
        var index = 4
        while index < bytes.count, bytes[index] == UInt8(ascii: "/") { index += 1 }
        return index
    }

    private mutating func readType(_ start: Int, end: Int) throws(PurlError) -> Int {
        guard let slash = firstIndex(of: UInt8(ascii: "/"), in: start..<end) else {
            throw PurlError(.type, at: start, "A type is followed by '/' and a name.")
        }
        for index in start..<slash where bytes[index] >= 0x80 {
            throw PurlError(.type, at: index, "A type has ASCII characters only.")
        }
        let type = String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<slash]), as: UTF8.self)
        draft.type = try PurlDraft.checkedType(type, at: start)
        return slash + 1
    }

    /// Reads `namespace/name@version`.
    private mutating func readPath(_ range: Range<Int>) throws(PurlError) {
        var end = range.upperBound
        if let at = versionSeparator(range) {
            draft.versionOffset = at + 1
            draft.version = try decode(at + 1..<end)
            end = at
        } else {
            while end > range.lowerBound, bytes[end - 1] == UInt8(ascii: "/") { end -= 1 }
        }
        let slash = lastIndex(of: UInt8(ascii: "/"), in: range.lowerBound..<end)
        let nameStart = slash.map { $0 + 1 } ?? range.lowerBound
        draft.nameOffset = nameStart
        draft.name = try decode(nameStart..<end)
        draft.namespaceOffset = range.lowerBound
        if let slash { draft.namespace = try segments(range.lowerBound..<slash, code: .namespace) }
    }

    /// The last `@`, except that one which opens a segment followed by another is part of the namespace: an npm scope
    /// that was not encoded, as in `pkg:npm/@babel/core`.
    private func versionSeparator(_ range: Range<Int>) -> Int? {
        var end = range.upperBound
        while let at = lastIndex(of: UInt8(ascii: "@"), in: range.lowerBound..<end) {
            let opensSegment = at == range.lowerBound || bytes[at - 1] == UInt8(ascii: "/")
            if opensSegment, firstIndex(of: UInt8(ascii: "/"), in: at..<range.upperBound) != nil {
                end = at
            } else {
                return at
            }
        }
        return nil
    }

    private mutating func readSubpath(_ range: Range<Int>) throws(PurlError) {
        draft.subpath = try segments(range, code: .subpath).filter { $0 != "." && $0 != ".." }
    }

    private mutating func readQualifiers(_ range: Range<Int>) throws(PurlError) {
        draft.qualifiersOffset = range.lowerBound
        var start = range.lowerBound
        while start <= range.upperBound {
            let end = firstIndex(of: UInt8(ascii: "&"), in: start..<range.upperBound) ?? range.upperBound
            if end > start { try readQualifier(start..<end) }
            start = end + 1
        }
    }

    private mutating func readQualifier(_ range: Range<Int>) throws(PurlError) {
        guard let equals = firstIndex(of: UInt8(ascii: "="), in: range) else {
            if mode == .lenient { return }
            throw PurlError(.qualifier, at: range.lowerBound, "A qualifier is a key, '=' and a value.")
        }
        let written = String(decoding: UnsafeBufferPointer(rebasing: bytes[range.lowerBound..<equals]), as: UTF8.self)
        let key = try PurlDraft.checkedKey(written, at: range.lowerBound)
        if mode == .strict, key != written, PurlTypeRule.rule(for: draft.type).ownKeys.contains(key) {
            throw PurlError(.qualifier, at: range.lowerBound, "A qualifier key of this type must be lowercase.")
        }
        let value = try decode(equals + 1..<range.upperBound)
        try draft.add(Purl.Qualifier(key: key, value: value), at: range.lowerBound)
    }
}

// MARK: bytes
extension PurlReader {
    private func firstIndex(of byte: UInt8, in range: Range<Int>) -> Int? {
        var index = range.lowerBound
        while index < range.upperBound {
            if bytes[index] == byte { return index }
            index += 1
        }
        return nil
    }

    private func lastIndex(of byte: UInt8, in range: Range<Int>) -> Int? {
        var index = range.upperBound
        while index > range.lowerBound {
            index -= 1
            if bytes[index] == byte { return index }
        }
        return nil
    }

    /// A `?` or `#` that is left in the path was meant as a separator or should have been encoded: which, nobody knows.
    private func refuseStraySeparators(_ range: Range<Int>) throws(PurlError) {
        for index in range where bytes[index] == UInt8(ascii: "?") || bytes[index] == UInt8(ascii: "#") {
            throw PurlError(.encoding, at: index, "A '?' or '#' inside a component must be percent-encoded.")
        }
    }

    /// Decodes the non-empty segments between slashes; a decoded segment must not contain a slash (5.6.3, 5.6.7).
    private func segments(_ range: Range<Int>, code: PurlError.Code) throws(PurlError) -> [String] {
        var result: [String] = []
        var start = range.lowerBound
        while start <= range.upperBound {
            let end = firstIndex(of: UInt8(ascii: "/"), in: start..<range.upperBound) ?? range.upperBound
            if end > start {
                let segment = try decode(start..<end)
                if segment.utf8.contains(UInt8(ascii: "/")) {
                    throw PurlError(code, at: start, "A segment must not contain an encoded slash.")
                }
                result.append(segment)
            }
            start = end + 1
        }
        return result
    }

    private func decode(_ range: Range<Int>) throws(PurlError) -> String {
        try PercentEncoding.decode(bytes, range, acceptsRawText: mode == .lenient)
    }
}

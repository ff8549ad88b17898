extension NativeRange {
    /// Maven (https://maven.apache.org/pom.html#dependency-version-requirement-specification): sets of versions in brackets,
    /// `[1.0,2.0)`, `(,1.5]`, `[1.2]`, joined by commas.
    ///
    /// A version without brackets is only a wish of Maven's resolver; in advisories it is that version, and it is read so.
    static func maven(_ text: NativeText) throws(NativeRangeError) -> NativeRange {
        if let first = text.first, first != UInt8(ascii: "["), first != UInt8(ascii: "(") {
            return NativeRange([[Term(.equal, try bare(text).string, at: text.startIndex)]])
        }
        return try brackets(text)
    }

    /// NuGet (https://learn.microsoft.com/nuget/concepts/package-versioning#version-ranges): Maven's brackets, but a version
    /// without brackets is the least one, and `1.2.*` is every version that begins with it.
    static func nuget(_ text: NativeText) throws(NativeRangeError) -> NativeRange {
        if let first = text.first, first != UInt8(ascii: "["), first != UInt8(ascii: "(") {
            let version = try bare(text)
            if version.last == UInt8(ascii: "*") {
                let partial = try PartialVersion(version)
                if !partial.hasWildcard {
                    throw NativeRangeError(.malformed, at: version.startIndex, "A '*' stands for the last numbers only.")
                }
                if partial.numbers.isEmpty { return everything }
                let upper = partial.raised(at: partial.numbers.count - 1).joined(separator: ".")
                let lower = partial.numbers.joined(separator: ".")
                let offset = version.startIndex
                return NativeRange([[Term(.greaterOrEqual, lower, at: offset), Term(.less, upper, at: offset)]])
            }
            return NativeRange([[Term(.greaterOrEqual, version.string, at: text.startIndex)]])
        }
        return try brackets(text)
    }

    private static func bare(_ text: NativeText) throws(NativeRangeError) -> NativeText {
        if let fault = text.firstIndex(where: { NativeText.isSpace($0) || "()[],<>=".utf8.contains($0) }) {
            throw NativeRangeError(.malformed, at: fault, "A version without brackets stands alone.")
        }
        return text
    }

    private static func brackets(_ text: NativeText) throws(NativeRangeError) -> NativeRange {
        var range = NativeRange([])
        var rest = text
        while let open = rest.popFirst() {
            if open != UInt8(ascii: "["), open != UInt8(ascii: "(") {
                throw NativeRangeError(.malformed, at: rest.startIndex - 1, "A set of versions begins with '[' or '('.")
            }
            let inside = rest.read { "()[]".utf8.contains($0) }
            guard let close = rest.popFirst(), close == UInt8(ascii: "]") || close == UInt8(ascii: ")") else {
                throw NativeRangeError(.malformed, at: rest.startIndex, "A set of versions ends with ']' or ')'.")
            }
            range.alternatives.append(
                try set(inside, includesLower: open == UInt8(ascii: "["), includesUpper: close == UInt8(ascii: "]")))
            rest.skipSpaces()
            if rest.isEmpty { break }
            if rest.popFirst() != UInt8(ascii: ",") {
                throw NativeRangeError(.malformed, at: rest.startIndex - 1, "A comma stands between two sets of versions.")
            }
            rest.skipSpaces()
        }
        if range.alternatives.isEmpty { throw NativeRangeError(.empty, at: text.startIndex, "There is no constraint.") }
        return range
    }

    private static func set(
        _ inside: NativeText, includesLower: Bool, includesUpper: Bool
    ) throws(NativeRangeError) -> [Term] {
        let ends = inside.parts(separatedBy: ",")
        if let space = ends.first(where: { $0.contains(where: NativeText.isSpace) }) {
            throw NativeRangeError(.malformed, at: space.startIndex, "A version has no spaces.")
        }
        if ends.count == 1 {
            guard includesLower, includesUpper, !ends[0].isEmpty else {
                throw NativeRangeError(.malformed, at: inside.startIndex, "A single version stands between '[' and ']'.")
            }
            return [Term(.equal, ends[0].string, at: ends[0].startIndex)]
        }
        if ends.count > 2 { throw NativeRangeError(.malformed, at: ends[2].startIndex, "A set has two ends.") }
        var terms: [Term] = []
        if !ends[0].isEmpty {
            terms.append(Term(includesLower ? .greaterOrEqual : .greater, ends[0].string, at: ends[0].startIndex))
        }
        if !ends[1].isEmpty {
            terms.append(Term(includesUpper ? .lessOrEqual : .less, ends[1].string, at: ends[1].startIndex))
        }
        return terms
    }
}

extension NativeRange {
    /// Python (https://packaging.python.org/en/latest/specifications/version-specifiers/): specifiers joined by commas.
    ///
    /// A prefix (`==1.1.*`, and the one in `~=`) is the interval from `1.1.dev0` to before `1.2.dev0`, its exact meaning. The ranges
    /// hold what PEP 440 says, but for its advice to prefer releases: `<2` leaves out the pre-releases of 2, `>1.7` the local
    /// versions and post-releases of 1.7, `==1.7` and `<=1.7` take its local versions along, and `===1.7` is only that spelling. In
    /// VERS, as its project writes it, the comparators are those of the order. Environment markers say nothing about versions
    /// and are refused.
    static func pypi(_ text: NativeText) throws(NativeRangeError) -> NativeRange {
        var terms: [Term] = []
        for part in text.parts(separatedBy: ",") {
            if part.isEmpty { throw NativeRangeError(.empty, at: part.startIndex, "Here a specifier is missing.") }
            var rest = part
            let mark = rest.read { !"<>=!~".utf8.contains($0) }
            var word = rest.trimmed
            let isSpelling = mark.count == 3
            if !isSpelling, let first = word.first, first | 0x20 == UInt8(ascii: "v") { word.removeFirst() }
            if let fault = word.firstIndex(where: { NativeText.isSpace($0) || ";\\/|{}()`?'\"".utf8.contains($0) }) {
                throw NativeRangeError(.malformed, at: fault, "This character is in no version.")
            }
            if word.isEmpty { throw NativeRangeError(.malformed, at: rest.startIndex, "Here a version is missing.") }
            terms += try specifier(mark, word)
        }
        return NativeRange([terms])
    }

    private static func specifier(_ mark: NativeText, _ word: NativeText) throws(NativeRangeError) -> [Term] {
        let offset = word.startIndex
        let isPrefix = word.count > 2 && word.suffix(2).elementsEqual(".*".utf8)
        switch mark.string {
        case "==" where isPrefix: return try prefix(word.dropLast(2))
        case "!=" where isPrefix:
            let ends = try prefix(word.dropLast(2))
            var outside = Term(.less, ends[0].version, at: offset)
            outside.orElse = [Term(.greaterOrEqual, ends[1].version, at: offset)]
            return [outside]
        case "~=":
            let release = word.prefix { $0.isASCIIDigit || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "!") }
            guard let dot = trimmedDots(release).lastIndex(of: UInt8(ascii: ".")) else {
                throw NativeRangeError(.malformed, at: offset, "A compatible release has two numbers at least.")
            }
            return [Term(.greaterOrEqual, word.string, at: offset), try prefix(word[..<dot])[1]]
        case "===": return [Term(.equal, word.string, at: offset, reach: .spelling)]
        case "==": return [pythonTerm(Term(.equal, word.string, at: offset))]
        case "!=": return [pythonTerm(Term(.notEqual, word.string, at: offset))]
        case "<=": return [pythonTerm(Term(.lessOrEqual, word.string, at: offset))]
        case ">=": return [Term(.greaterOrEqual, word.string, at: offset)]
        case "<": return [pythonTerm(Term(.less, word.string, at: offset))]
        case ">": return [pythonTerm(Term(.greater, word.string, at: offset))]
        default: throw NativeRangeError(.malformed, at: mark.startIndex, "There is no such operator here.")
        }
    }

    /// A comparison as PEP 440 has it ("Version matching" to "Exclusive ordered comparison").
    static func pythonTerm(_ term: Term) -> Term {
        guard let parts = PEP440Parts(term.version) else { return term }
        var term = term
        switch term.comparator {
        case .less where !parts.isPreRelease:
            return term.meaning([Term(.less, parts.publicVersion + ".dev0", at: term.offset)])
        case .greater: term.reach = parts.isDevelopment || parts.isPostRelease ? .localVersions : .postReleases
        case .equal, .notEqual, .lessOrEqual: term.reach = .localVersions
        case .less, .greaterOrEqual: break
        }
        // A local version that is named is that one alone.
        if parts.hasLocal { term.reach = .version }
        return term
    }

    /// A pre-release may be joined by a dot (`1.4.a1`), which does not belong to the numbers.
    private static func trimmedDots(_ release: NativeText) -> NativeText {
        release.last == UInt8(ascii: ".") ? release.dropLast() : release
    }

    /// Everything that begins with these release numbers.
    private static func prefix(_ release: NativeText) throws(NativeRangeError) -> [Term] {
        let epoch = release.firstIndex(of: UInt8(ascii: "!")).map { release[...$0] } ?? release[..<release.startIndex]
        let numbers = release[epoch.endIndex...].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard numbers.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isASCIIDigit) }), let last = numbers.last else {
            throw NativeRangeError(.malformed, at: release.startIndex, "A prefix has release numbers only.")
        }
        let next = (numbers.dropLast().map(\.string) + [PartialVersion.increment(last.string)]).joined(separator: ".")
        return [
            Term(.greaterOrEqual, release.string + ".dev0", at: release.startIndex),
            Term(.less, epoch.string + next + ".dev0", at: release.startIndex)
        ]
    }
}

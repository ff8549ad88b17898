import Foundation

// MARK: RubyGems
extension DirectOrder {
    /// `Gem::Version#<=>` on its canonical segments.
    static func rubygems(_ left: String, _ right: String) -> Int {
        let (a, b) = (gemSegments(left), gemSegments(right))
        for index in 0..<max(a.count, b.count) {
            let x = index < a.count ? a[index] : "0"
            let y = index < b.count ? b[index] : "0"
            let difference: Int
            switch (isNumber(x), isNumber(y)) {
            case (true, true): difference = numbers(x, y)
            case (false, false): difference = text(x, y)
            case (let isNumber, _): difference = isNumber ? 1 : -1
            }
            if difference != 0 { return difference }
        }
        return 0
    }

    private static func gemSegments(_ version: String) -> [Substring] {
        let text = version.replacingOccurrences(of: "-", with: ".pre.")
        var segments: [Substring] = []
        var rest = text[...]
        while let first = rest.first {
            let run = rest.prefix { first.isLetter ? $0.isLetter : isDigit(first) && isDigit($0) }
            if !run.isEmpty { segments.append(Substring(run)) }
            rest = rest.dropFirst(max(1, run.count))
        }
        func canonical(_ part: ArraySlice<Substring>) -> [Substring] {
            var part = Array(part)
            while let last = part.last, last.allSatisfy({ $0 == "0" }) { part.removeLast() }
            return part
        }
        let word = segments.firstIndex { !isNumber($0) } ?? segments.endIndex
        return canonical(segments[..<word]) + canonical(segments[word...])
    }
}

// MARK: Composer
extension DirectOrder {
    /// `version_compare` of PHP: the text is made canonical first, byte by byte, then its elements compare.
    static func composer(_ left: String, _ right: String) -> Int {
        let (a, b) = (composerRanks(left), composerRanks(right))
        return lists(a, b) { x, y in x.rank != y.rank ? x.rank - y.rank : numbers(x.digits[...], y.digits[...]) }
    }

    /// Composer's `normalize`, by regular expressions, and then PHP.
    static func composerNormalized(_ left: String, _ right: String) -> Int { composer(normalized(left), normalized(right)) }

    private static func normalized(_ version: String) -> String {
        let text = (version.lowercased().hasPrefix("v") ? version.dropFirst() : version[...]).prefix { $0 != "+" }
        // A stability with its numbers, and `dev`; letter case counts for neither.
        let modifier = #"[._-]?(?:(stable|beta|b|rc|alpha|a|patch|pl|p)((?:[.-]?\d+)*))?([.-]?dev)?"#
        func groups(_ pattern: String) -> [String]? {
            guard let expression = try? Regex("(?i)" + pattern), let found = try? expression.wholeMatch(in: text) else {
                return nil
            }
            return (1..<found.output.count).map { found.output[$0].substring.map(String.init) ?? "" }
        }
        func modified(_ core: String, _ parts: ArraySlice<String>) -> String {
            let (word, numbers, development) = (parts.first?.lowercased() ?? "", parts.dropFirst().first ?? "", parts.last ?? "")
            if word == "stable" { return core }
            let names = ["a": "alpha", "b": "beta", "p": "patch", "pl": "patch", "rc": "RC"]
            let stability = word.isEmpty ? "" : "-" + (names[word] ?? word) + numbers.drop { $0 == "." || $0 == "-" }
            return core + stability + (development.isEmpty ? "" : "-dev")
        }
        if let found = groups(#"(\d{1,5})(\.\d+)?(\.\d+)?(\.\d+)?"# + modifier) {
            return modified(found[0] + found[1...3].map { $0.isEmpty ? ".0" : $0 }.joined(), found[4...])
        }
        if let found = groups(#"(\d{4}(?:[.:-]?\d{2}){1,6}(?:[.:-]?\d{1,3}){0,2})"# + modifier) {
            return modified(found[0].split { !isDigit($0) }.joined(separator: "."), found[1...])
        }
        if let found = groups(#"(\d+)(\.(?:\d+|[x*]))?(\.(?:\d+|[x*]))?(\.(?:\d+|[x*]))?[.-]?dev"#) {
            let numbers =
                [found[0]] + found[1...3].map { $0.isEmpty || !isNumber($0.dropFirst()) ? "9999999" : String($0.dropFirst()) }
            return numbers.joined(separator: ".") + "-dev"
        }
        return String(text)
    }

    private static func canonicalPHP(_ version: String) -> String {
        var bytes = Array(version.utf8)
        if bytes.count > 1, bytes[0] | 0x20 == UInt8(ascii: "v") { bytes.removeFirst() }
        func isMark(_ byte: UInt8) -> Bool { "-_+".utf8.contains(byte) }
        func isOther(_ byte: UInt8) -> Bool { !isDigit(byte) && byte != UInt8(ascii: ".") }
        var result = [bytes[0]]
        for (last, byte) in zip(bytes, bytes.dropFirst()) {
            let dot = result.last == UInt8(ascii: ".") ? [] : [UInt8(ascii: ".")]
            if isMark(byte) {
                result += dot
            } else if (isOther(last) && isDigit(byte)) || (isDigit(last) && isOther(byte)) {
                result += dot + [byte]
            } else if byte == UInt8(ascii: "#") {
                // PHP keeps this one after digits only.
                result += dot + [byte]
            } else if !isDigit(byte), !isLetter(byte) {
                result += dot
            } else {
                result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func composerRanks(_ version: String) -> [(rank: Int, digits: String)] {
        let canonical = canonicalPHP(version)
        let forms = [("dev", 0), ("a", 1), ("b", 2), ("RC", 3), ("rc", 3), ("#", 5), ("p", 7)]
        var ranks = canonical.split(separator: ".", omittingEmptySubsequences: false).map { element in
            if let first = element.first, isDigit(first) { return (rank: 6, digits: String(element)) }
            return (rank: forms.first { element.hasPrefix($0.0) }?.1 ?? -1, digits: "")
        }
        // What ends in a separator is below all that could follow; a `#` is nothing; the end is between words.
        let endsInSeparator = canonical.hasSuffix(".") && canonical.count > 1
        if endsInSeparator { ranks.removeLast() }
        ranks.removeAll { $0.rank == 5 }
        return ranks + [(rank: endsInSeparator ? -2 : 4, digits: "")]
    }
}

// MARK: Conan
extension DirectOrder {
    static func conan(_ left: String, _ right: String) -> Int { ConanVersion.compare(ConanVersion(left), ConanVersion(right)) }

    private indirect enum Part {
        case none
        case some(ConanVersion)
    }

    private struct ConanVersion {
        var elements: [Substring]
        var preRelease = Part.none
        var build = Part.none

        init(_ text: String) {
            var rest = text[...]
            if let plus = rest.lastIndex(of: "+") {
                build = .some(ConanVersion(String(rest[rest.index(after: plus)...])))
                rest = rest[..<plus]
            }
            if let hyphen = rest.lastIndex(of: "-") {
                preRelease = .some(ConanVersion(String(rest[rest.index(after: hyphen)...])))
                rest = rest[..<hyphen]
            }
            elements = rest.split(separator: ".", omittingEmptySubsequences: false)
            while let last = elements.last, !last.isEmpty, last.allSatisfy({ $0 == "0" }) { elements.removeLast() }
        }

        static func compare(_ a: ConanVersion, _ b: ConanVersion) -> Int {
            let steps = [
                DirectOrder.lists(a.elements, b.elements, element), parts(a.preRelease, b.preRelease, noneIs: 1),
                parts(a.build, b.build, noneIs: -1)
            ]
            return steps.first { $0 != 0 } ?? 0
        }

        private static func parts(_ x: Part, _ y: Part, noneIs sign: Int) -> Int {
            switch (x, y) {
            case (.none, .none): 0
            case (.none, .some): sign
            case (.some, .none): -sign
            case (.some(let a), .some(let b)): compare(a, b)
            }
        }

        /// By the number in front, then by the rest; what has no number is below or above all numbers.
        private static func element(_ x: Substring, _ y: Substring) -> Int {
            func side(_ text: Substring) -> Int {
                guard let byte = text.utf8.first else { return -1 }
                return DirectOrder.isDigit(byte) ? 0 : byte < 0x30 ? -1 : 1
            }
            if side(x) != side(y) { return side(x) - side(y) }
            let (m, n) = (x.prefix(while: DirectOrder.isDigit), y.prefix(while: DirectOrder.isDigit))
            let difference = DirectOrder.numbers(m, n)
            return difference != 0 ? difference : DirectOrder.text(x.dropFirst(m.count), y.dropFirst(n.count))
        }
    }
}

// MARK: lists of numbers, and Root
extension DirectOrder {
    static func dotted(_ left: String, _ right: String) -> Int {
        lists(left.split { ".-".contains($0) }, right.split { ".-".contains($0) }, numbers)
    }

    /// Debian packages that Root rebuilt.
    static func rootDebian(_ left: String, _ right: String) -> Int {
        func parts(_ version: String) -> (String, Substring) {
            guard let range = version.range(of: #"[.+]root\.io\.[0-9]+$"#, options: .regularExpression),
                range.lowerBound > version.startIndex
            else { return (version, "") }
            return (String(version[..<range.lowerBound]), version[range].dropFirst(9))
        }
        let (a, b) = (parts(left), parts(right))
        let difference = dpkg(a.0, b.0)
        return difference != 0 ? difference : numbers(a.1, b.1)
    }
}

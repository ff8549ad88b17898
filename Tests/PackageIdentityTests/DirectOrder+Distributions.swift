import Foundation

// MARK: rpm and Arch Linux
extension DirectOrder {
    /// rpmvercmp, which walks along both strings.
    static func rpm(_ left: String, _ right: String) -> Int {
        let (a, b) = (epochVersionRelease(left), epochVersionRelease(right))
        let steps = [numbers(a.epoch[...], b.epoch[...]), rpmPart(a.version, b.version)]
        if let difference = steps.first(where: { $0 != 0 }) { return difference }
        guard let x = a.release, let y = b.release else { return (a.release == nil ? 0 : 1) - (b.release == nil ? 0 : 1) }
        return rpmPart(x, y)
    }

    /// vercmp, with the missing release 1, and separators at the end right after none.
    static func alpm(_ left: String, _ right: String) -> Int {
        let (a, b) = (epochVersionRelease(left), epochVersionRelease(right))
        let steps = [
            numbers(a.epoch[...], b.epoch[...]), alpmPart(a.version, b.version),
            alpmPart(a.release ?? Array("1".utf8), b.release ?? Array("1".utf8))
        ]
        return steps.first { $0 != 0 } ?? 0
    }

    private static func epochVersionRelease(_ version: String) -> (epoch: String, version: [UInt8], release: [UInt8]?) {
        var rest = Array(version.utf8)[...]
        var epoch = ""
        let digits = rest.prefix(while: isDigit)
        if rest.dropFirst(digits.count).first == UInt8(ascii: ":") {
            epoch = String(decoding: digits, as: UTF8.self)
            rest = rest.dropFirst(digits.count + 1)
        }
        guard let hyphen = rest.lastIndex(of: UInt8(ascii: "-")) else { return (epoch, Array(rest), nil) }
        return (epoch, Array(rest[..<hyphen]), Array(rest[(hyphen + 1)...]))
    }

    static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    static func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) }

    static func numbers(_ left: some Sequence<UInt8>, _ right: some Sequence<UInt8>) -> Int {
        numbers(String(decoding: Array(left), as: UTF8.self)[...], String(decoding: Array(right), as: UTF8.self)[...])
    }

    private static func rpmPart(_ left: [UInt8], _ right: [UInt8]) -> Int {
        let (tilde, caret) = (UInt8(ascii: "~"), UInt8(ascii: "^"))
        var (l, r) = (left[...], right[...])
        while !l.isEmpty || !r.isEmpty {
            l = l.drop { !isDigit($0) && !isLetter($0) && $0 != tilde && $0 != caret }
            r = r.drop { !isDigit($0) && !isLetter($0) && $0 != tilde && $0 != caret }
            if l.first == tilde || r.first == tilde {
                if l.first != r.first { return l.first == tilde ? -1 : 1 }
                (l, r) = (l.dropFirst(), r.dropFirst())
                continue
            }
            if l.first == caret || r.first == caret {
                if l.isEmpty || r.isEmpty { return l.isEmpty ? -1 : 1 }
                if l.first != r.first { return l.first == caret ? -1 : 1 }
                (l, r) = (l.dropFirst(), r.dropFirst())
                continue
            }
            guard let first = l.first, !r.isEmpty else { break }
            let isKind = isDigit(first) ? isDigit : isLetter
            let (x, y) = (l.prefix(while: isKind), r.prefix(while: isKind))
            if y.isEmpty { return isDigit(first) ? 1 : -1 }
            let difference = isDigit(first) ? numbers(x, y) : x.elementsEqual(y) ? 0 : x.lexicographicallyPrecedes(y) ? -1 : 1
            if difference != 0 { return difference }
            (l, r) = (l.dropFirst(x.count), r.dropFirst(y.count))
        }
        return (l.isEmpty ? 0 : 1) - (r.isEmpty ? 0 : 1)
    }

    private struct Run {
        /// How many bytes separate the run from the one before.
        var separators: Int
        /// Empty for the end.
        var bytes: ArraySlice<UInt8>

        /// Letters right away, the end, separators and the end, digits right away, anything behind separators.
        var rank: Int {
            if bytes.isEmpty { return separators == 0 ? 1 : 2 }
            return separators > 0 ? 4 : DirectOrder.isDigit(bytes[bytes.startIndex]) ? 3 : 0
        }
    }

    private static func runs(_ part: [UInt8]) -> [Run] {
        var runs: [Run] = []
        var rest = part[...]
        repeat {
            let separators = rest.prefix { !isDigit($0) && !isLetter($0) }
            rest = rest.dropFirst(separators.count)
            let bytes = rest.prefix(while: rest.first.map(isDigit) ?? false ? isDigit : isLetter)
            rest = rest.dropFirst(bytes.count)
            runs.append(Run(separators: separators.count, bytes: bytes))
        } while runs.last?.bytes.isEmpty == false
        return runs
    }

    private static func alpmPart(_ left: [UInt8], _ right: [UInt8]) -> Int {
        lists(runs(left), runs(right)) { x, y in
            if x.rank != y.rank { return x.rank - y.rank }
            if x.bytes.isEmpty { return 0 }
            if x.separators != y.separators { return x.separators - y.separators }
            switch (isDigit(x.bytes[x.bytes.startIndex]), isDigit(y.bytes[y.bytes.startIndex])) {
            case (true, true): return numbers(x.bytes, y.bytes)
            case (false, false): return x.bytes.elementsEqual(y.bytes) ? 0 : x.bytes.lexicographicallyPrecedes(y.bytes) ? -1 : 1
            case (let isNumber, _): return isNumber ? 1 : -1
            }
        }
    }
}

// MARK: Alpine and Gentoo
extension DirectOrder {
    /// The tokens of apk-tools in the order of their kinds: of two that differ the later kind is less, but for the suffixes
    /// of pre-releases.
    private enum ApkToken: Equatable {
        case first(Substring), number(Substring), letter(Substring), suffix(Int), suffixNumber(Substring), hash(Substring)
        case revision(Substring), end, invalid(String)

        var kind: Int {
            switch self {
            case .first: 0
            case .number: 1
            case .letter: 2
            case .suffix(let rank): rank < 0 ? 99 : 3
            case .suffixNumber: 4
            case .hash: 5
            case .revision: 6
            case .end: 7
            case .invalid: 8
            }
        }
    }

    private static let suffixes = [
        "alpha": -4, "beta": -3, "pre": -2, "rc": -1, "cvs": 1, "svn": 2, "git": 3, "hg": 4, "p": 5
    ]

    static func apk(_ left: String, _ right: String) -> Int {
        lists(apkTokens(left), apkTokens(right)) { x, y in
            switch (x, y) {
            case (.first(let a), .first(let b)), (.suffixNumber(let a), .suffixNumber(let b)),
                (.revision(let a), .revision(let b)):
                numbers(a, b)
            case (.number(let a), .number(let b)): a.hasPrefix("0") || b.hasPrefix("0") ? text(a, b) : numbers(a, b)
            case (.letter(let a), .letter(let b)), (.hash(let a), .hash(let b)): text(a, b)
            case (.suffix(let a), .suffix(let b)): a - b
            case (.invalid(let a), .invalid(let b)): text(a, b)
            default: y.kind - x.kind
            }
        }
    }

    private static func apkTokens(_ version: String) -> [ApkToken] {
        var rest = version[...]
        func digits() -> Substring { rest.prefix(while: isDigit) }
        var tokens: [ApkToken] = [.first(digits())]
        if digits().isEmpty { return [.invalid(version)] }
        rest = rest.dropFirst(digits().count)
        while rest.first == ".", let next = rest.dropFirst().first, isDigit(next) {
            rest = rest.dropFirst()
            tokens.append(.number(digits()))
            rest = rest.dropFirst(digits().count)
        }
        if let letter = rest.first, ("a"..."z").contains(letter) {
            tokens.append(.letter(rest.prefix(1)))
            rest = rest.dropFirst()
        }
        while rest.first == "_" {
            let word = rest.dropFirst().prefix { ("a"..."z").contains($0) }
            guard let rank = suffixes[String(word)] else { break }
            tokens.append(.suffix(rank))
            rest = rest.dropFirst(1 + word.count)
            if !digits().isEmpty { tokens.append(.suffixNumber(digits())) }
            rest = rest.dropFirst(digits().count)
        }
        if rest.first == "~" {
            let hash = rest.dropFirst().prefix { "0123456789abcdef".contains($0) }
            if hash.isEmpty { return tokens + [.invalid(String(rest))] }
            tokens.append(.hash(hash))
            rest = rest.dropFirst(1 + hash.count)
        }
        if rest.isEmpty { return tokens + [.end] }
        if !rest.hasPrefix("-r") { return tokens + [.invalid(String(rest))] }
        rest = rest.dropFirst(2)
        let revision = digits()
        return tokens + [.revision(revision), rest.count == revision.count && !revision.isEmpty ? .end : .invalid("")]
    }

    /// PMS, algorithm 3.1 and those that it calls.
    static func gentoo(_ left: String, _ right: String) -> Int {
        let (a, b) = (Ebuild(left), Ebuild(right))
        let firsts = numbers(a.numbers[0], b.numbers[0])
        if firsts != 0 { return firsts }
        for (x, y) in zip(a.numbers.dropFirst(), b.numbers.dropFirst()) {
            func stripped(_ text: Substring) -> String { String(String(text).reversed().drop { $0 == "0" }.reversed()) }
            let hasZero = x.hasPrefix("0") || y.hasPrefix("0")
            let difference = hasZero ? text(stripped(x), stripped(y)) : numbers(x, y)
            if difference != 0 { return difference }
        }
        if a.numbers.count != b.numbers.count { return a.numbers.count - b.numbers.count }
        if a.letter != b.letter { return text(a.letter, b.letter) }
        for index in 0..<max(a.suffixes.count, b.suffixes.count) {
            if index >= a.suffixes.count { return -b.suffixes[index].rank }
            if index >= b.suffixes.count { return a.suffixes[index].rank }
            let (x, y) = (a.suffixes[index], b.suffixes[index])
            let difference = x.rank != y.rank ? x.rank - y.rank : numbers(x.number, y.number)
            if difference != 0 { return difference }
        }
        return numbers(a.revision, b.revision)
    }

    private struct Ebuild {
        var numbers: [Substring]
        var letter: Substring = ""
        var suffixes: [(rank: Int, number: Substring)]
        var revision: Substring = ""

        init(_ version: String) {
            var rest = version[...]
            if let range = rest.range(of: "-r") {
                revision = rest[range.upperBound...]
                rest = rest[..<range.lowerBound]
            }
            let parts = rest.split(separator: "_")
            suffixes = parts.dropFirst().map { part in
                let word = part.prefix { !DirectOrder.isDigit($0) }
                return (DirectOrder.suffixes[String(word)] ?? 0, part.dropFirst(word.count))
            }
            numbers = parts[0].split(separator: ".")
            guard let last = numbers.last, let end = last.last, !DirectOrder.isDigit(end) else { return }
            letter = last.suffix(1)
            numbers[numbers.count - 1] = last.dropLast()
        }
    }
}

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

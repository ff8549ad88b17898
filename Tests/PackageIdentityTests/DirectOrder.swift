import Foundation

/// The orders of the schemes, written down a second time: on strings, part by part, with no thought of speed. Each
/// function gives a negative number, 0 or a positive number.
enum DirectOrder {
    static func numbers(_ left: Substring, _ right: Substring) -> Int {
        let left = left.drop { $0 == "0" }
        let right = right.drop { $0 == "0" }
        if left.count != right.count { return left.count - right.count }
        return text(left, right)
    }

    static func text(_ left: some StringProtocol, _ right: some StringProtocol) -> Int {
        Array(left.utf8) == Array(right.utf8) ? 0 : left.utf8.lexicographicallyPrecedes(right.utf8) ? -1 : 1
    }

    static func isNumber(_ text: some StringProtocol) -> Bool { !text.isEmpty && text.utf8.allSatisfy { (48...57).contains($0) } }

    /// Compares element by element; a list that ends first is less.
    static func lists<Element>(_ left: [Element], _ right: [Element], _ order: (Element, Element) -> Int) -> Int {
        for (a, b) in zip(left, right) where order(a, b) != 0 { return order(a, b) }
        return left.count - right.count
    }
}

// MARK: SemVer
extension DirectOrder {
    static func semver(_ left: String, _ right: String) -> Int { SemVer.compare(SemVer(left), SemVer(right)) }

    /// A fourth number, and identifiers in lowercase.
    static func nuget(_ left: String, _ right: String) -> Int {
        SemVer.compare(SemVer(left.lowercased(), numbers: 4), SemVer(right.lowercased(), numbers: 4))
    }

    /// SemVer, then the identifiers of the builds as a list.
    static func pub(_ left: String, _ right: String) -> Int {
        let (a, b) = (SemVer(left), SemVer(right))
        let difference = SemVer.compare(a, b)
        return difference != 0 ? difference : lists(a.build, b.build, SemVer.identifiers)
    }

    /// Like `pub`, but an empty identifier is less than every other, and a hyphen alone makes a pre-release.
    static func julia(_ left: String, _ right: String) -> Int {
        func order(_ x: Substring, _ y: Substring) -> Int {
            x.isEmpty || y.isEmpty ? (x.isEmpty ? 0 : 1) - (y.isEmpty ? 0 : 1) : SemVer.identifiers(x, y)
        }
        let (a, b) = (SemVer(left), SemVer(right))
        let cores = lists(a.core, b.core, numbers)
        if cores != 0 { return cores }
        func preRelease(_ version: SemVer) -> [Substring] {
            version.identifiers.isEmpty && version.hasHyphen ? [""] : version.identifiers
        }
        let (x, y) = (preRelease(a), preRelease(b))
        if x.isEmpty != y.isEmpty { return x.isEmpty ? 1 : -1 }
        let preReleases = lists(x, y, order)
        return preReleases != 0 ? preReleases : lists(a.build, b.build, order)
    }

    private struct SemVer {
        var core: [Substring]
        var hasHyphen: Bool
        var identifiers: [Substring]
        var build: [Substring]

        init(_ version: String, numbers count: Int = 3) {
            let text = version.hasPrefix("v") ? version.dropFirst() : version[...]
            let numbers = text.prefix { $0 == "." || ($0.isASCII && $0.isNumber) }
            let all = numbers.split(separator: ".")
            core = Array((all + Array(repeating: "0", count: count)).prefix(count))
            let tail = text.dropFirst(numbers.count)
            let plus = tail.firstIndex(of: "+")
            build = plus.map { tail[$0...].dropFirst().split(separator: ".", omittingEmptySubsequences: false) } ?? []
            var rest = tail[..<(plus ?? tail.endIndex)]
            hasHyphen = rest.hasPrefix("-")
            if hasHyphen { rest = rest.dropFirst() }
            let extras = all.dropFirst(count)
            identifiers = rest.isEmpty && extras.isEmpty ? [] : rest.split(separator: ".", omittingEmptySubsequences: false)
            identifiers += extras
        }

        static func compare(_ a: SemVer, _ b: SemVer) -> Int {
            let cores = DirectOrder.lists(a.core, b.core, DirectOrder.numbers)
            if cores != 0 { return cores }
            if a.identifiers.isEmpty || b.identifiers.isEmpty {
                return a.identifiers.isEmpty == b.identifiers.isEmpty ? 0 : a.identifiers.isEmpty ? 1 : -1
            }
            return DirectOrder.lists(a.identifiers, b.identifiers, identifiers)
        }

        static func identifiers(_ x: Substring, _ y: Substring) -> Int {
            switch (DirectOrder.isNumber(x), DirectOrder.isNumber(y)) {
            case (true, true): DirectOrder.numbers(x, y)
            case (false, false): DirectOrder.text(x, y)
            case (true, false): -1
            case (false, true): 1
            }
        }
    }
}

// MARK: dpkg
extension DirectOrder {
    static func dpkg(_ left: String, _ right: String) -> Int {
        let (a, b) = (dpkgParts(left), dpkgParts(right))
        let epochs = numbers(a.epoch, b.epoch)
        if epochs != 0 { return epochs }
        let upstreams = dpkgPart(a.upstream, b.upstream)
        return upstreams != 0 ? upstreams : dpkgPart(a.revision, b.revision)
    }

    /// The whole version is one part.
    static func opam(_ left: String, _ right: String) -> Int { dpkgPart(left[...], right[...]) }

    private static func dpkgParts(_ version: String) -> (epoch: Substring, upstream: Substring, revision: Substring) {
        var rest = version[...]
        var epoch: Substring = ""
        if let colon = rest.firstIndex(of: ":") {
            epoch = rest[..<colon]
            rest = rest[rest.index(after: colon)...]
        }
        guard let hyphen = rest.lastIndex(of: "-") else { return (epoch, rest, "") }
        return (epoch, rest[..<hyphen], rest[rest.index(after: hyphen)...])
    }

    /// deb-version(7), "Sorting algorithm".
    private static func dpkgPart(_ left: Substring, _ right: Substring) -> Int {
        var (left, right) = (left, right)
        while !left.isEmpty || !right.isEmpty {
            let (a, b) = (left.prefix { !isDigit($0) }, right.prefix { !isDigit($0) })
            for index in 0..<max(a.utf8.count, b.utf8.count) {
                let difference = weight(a, index) - weight(b, index)
                if difference != 0 { return difference }
            }
            (left, right) = (left.dropFirst(a.count), right.dropFirst(b.count))
            let (m, n) = (left.prefix(while: isDigit), right.prefix(while: isDigit))
            let difference = numbers(m, n)
            if difference != 0 { return difference }
            (left, right) = (left.dropFirst(m.count), right.dropFirst(n.count))
        }
        return 0
    }

    static func isDigit(_ character: Character) -> Bool { "0"..."9" ~= character }
    static func isLatin(_ character: Character) -> Bool { "a"..."z" ~= character || "A"..."Z" ~= character }

    private static func weight(_ text: Substring, _ index: Int) -> Int {
        guard index < text.utf8.count else { return 0 }
        let character = Character(Unicode.Scalar(Array(text.utf8)[index]))
        if character == "~" { return -1 }
        let code = Int(character.asciiValue ?? 0)
        return character.isLetter ? code : code + 256
    }
}

/// What a text means that stands in a CSAF document where a version belongs: one version, or a span of versions written without
/// blanks, as in `12.4.1-12.4.11`. Documents also have lists there (`1.0/1.2`), prose (`1.0_and_earlier`), wildcards (`7.6x`), and
/// models of the product (`1763-L16AWA`), which are none of both: one version taken from them would say of all others that they are
/// not affected.
enum ProseVersion: Hashable {
    case one
    case span(first: String, last: String)

    /// Nil where the text can't be read without a guess.
    /// - Parameter type: the VERS type that orders the versions.
    init?(_ text: String, type: String) {
        guard CVEProductStatus.isVersion(text), !Self.isSeveral(text), Self.begins(text), !Self.isModel(text) else { return nil }
        if Self.typesWithRevision.contains(type) {
            self = .one
            return
        }
        let parts = text.split(omittingEmptySubsequences: false) { "-~_".contains($0) }.map {
            Numbers(ProseRange.withoutLetter(String($0)))
        }
        let neighbours = zip(parts, parts.dropFirst())
        if let (first, last) = neighbours.first(where: { $0.0.isDotted && $0.1.isDotted }) {
            guard parts.count == 2, !text.contains("_"), first.isSpan(to: last) else { return nil }
            self = .span(first: first.text, last: last.text)
        } else if parts.count == 2, parts[1].isDotted && parts[0].isPlain || parts[0].isSpan(to: parts[1]) {
            return nil
        } else {
            self = .one
        }
    }

    /// Whether the order of a type knows where a version lies, so that a range may end or begin there: the order of versions that no
    /// ecosystem gives puts words that it does not know before the version without them, but `18_Update_2` and `3.2_SP2` come after it.
    static func isOrdered(_ text: String, type: String) -> Bool {
        type != "generic"
            || runs(of: text).allSatisfy {
                stages.contains($0.letters)
                    || $0.letters.count == 1 && $0.previous?.isNumber ?? false && !($0.next?.isNumber ?? false)
            }
    }

    /// Types whose versions have a revision behind a hyphen, which may have dots: `1.0-1.1` is one version of Debian.
    private static let typesWithRevision: Set<String> = ["alpm", "deb", "rpm"]

    /// Words that the order of versions knows, and those of distributions.
    private static let stages: Set<String> = [
        "alpha", "beta", "deb", "el", "errata", "fc", "patch", "pl", "post", "pre", "rc", "ubuntu"
    ]
}

// MARK: words
extension ProseVersion {
    /// Letters that stand together, in lowercase.
    private typealias Run = (letters: String, previous: Character?, next: Character?)

    private static func runs(of text: String) -> [Run] {
        var runs: [Run] = []
        var previous: Character?
        var rest = Substring(text)
        while let character = rest.first {
            let letters = rest.prefix { $0.isLetter }
            rest = rest.dropFirst(max(letters.count, 1))
            if letters.isEmpty { previous = character } else { runs.append((letters.lowercased(), previous, rest.first)) }
        }
        return runs
    }

    /// Whether a text says by a mark, a word or a wildcard that it is about several versions.
    private static func isSeveral(_ text: String) -> Bool {
        text.contains { !$0.isASCII || "/\\&".contains($0) } || text.contains("..") || "+-_~".contains(text.last ?? " ")
            || runs(of: text).contains { run in
                connectives.contains(run.letters) || run.letters.allSatisfy { $0 == "x" } && !(run.next?.isNumber ?? false)
            }
    }

    private static let connectives: Set<String> = [
        "above", "after", "all", "and", "any", "before", "below", "between", "bis", "but", "earlier", "every", "except",
        "excluding",
        "from", "greater", "higher", "inclusive", "including", "later", "less", "lower", "newer", "not", "older", "onwards", "or",
        "other", "prior", "since", "than", "through", "thru", "till", "to", "und", "under", "until", "up", "upto", "version",
        "versions", "with", "without"
    ]

    /// A version begins with a number, or with one letter before it: `V1.2`, `R16A`, `B.06.18`. A name may stand before it otherwise
    /// (`FW_1.2`), without which an inventory has it.
    private static func begins(_ text: String) -> Bool {
        let rest = text.drop { $0.isLetter }
        let number = rest.first == "." ? rest.dropFirst() : rest
        return text.count - rest.count <= 1 && number.first?.isNumber ?? false
    }

    /// Whether a text without a dot may be a model: it begins with another letter than that of a version or a release (`M221`), or has
    /// letters that are no word of versions (`1763-L16AWA`).
    private static func isModel(_ text: String) -> Bool {
        guard !text.contains("."), let first = text.first else { return false }
        if first.isLetter, !"RrVv".contains(first) { return true }
        return runs(of: text).contains { $0.letters.count > 2 && !stages.contains($0.letters) && !words.contains($0.letters) }
    }

    private static let words: Set<String> = ["build", "dev", "final", "hotfix", "lts", "preview", "release", "snapshot", "update"]
}

/// A part of a version: numbers with dots between them, and perhaps a letter behind.
private struct Numbers {
    let text: String
    private let numbers: [Substring]
    private let isNumeric: Bool

    init(_ text: String) {
        self.text = text
        let isLettered = text.last?.isLetter ?? false
        let numbers = (isLettered ? text.dropLast() : text[...]).split(separator: ".", omittingEmptySubsequences: false)
        let isNumeric = numbers.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } }
        (self.numbers, self.isNumeric, isPlain) = (numbers, isNumeric, isNumeric && !isLettered)
    }

    /// Whether it is numbers and nothing else.
    let isPlain: Bool
    var isDotted: Bool { isNumeric && numbers.count > 1 }

    /// Whether both are as many numbers, and the other one comes later.
    func isSpan(to other: Numbers) -> Bool {
        guard isPlain, other.isPlain, numbers.count == other.numbers.count else { return false }
        let pairs = zip(numbers, other.numbers).map { (Self.weight($0), Self.weight($1)) }
        return pairs.first { $0 != $1 }.map { $0 < $1 } ?? false
    }

    /// Numbers of any length in their order: how many digits, and then which.
    private static func weight(_ number: Substring) -> (Int, Substring) {
        let digits = number.drop { $0 == "0" }
        return (digits.utf8.count, digits)
    }
}

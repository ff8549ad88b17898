/// The value of one attribute of a CPE name (NIST IR 7695, clause 5.3.1).
public enum CPEValue: Hashable, Sendable {
    /// The logical value ANY: no restriction.
    case any
    /// The logical value NA: the attribute has no meaning for the product, or none was ever set.
    case notApplicable
    /// A string, with or without wildcards.
    case pattern(CPEPattern)

    /// The string that stands for itself, every special character taken literally.
    ///
    /// - Throws: `CPEError` with code `character`, `empty` or `hyphen` and offset 0.
    public static func literal(_ text: String) throws(CPEError) -> CPEValue {
        .pattern(try CPEPattern(literal: text))
    }

    /// The text of a string without wildcards, or nil.
    public var literal: String? {
        guard case .pattern(let pattern) = self, !pattern.hasWildcards else { return nil }
        return pattern.literal
    }
}

/// A string value: a text, and what may stand before and behind it.
///
/// Letters compare without regard to case, as NIST IR 7696 has it; the case in which a name was written is kept.
public struct CPEPattern: Sendable {
    /// What may stand at an end of the text.
    public enum Wildcard: Hashable, Sendable {
        /// Nothing.
        case none
        /// Up to this many characters, one or more: a run of `?`.
        case upTo(Int)
        /// Any number of characters: `*`.
        case any
    }

    /// What may stand before the text.
    public let leading: Wildcard
    /// The text without escapes: printable ASCII without spaces. Empty only between wildcards.
    public let literal: String
    /// What may stand behind the text.
    public let trailing: Wildcard

    /// A pattern from its pieces.
    ///
    /// - Throws: `CPEError` with code `character`, `empty`, `wildcard` or `hyphen` and offset 0.
    public init(leading: Wildcard = .none, literal: String, trailing: Wildcard = .none) throws(CPEError) {
        try self.init(leading: leading, literal: literal, trailing: trailing, at: 0)
    }

    init(leading: Wildcard, literal: String, trailing: Wildcard, at offset: Int) throws(CPEError) {
        for wildcard in [leading, trailing] {
            if case .upTo(let count) = wildcard, !(1...CPE.maximumLength).contains(count) {
                throw CPEError(.wildcard, at: offset, "A run of '?' has one at least.")
            }
        }
        if let fault = literal.utf8.enumerated().first(where: { $0.element <= 0x20 || $0.element >= 0x7F }) {
            throw CPEError(.character, at: offset + fault.offset, "A value is printable ASCII without spaces.")
        }
        if literal == "-", leading == .none, trailing == .none {
            throw CPEError(.hyphen, at: offset, "A value must not be a hyphen alone: it would read as 'not applicable'.")
        }
        if literal.isEmpty {
            // Clause 5.3.2: a run of '?' may be a whole value, a '*' may not, because that is how ANY is written.
            switch (leading, trailing) {
            case (.none, .none): throw CPEError(.empty, at: offset, "A value is not empty.")
            case (.upTo, .none): break
            default: throw CPEError(.wildcard, at: offset, "Wildcards stand at the ends of a text.")
            }
        }
        self.leading = leading
        self.literal = literal
        self.trailing = trailing
    }

    /// Whether there is a wildcard.
    public var hasWildcards: Bool { leading != .none || trailing != .none }

    /// Whether a text without wildcards lies in what the pattern describes.
    public func matches(_ text: String) -> Bool {
        let text = text.utf8.map(\.asciiLowercased)
        let core = literal.utf8.map(\.asciiLowercased)
        if text.count < core.count { return false }
        for start in 0...(text.count - core.count) where leading.admits(start) {
            let rest = text.count - core.count - start
            if trailing.admits(rest), text[start...].starts(with: core) { return true }
        }
        return false
    }
}

extension CPEPattern.Wildcard {
    /// Whether so many characters may stand in its place.
    fileprivate func admits(_ count: Int) -> Bool {
        switch self {
        case .none: count == 0
        case .upTo(let most): count <= most
        case .any: true
        }
    }
}

extension CPEPattern: Hashable {
    public static func == (left: CPEPattern, right: CPEPattern) -> Bool {
        left.leading == right.leading && left.trailing == right.trailing
            && left.literal.utf8.elementsEqual(right.literal.utf8) { $0.asciiLowercased == $1.asciiLowercased }
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(leading)
        hasher.combine(trailing)
        for byte in literal.utf8 { hasher.combine(byte.asciiLowercased) }
    }
}

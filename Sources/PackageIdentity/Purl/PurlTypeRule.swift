/// What one purl type demands of the components, as data (clause 6 of ECMA-427: the type definition).
///
/// The rows stand in `PurlTypeRule+Table.swift`; a type without a row has the rules of `PurlTypeRule.unregistered`.
struct PurlTypeRule: Sendable {
    enum Presence { case optional, required, prohibited }

    /// "If false, the canonical form shall be lowercased" (type definition schema, `case_sensitive`).
    enum LetterCase {
        case kept, lowered, raised
        func callAsFunction(_ text: String) -> String {
            switch self {
            case .kept: text
            case .lowered: text.lowercased()
            case .raised: text.uppercased()
            }
        }
    }

    /// What becomes of a name besides its case.
    enum NameForm {
        case asWritten
        /// Every `_` becomes `-`.
        case dashed
        /// Everything but `a-z`, `0-9` and `_` becomes `_`.
        case wordCharacters
    }

    /// A form that a component must have after normalisation.
    enum Pattern {
        case any
        /// Exactly this many letters from `a` to `p`: sixteen letters that stand for hexadecimal digits.
        case lettersAToP(count: Int)
        /// Digits with dots between them, at most this many groups.
        case dottedNumbers(atMost: Int)
        /// The text must not occur.
        case without(StaticString)
        /// CocoaPods: no whitespace, no `+`, no leading `.`.
        case podName
    }

    var namespace: Presence = .optional
    var namespaceCase: LetterCase = .kept
    var maximumNamespaceSegments = Int.max
    var nameCase: LetterCase = .kept
    var nameForm: NameForm = .asWritten
    var namePattern: Pattern = .any
    /// The namespace is the first segment only and the name is a whole path (`pkg:git`).
    var nameIsPath = false
    var versionCase: LetterCase = .kept
    var versionPattern: Pattern = .any
    var subpathCase: LetterCase = .kept
    /// The qualifier keys that this type defines itself.
    var ownKeys: [String] = []
    var requiredKeys: [String] = []
    /// The name is lowercase where `repository_url` contains this text: the server decides about case, not the type.
    var lowersNameAtRepository: String?
    /// Namespaces under which `init(normalizing:)` lowers namespace and name, because the host ignores case.
    var hostsIgnoringCase: [String] = []

    static let unregistered = PurlTypeRule()

    static func rule(for type: String) -> PurlTypeRule { table[type] ?? unregistered }
}

extension PurlTypeRule {
    /// Normalises the components of `draft` and refuses what the type does not permit.
    func apply(to draft: inout PurlDraft, mode: PurlReading) throws(PurlError) {
        if nameIsPath { moveNamespaceIntoName(&draft) }
        if mode == .lenient, hostsIgnoringCase.contains(draft.namespace.first?.lowercased() ?? "") {
            draft.namespace = draft.namespace.map { $0.lowercased() }
            draft.name = draft.name.lowercased()
        }
        try checkPresence(draft, mode: mode)
        draft.namespace = draft.namespace.map { namespaceCase($0) }
        draft.name = normalizedName(draft)
        draft.version = versionCase(draft.version)
        draft.subpath = draft.subpath.map { subpathCase($0) }
        if !namePattern.matches(draft.name) {
            throw PurlError(.name, at: draft.nameOffset, "The name has a form that this type does not permit.")
        }
        if !draft.version.isEmpty, !versionPattern.matches(draft.version) {
            throw PurlError(.version, at: draft.versionOffset, "The version has a form that this type does not permit.")
        }
    }

    private func moveNamespaceIntoName(_ draft: inout PurlDraft) {
        if draft.namespace.count < 2 { return }
        let rest = draft.namespace[1...].joined(separator: "/")
        draft.namespace.removeSubrange(1...)
        draft.name = draft.name.isEmpty ? "" : rest + "/" + draft.name
    }

    private func checkPresence(_ draft: PurlDraft, mode: PurlReading) throws(PurlError) {
        if draft.name.isEmpty { throw PurlError(.name, at: draft.nameOffset, "The name is missing.") }
        if namespace == .required, draft.namespace.isEmpty, mode == .strict {
            throw PurlError(.namespace, at: draft.namespaceOffset, "This type requires a namespace.")
        }
        if namespace == .prohibited, !draft.namespace.isEmpty {
            throw PurlError(.namespace, at: draft.namespaceOffset, "This type has no namespace.")
        }
        if draft.namespace.count > maximumNamespaceSegments {
            throw PurlError(.namespace, at: draft.namespaceOffset, "The namespace has more segments than this type permits.")
        }
        if mode == .lenient { return }
        for key in requiredKeys where draft.qualifier(key) == nil {
            throw PurlError(.qualifier, at: draft.qualifiersOffset, "A qualifier that this type requires is missing.")
        }
    }

    private func normalizedName(_ draft: PurlDraft) -> String {
        var name = nameCase(draft.name)
        if let host = lowersNameAtRepository, draft.qualifier("repository_url")?.lowercased().contains(host) == true {
            name = name.lowercased()
        }
        switch nameForm {
        case .asWritten: return name
        case .dashed: return String(decoding: name.utf8.map { $0 == UInt8(ascii: "_") ? UInt8(ascii: "-") : $0 }, as: UTF8.self)
        case .wordCharacters:
            return String(
                name.unicodeScalars.map { scalar in
                    scalar.isASCII && (UInt8(scalar.value).isASCIILetter || UInt8(scalar.value).isASCIIDigit)
                        ? Character(scalar) : "_"
                })
        }
    }
}

extension PurlTypeRule.Pattern {
    func matches(_ text: String) -> Bool {
        switch self {
        case .any: return true
        case .lettersAToP(let count):
            return text.utf8.count == count && text.utf8.allSatisfy { $0 >= UInt8(ascii: "a") && $0 <= UInt8(ascii: "p") }
        case .dottedNumbers(let limit):
            let groups = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            return groups.count <= limit && groups.allSatisfy { !$0.isEmpty && $0.allSatisfy(\.isASCIIDigit) }
        case .without(let part):
            return !text.contains(part.description)
        case .podName:
            return text.utf8.first != UInt8(ascii: ".")
                && !text.unicodeScalars.contains { $0.properties.isWhitespace || $0 == "+" }
        }
    }
}

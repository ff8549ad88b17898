/// The kinds of tokens a finding is compared by. Tokens of different kinds never meet: the kind is part of the hash.
enum TokenKind: Int, CaseIterable, Sendable {
    /// Words of title and description, each once.
    case word
    /// Names of code: functions, types, files, from the text and from the record's own lists.
    case symbol
    /// References, normalised; never those that name the vulnerability (`IdentifierScreen`).
    case reference
    /// Commits that fix it, their first twelve digits.
    case commit
    /// Names of packages and products as a whole.
    case package
    /// The words of those names, and vendors.
    case packageWord
    case fixedVersion
    /// Versions in the text.
    case textVersion
    /// Families of weaknesses (`WeaknessFamily`).
    case weakness
    /// The weaknesses themselves.
    case weaknessNumber
    /// The record's own and its other identifiers; empty where identifiers must not count.
    case identifier
    /// `FingerprintKey`s: subject, weakness and place, or a tool's own identity.
    case fingerprint
    /// Package and function, or package, file and function, without commit, line or folder.
    case place
    /// Lines that the fix changes.
    case patchLine
    /// What a chain leads over: entry points and sinks with their package.
    case entry
    case sink

    static let count = allCases.count

    /// Whether tokens come in pairs of 64 bits: what decides alone.
    var isPaired: Bool { self == .identifier || self == .fingerprint }
}

/// One finding's features as the extractor makes them: hashed tokens, each kind sorted and without repetition.
package struct FindingFeatures: Sendable, Equatable {
    /// All kinds one after another.
    var tokens: [UInt32] = []
    /// Where each kind ends in `tokens`.
    var ends = InlineArray<16, UInt16>(repeating: 0)
    var summary = FeatureSummary()
    /// Minima of the shingles of three words, one for each permutation; all ones where there is no text.
    var signature = MinHashSignature(repeating: .max)

    package static func == (a: FindingFeatures, b: FindingFeatures) -> Bool {
        a.tokens == b.tokens && a.summary == b.summary && (0..<MinHash.lanes).allSatisfy { a.signature[$0] == b.signature[$0] }
            && (0..<TokenKind.count).allSatisfy { a.ends[$0] == b.ends[$0] }
    }

    func range(_ kind: TokenKind) -> Range<Int> {
        (kind.rawValue == 0 ? 0 : Int(ends[kind.rawValue - 1]))..<Int(ends[kind.rawValue])
    }

    func tokens(_ kind: TokenKind) -> ArraySlice<UInt32> { tokens[range(kind)] }
}

/// A crash, as far as crashes are compared. All zero where there is none.
struct CrashFeatures: Sendable, Equatable {
    /// The last part of the project's name: two finders may name one project by its package and by its repository.
    var project: UInt32 = 0
    var type: UInt32 = 0
    /// The type without the number of bytes accessed.
    var kind: UInt32 = 0
    var state: UInt64 = 0
    /// The lines of the state, the innermost first; zero behind the last.
    var frames = SIMD4<UInt32>()

    var isThere: Bool { state != 0 }

    /// ClusterFuzz's rule for frames (`CrashStateSimilarity`), two in common in one order, where the innermost is one of them: two
    /// functions that one caller leads to are two bugs. Its other rule, for lines that differ in little, needs the texts, which are
    /// not kept.
    func isSimilar(to other: CrashFeatures) -> Bool {
        if state == other.state { return true }
        guard frames[0] == other.frames[0] else { return false }
        let (mine, theirs) = (frames.present, other.frames.present)
        return CrashStateSimilarity.longestCommonSubsequence(mine, theirs) >= CrashStateSimilarity.sufficientFrameCount
    }
}

extension SIMD4<UInt32> {
    /// What is not zero, in order.
    var present: [UInt32] { indices.map { self[$0] }.filter { $0 != 0 } }
}

/// What is one number each. Zero means absent.
struct FeatureSummary: Sendable, Equatable {
    /// Hash of the whole text, without versions.
    var text: UInt32 = 0
    var title: UInt32 = 0
    var crash = CrashFeatures()
    var database: UInt32 = 0
    /// Where a vulnerability stands once: the database, and the packages where it lists by package.
    var listing: UInt32 = 0
    var finder: UInt32 = 0
    var wordCount: UInt16 = 0
    /// The line of a record that names one place without a function.
    var line: UInt32 = 0
    /// Whether its places are functions, and not files as a whole.
    var namesFunction = false
    /// How many places its tokens of places are without the other names of renamed files.
    var placeCount: UInt16 = 0
    /// A weakness so broad that it contradicts none: it has no family, and kinds of its own.
    var hasBroadWeakness = false
}

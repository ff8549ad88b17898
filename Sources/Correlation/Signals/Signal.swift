/// One observation about two records, from 0 (nothing) to 1.
package enum Signal: Int, CaseIterable, Sendable {
    // What decides alone.
    case identifier, fingerprint, crashState
    /// Of one project and one kind, with another number of bytes or with the innermost line and another in common: probably, not surely, the same.
    case similarCrash
    /// Both have crashes, and their states have nothing in common.
    case otherCrash
    case place
    /// Both name places of one package, and none is the other's.
    case otherPlace
    /// The share of the smaller patch's lines in the other; less where they are fewer than three.
    case patch
    // Text.
    case textCosine, textCosineSquared, textContainment, shingles, sameText, title
    /// How often the same text stands in the set: templates differ in a version or a score only.
    case repeatedText
    case shortText
    // References and commits, by how rare the rarest is, and by how many of the smaller list.
    case reference, referenceShare, otherReferences, commit, otherCommit
    // What it is about.
    case package, packageWord, otherPackage, unknownPackage
    case fixedVersion, fixedVersionShare, otherFixedVersion, textVersionShare
    /// One's bound stands in the other's text, by how rare it is: many databases leave versions to their texts.
    case fixedVersionInText
    /// A family of weaknesses in common, and one number.
    case weakness, sameWeakness
    /// Both state weaknesses that have a family or no kinds, and none is of one family: what one sees, the other does not.
    case otherWeakness
    case symbol, symbolShare, otherSymbols
    /// Both do harm at one place of one package.
    case sink
    // Who says so.
    case sameDatabase, sameDatabaseAndPackage, sameDatabaseOtherPackage, sameTextOfDatabase
    /// One catalogue lists both, and lists each vulnerability once: it holds them for two (`CorrelationRecord.Listing`).
    case listedApart
    // Two together.
    case textOfPackage, shinglesOfPackage, symbolOfPackage, commitAndText, referenceAndText, referenceOfPackage
    case fixedVersionAndText, titleOfPackage, repeatedSameText, otherVersionAndText, shortTextAndReference

    /// Of all cases; a number, for `allCases` makes an array each time. A test holds the two together.
    static let count = 53

    package var name: String { "\(self)" }
}

/// All signals of two records.
struct SignalVector: Sendable {
    private var values = InlineArray<53, Float>(repeating: 0)

    subscript(signal: Signal) -> Float {
        @inline(__always) get { values[signal.rawValue] }
        @inline(__always) set { values[signal.rawValue] = newValue }
    }

    @inline(__always) subscript(place: Int) -> Float { values[place] }
}

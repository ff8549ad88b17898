/// An advisory that concerns a component, by its place in the index: what matching gives before anybody asks for words.
package struct MatchPlace: Sendable {
    /// Which sentence of the advisory decided.
    enum Ground: Sendable {
        /// A certain range holds the version.
        case range(Int)
        /// The advisory lists the version.
        case listed
        /// A range in doubt holds the version.
        case doubtfulRange(Int)
        /// The version has no place in the order of this range.
        case unplaced(range: Int)
        /// The advisory lists versions, and the inventory names none.
        case noVersion
        /// The inventory names the product's version by a pattern.
        case versionPattern
        /// The range begins or ends at the version, and its update (a CPE attribute) may lie on either side.
        case updateAtBound(range: Int)
        /// The version may lack an epoch, and it would decide; the range, where it is one.
        case openEpoch(range: Int?)
    }

    let segment: Int
    let entry: Int
    let ground: Ground
    /// The advisory is about one release of a distribution, and the component's is not known; or, of a CPE name, about some value
    /// of an attribute that the inventory leaves open.
    let isReleaseUnknown: Bool
    /// The version is what a lock file states of a package from a repository.
    var isStated = false

    /// Whether the component is affected; otherwise it cannot be decided.
    package var isAffected: Bool {
        switch ground {
        case .range, .listed: !isReleaseUnknown && !isStated
        case .doubtfulRange, .unplaced, .noVersion, .versionPattern, .updateAtBound, .openEpoch: false
        }
    }
}

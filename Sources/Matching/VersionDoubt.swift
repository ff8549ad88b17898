/// Why a version of an inventory is not to be taken at its word, so that what follows from it may not be sure.
///
/// The raw value stands behind the version where components are kept as texts (`Component.keptVersion`), and is stable.
package enum VersionDoubt: String, Hashable, Sendable, CaseIterable {
    /// The version stands in a list of rpm packages without epochs, so that one may be missing in front. It is compared under every epoch
    /// that advisories about its package and release have (`OpenEpochs`): where that makes no difference an advisory is decided, else it is
    /// not.
    ///
    /// What this does not see is an epoch that no advisory names. A scan of deposited inventories for one advisory knows the epochs of that
    /// one alone.
    case openEpoch = " (epoch not known)"
    /// The package comes from a repository, and the version is what its lock file states. A fork may have the fix of a later version, or
    /// have changed what an advisory is about, so that an advisory about the version is shown and never called certain. (OSV-Scanner asks by
    /// name and version and calls it a hit; none of its recorded answers is of such a package. What is known of the commit is asked besides.)
    case stated = " (from a repository)"
}

extension Component {
    /// The version with what is in doubt about it, in one text; nil where there is no version.
    package var keptVersion: String? { version.map { $0 + (doubt?.rawValue ?? "") } }

    /// The component with the version that was kept so.
    package func withVersion(kept text: String?) -> Component {
        var component = self
        component.doubt = VersionDoubt.allCases.first { text?.hasSuffix($0.rawValue) ?? false }
        component.version = text.map { String($0.dropLast(component.doubt?.rawValue.count ?? 0)) }
        return component
    }
}

import AdvisoryFormats
import CivilTime
import JSONText

/// What a coordinator decides when a case becomes public; the rest follows from the case.
package struct PublicationOrder: Sendable {
    package var summary: String
    package var details: String
    /// The affected package as a package URL without a version.
    package var package: String
    /// The OSV ecosystem and name the package is matched by.
    package var ecosystem: String
    package var name: String
    /// The first affected version; "0" for all before the fix.
    package var introduced: String
    package var weakness: String?
    /// A CVSS vector of version 2.0, 3.0, 3.1 or 4.0.
    package var severity: String?
    /// SSVC decision points the operators' deadlines need: `yes` or `no`, and `total` or `partial`.
    package var knownExploited: String?
    package var automatable: String?
    package var technicalImpact: String?
    /// Why the embargo ends before its deadline, where it does.
    package var earlyBecause: String?

    package init(
        summary: String, details: String, package: String, ecosystem: String, name: String, introduced: String,
        weakness: String? = nil, severity: String? = nil, knownExploited: String? = nil, automatable: String? = nil,
        technicalImpact: String? = nil, earlyBecause: String? = nil
    ) {
        self.summary = summary
        self.details = details
        self.package = package
        self.ecosystem = ecosystem
        self.name = name
        self.introduced = introduced
        self.weakness = weakness
        self.severity = severity
        self.knownExploited = knownExploited
        self.automatable = automatable
        self.technicalImpact = technicalImpact
        self.earlyBecause = earlyBecause
    }
}

/// Everything the documents of one advisory are made from.
struct AdvisoryFacts {
    let identifier: String
    let order: PublicationOrder
    /// The affected versions, and the version that fixes it where the embargo did not end without a fix.
    let range: PublishedRange
    let finders: [String]
    let publisher: String
    let time: Timestamp
}

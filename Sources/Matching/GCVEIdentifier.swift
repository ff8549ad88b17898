/// The identifiers of the Global CVE allocation system: `GCVE-<number of the authority>-<year>-<number>`.
///
/// Authority 0 stands for the CVE Program: `GCVE-0-2024-3094` is `CVE-2024-3094`, by definition and without any record that says
/// so (GCVE-BCP-04). All other authorities number on their own, and their identifiers are joined by the aliases of records.
package enum GCVEIdentifier {
    private static let ofCVE = "GCVE-0-"
    private static let cve = "CVE-"

    /// What the identifier is called in the other system; nil where it has no name there.
    package static func counterpart(of identifier: String) -> String? {
        if identifier.hasPrefix(ofCVE) { return cve + identifier.dropFirst(ofCVE.count) }
        if identifier.hasPrefix(cve) { return ofCVE + identifier.dropFirst(cve.count) }
        return nil
    }

    /// The name by which the vulnerability is better known: that of the CVE Program where it has one.
    static func preferred(_ identifier: String) -> String {
        identifier.hasPrefix(ofCVE) ? counterpart(of: identifier) ?? identifier : identifier
    }
}

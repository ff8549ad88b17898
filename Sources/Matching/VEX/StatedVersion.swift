import AdvisoryFormats
import PackageIdentity

/// A version, or a range of versions, of a product of a statement.
struct StatedVersion: Sendable {
    let text: String
    let isRange: Bool
    /// Nil where the text is no VERS range: nobody can say what lies in it.
    let range: VersRange?
    private let status: String?

    init(_ version: VEXVersion) {
        text = version.text
        isRange = version.isRange
        range = version.isRange ? try? VersRange(parsing: version.text) : nil
        status = version.status
    }

    var isUnreadable: Bool { isRange && range == nil }

    /// `*` names no version in particular.
    var isEveryVersion: Bool { range.map { $0.isStar && $0.type != "none" } ?? false }

    /// CycloneDX says of each version whether it is affected, beside the analysis (ECMA-424, `affects[].versions[].status`).
    /// Where the two contradict each other nothing follows for the version.
    func speaks(for statement: VEXStatement.Status) -> Bool {
        switch statement {
        case .notAffected, .fixed: status == nil || status == "unaffected"
        case .affected: status == nil || status == "affected"
        case .underInvestigation: true
        }
    }

    func containment(of target: VEXTarget) -> Containment {
        if isEveryVersion { return .contained }
        guard let version = target.version else { return .unknown }
        guard isRange else { return target.isInstalled(text) ? .contained : .notContained }
        switch range?.containment(of: version) {
        case .contained: return .contained
        case .notContained: return .notContained
        case .unknown, nil: return .unknown
        }
    }

    enum Containment { case contained, notContained, unknown }
}

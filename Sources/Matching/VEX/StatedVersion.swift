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

    /// - Parameter status: what the statement says; where it suppresses, nobody can say whether another build is meant too.
    func containment(of target: VEXTarget, as status: VEXStatement.Status) -> Containment {
        if isEveryVersion { return .contained }
        guard let version = target.version else { return .unknown }
        if status.suppresses, namesOtherBuild(of: version, target.scheme) { return .unknown }
        guard isRange else { return target.isInstalled(text, as: status) ? .contained : .notContained }
        if target.isEpochOpen { return .unknown }
        switch range?.containment(of: version) {
        case .contained: return .contained
        case .notContained: return .notContained
        case .unknown, nil: return .unknown
        }
    }

    /// Whether the version, or a bound of the range, is an installed version but for the build.
    private func namesOtherBuild(of version: String, _ scheme: VersionScheme) -> Bool {
        guard isRange else { return scheme.ignoresDifference(of: text, from: version) }
        guard let range else { return false }
        return range.constraints.contains { range.versionScheme.ignoresDifference(of: $0.version, from: version) }
    }

    enum Containment { case contained, notContained, unknown }
}

import AdvisoryFormats
import Matching
import PackageIdentity

/// The versions an order calls affected, in the ecosystem's own scheme. OSV and CSAF are both written from it.
///
/// It is built only where the operators' matching (`RangeBuilder`) finds exactly this one range without a doubt, so that what
/// is published can be answered by everybody.
struct PublishedRange {
    let ecosystem: Ecosystem
    /// How OSV says that the versions compare.
    let kind: OSVRange.Kind
    let introduced: String
    /// The first version that is not affected; nil where there is none.
    let fixed: String?

    /// - Throws: `malformed` with the place where the scheme has no order for a version, or no version lies in the range.
    init(_ order: PublicationOrder, fixedVersion: String?) throws(Refusal) {
        ecosystem = Ecosystem(order.ecosystem)
        kind = PublishedRange.kind(in: ecosystem)
        introduced = order.introduced
        fixed = fixedVersion
        try require(introduced, .introduced, place: "/introduced")
        guard let fixed else { return }
        try require(fixed, .fixed, place: PublishedRange.placeOfFix)
        let range = ranges([.init(.introduced, introduced), .init(.fixed, fixed)]).first
        guard range?.end.fixedText == fixed else {
            throw Refusal(
                .malformed, "no version lies between \(introduced) and the fixed version \(fixed)", place: "/introduced"
            )
        }
    }

    /// The fixed version stands in the fix that the vendor attached to the case, not in the order.
    private static let placeOfFix = "fixedVersion of the case's fix"

    /// The ecosystems whose ranges OSV.dev writes with the type `SEMVER`. Others are ordered by rules of their own, which may
    /// be SemVer's too; `GIT` has no order of its own, so its projects are published by SemVer (docs/decisions/0004).
    private static let semverEcosystems: Set<String> = [
        "Bitnami", "crates.io", "GIT", "Go", "Hex", "Julia", "npm", "SwiftURL"
    ]

    private static func kind(in ecosystem: Ecosystem) -> OSVRange.Kind {
        semverEcosystems.contains(ecosystem.name) ? .semver : .ecosystem
    }

    private func ranges(_ events: [RangeEvent]) -> [VersionRange] {
        RangeBuilder(kind == .semver ? .semver : .ecosystem, in: ecosystem).ranges(for: events)
    }

    private func require(_ version: String, _ event: RangeEvent.Kind, place: String) throws(Refusal) {
        // "Versions in SEMVER ranges have no leading v" (https://ossf.github.io/osv-schema/#affectedrangestype-field).
        if kind == .semver, version.utf8.first.map({ !(0x30...0x39).contains($0) }) ?? true {
            throw Refusal(.malformed, "a version of \(ecosystem) begins with a digit here: \(version)", place: place)
        }
        let alone = event == .introduced ? [RangeEvent(event, version)] : [RangeEvent(.introduced, "0"), .init(event, version)]
        guard let doubt = ranges(alone).lazy.compactMap(\.doubt).first else { return }
        throw Refusal(.malformed, "\(doubt) The ecosystem is \(ecosystem).", place: place)
    }
}

extension PublishedRange {
    var events: [OSVEvent] {
        [OSVEvent(.introduced, introduced)] + (fixed.map { [OSVEvent(.fixed, $0)] } ?? [])
    }

    /// The same range as a VERS expression (https://packageurl.org/docs/vers/introduction) in the scheme of a purl type.
    func vers(_ type: String) -> String {
        let bounds = [introduced == "0" ? nil : (">=", introduced), fixed.map { ("<", $0) }].compactMap(\.self)
        let constraints = bounds.map { $0 + PercentEncoding.encode($1) }.joined(separator: "|")
        return "vers:\(type)/\(constraints.isEmpty ? "*" : constraints)"
    }
}

import PackageIdentity

@testable import Matching

/// Just enough of an OSV record to judge matching by real data; the format itself is read elsewhere.
struct CorpusRecord {
    let identifier: String
    let aliases: [String]
    let affected: [AffectedPackage]
    let isWithdrawn: Bool

    init(_ record: [String: Any]) {
        identifier = record["id"] as? String ?? ""
        aliases = record["aliases"] as? [String] ?? []
        isWithdrawn = record["withdrawn"] != nil
        affected = (record["affected"] as? [[String: Any]] ?? []).compactMap(Self.package)
    }

    var advisory: IndexedAdvisory {
        IndexedAdvisory(id: identifier, aliases: aliases, isWithdrawn: isWithdrawn, affected: affected)
    }

    private static func package(_ affected: [String: Any]) -> AffectedPackage? {
        guard let package = affected["package"] as? [String: Any], let name = package["name"] as? String,
            let ecosystem = (package["ecosystem"] as? String).map({ Ecosystem($0) })
        else { return nil }
        let ranges = (affected["ranges"] as? [[String: Any]] ?? []).flatMap { range -> [VersionRange] in
            guard let kind = RangeBuilder.Kind(rawValue: range["type"] as? String ?? "") else { return [] }
            return RangeBuilder(kind, in: ecosystem).ranges(for: events(range))
        }
        return AffectedPackage(
            ecosystem: ecosystem, name: name, ranges: ranges, explicitVersions: affected["versions"] as? [String] ?? []
        )
    }

    private static func events(_ range: [String: Any]) -> [RangeEvent] {
        (range["events"] as? [[String: String]] ?? []).flatMap { event in
            event.compactMap { kind, version in RangeEvent.Kind(rawValue: kind).map { RangeEvent($0, version) } }
        }
    }
}

import PackageIdentity

@testable import Matching

/// Just enough of an OSV record to judge matching by real data; the format itself is read elsewhere.
struct CorpusRecord {
    let identifier: String
    let aliases: [String]
    let affected: [AffectedPackage]

    init(_ record: [String: Any]) {
        identifier = record["id"] as? String ?? ""
        aliases = record["aliases"] as? [String] ?? []
        let isWithdrawn = record["withdrawn"] != nil
        affected = (record["affected"] as? [[String: Any]] ?? []).compactMap { [identifier] in
            Self.package($0, advisory: identifier, isWithdrawn: isWithdrawn)
        }
    }

    private static func package(_ affected: [String: Any], advisory: String, isWithdrawn: Bool) -> AffectedPackage? {
        guard let package = affected["package"] as? [String: Any], let name = package["name"] as? String,
            let ecosystem = (package["ecosystem"] as? String).map({ Ecosystem($0) })
        else { return nil }
        let ranges = (affected["ranges"] as? [[String: Any]] ?? []).flatMap { range -> [VersionRange] in
            guard let kind = RangeBuilder.Kind(rawValue: range["type"] as? String ?? "") else { return [] }
            return RangeBuilder(kind, in: ecosystem).ranges(for: events(range))
        }
        return AffectedPackage(
            advisory: advisory, ecosystem: ecosystem, name: name, ranges: ranges,
            explicitVersions: affected["versions"] as? [String] ?? [], isWithdrawn: isWithdrawn
        )
    }

    private static func events(_ range: [String: Any]) -> [RangeEvent] {
        (range["events"] as? [[String: String]] ?? []).flatMap { event in
            event.compactMap { kind, version in RangeEvent.Kind(rawValue: kind).map { RangeEvent($0, version) } }
        }
    }
}

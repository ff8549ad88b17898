import AdvisoryFormats
import CivilTime
import JSONText

extension AdvisoryFacts {
    /// The advisory as an OSV record.
    /// - Throws: `malformed` where what the coordinator ordered does not make a valid record, with the place.
    func osvBytes() throws -> [UInt8] {
        guard let modified = WrittenTimestamp(time.description) else {
            throw Refusal(.malformed, "the time of publication can't be written")
        }
        var record = OSVRecord(id: identifier, modified: modified)
        record.schemaVersion = "1.7.3"
        record.published = modified
        record.summary = order.summary
        record.details = order.details
        record.affected = [affected]
        record.credits = finders.map { OSVCredit(name: $0, kind: .finder) }
        if let severity = order.severity {
            record.severity = [OSVSeverity(kind: AdvisoryFacts.kind(ofVector: severity), score: severity)]
        }
        record.databaseSpecific = RawJSON(databaseSpecific)
        do {
            return try record.bytes()
        } catch {
            let first = error.violations.first
            throw Refusal(.malformed, "the advisory would not be valid OSV: \(first?.reason ?? "")", place: first?.pointer)
        }
    }

    private static func kind(ofVector vector: String) -> OSVSeverity.Kind {
        if vector.hasPrefix("CVSS:4") { return .cvss4 }
        return vector.hasPrefix("CVSS:3") ? .cvss3 : .cvss2
    }

    private var affected: OSVAffected {
        OSVAffected(
            package: OSVPackage(ecosystem: order.ecosystem, name: order.name, purl: order.package),
            ranges: [OSVRange(kind: range.kind, events: range.events)]
        )
    }

    private var databaseSpecific: JSONValue {
        var members: [(String, JSONValue)] = []
        if let weakness = order.weakness { members.append(("cwe_ids", [.string(weakness)])) }
        var ssvc: [(String, JSONValue)] = []
        if let known = order.knownExploited { ssvc.append(("knownExploited", .string(known))) }
        if let automatable = order.automatable { ssvc.append(("automatable", .string(automatable))) }
        if let impact = order.technicalImpact { ssvc.append(("technicalImpact", .string(impact))) }
        if !ssvc.isEmpty { members.append(("ssvc", .object(JSONObject(ssvc)))) }
        members.append(("publisher", .string(publisher)))
        return .object(JSONObject(members))
    }
}

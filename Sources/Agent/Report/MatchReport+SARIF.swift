import JSONText
import Matching
import PackageIdentity

extension InventoryMatching {
    /// The report as a SARIF 2.1.0 log (OASIS): a rule an advisory, a result a component: a failure of level `error` for what is
    /// affected, and for what can't be decided one that asks for a `review`, which has no level (3.27.9, 3.27.10). Its properties name
    /// the component, the rule of matching that decided, and where a range begins and ends (`introduced`, `fixed`, `lastAffected`,
    /// `limit`). What was not compared, inventories that break their schema, and inventories and VEX documents that could not be
    /// read, are notifications of the invocation (3.20.21); in the last case it was not successful. What a VEX statement suppresses is a result with a
    /// suppression that is kept elsewhere (3.35).
    ///
    /// Everything is matched twice: the rules stand before the results that refer to them.
    /// - Parameter output: takes the text in parts of about a megabyte; of an advisory its number is kept, of a match nothing.
    /// - Returns: how many matches say what.
    @discardableResult
    package mutating func writeSARIF(of inventories: [Inventory], to output: ([UInt8]) throws -> Void) rethrows -> MatchCounts {
        var counts = MatchCounts()
        var writer = JSONWriter.ofParts()
        writer.beginObject()
        writer.member("$schema", "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json")
        writer.member("version", "2.1.0")
        writer.key("runs")
        writer.beginArray()
        writer.beginObject()
        let rules = try writeTool(of: inventories, &writer, output)
        writer.key("invocations")
        writer.array([invocation(of: inventories)]) { writer, invocation in invocation.write(&writer) }
        writer.key("artifacts")
        writer.array(inventories) { writer, inventory in
            writer.object { writer in
                writer.object("location") { writer in writer.member("uri", Self.uri(inventory.source)) }
            }
        }
        writer.key("results")
        writer.beginArray()
        // "Either all or none" of the results of a run say whether they are suppressed (3.27.23).
        let saysSuppressions = !vex.sources.isEmpty
        try forEachEntry(of: inventories) { entry in
            counts.add(entry)
            let place = Place(inventory: inventories[entry.source].source, rule: rules[entry.match.advisory] ?? 0)
            Self.result(entry, at: place, saysSuppressions, &writer)
            try writer.flushPart(output)
        }
        writer.endArray()
        writer.endObject()
        writer.endArray()
        writer.endObject()
        try writer.flush(output)
        return counts
    }

    /// Writes the tool with a rule for each advisory that a result will refer to.
    /// - Returns: the number of each rule, by its advisory.
    private mutating func writeTool(
        of inventories: [Inventory], _ writer: inout JSONWriter, _ output: ([UInt8]) throws -> Void
    ) rethrows -> [String: Int] {
        var rules: [String: Int] = [:]
        writer.key("tool")
        writer.beginObject()
        writer.key("driver")
        writer.beginObject()
        writer.member("name", "Breakwater")
        writer.key("rules")
        writer.beginArray()
        try forEachEntry(of: inventories) { entry in
            guard rules[entry.match.advisory] == nil else { return }
            rules[entry.match.advisory] = rules.count
            Self.rule(entry, &writer)
            try writer.flushPart(output)
        }
        writer.endArray()
        writer.endObject()
        writer.endObject()
        return rules
    }

    private struct Invocation {
        let isSuccessful: Bool
        let notes: [(level: String, text: String)]

        func write(_ writer: inout JSONWriter) {
            writer.object { writer in
                writer.member("executionSuccessful", isSuccessful)
                writer.array("toolExecutionNotifications", ifNotEmpty: notes) { writer, note in
                    writer.object { writer in
                        writer.member("level", note.level)
                        writer.object("message") { writer in writer.member("text", note.text) }
                    }
                }
            }
        }
    }

    private func invocation(of inventories: [Inventory]) -> Invocation {
        let sources = inventories.map { MatchReport.Source($0) }
        let notCompared = NotCompared(sources, unknownToIndex: unknownToIndex(of: sources), vex: vex)
        let warnings = sources.compactMap(\.invalidityWithName) + notCompared.sentences
        return Invocation(
            isSuccessful: notCompared.failures.isEmpty,
            notes: notCompared.failures.map { ("error", $0) } + warnings.map { ("warning", $0) }
        )
    }

    private static func rule(_ entry: MatchReport.Entry, _ writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("id", entry.match.advisory)
            writer.object("shortDescription") { writer in writer.member("text", entry.match.summary ?? entry.match.advisory) }
            writer.object("properties") { writer in writer.member("aliases", ifNotEmpty: entry.names) }
        }
    }

    /// What a result refers to.
    private struct Place {
        let inventory: String
        let rule: Int
    }

    private static func result(
        _ entry: MatchReport.Entry, at place: Place, _ saysSuppressions: Bool, _ writer: inout JSONWriter
    ) {
        writer.object { writer in
            writer.member("ruleId", entry.match.advisory)
            writer.member("ruleIndex", Int64(place.rule))
            writer.member("kind", entry.match.reason == nil ? "fail" : "review")
            writer.member("level", entry.match.reason == nil ? "error" : "none")
            writer.object("message") { writer in writer.member("text", sentence(entry)) }
            writer.key("locations")
            writer.array([entry.source]) { writer, number in
                writer.object { writer in
                    writer.object("physicalLocation") { writer in
                        writer.object("artifactLocation") { writer in
                            writer.member("uri", Self.uri(place.inventory))
                            writer.member("index", Int64(number))
                        }
                    }
                }
            }
            writer.object("partialFingerprints") { writer in
                writer.member("breakwater/v1", "\(entry.match.advisory) \(entry.component.ecosystem) \(entry.component.name)")
            }
            writer.object("properties") { writer in
                writer.member("component", entry.component.reference)
                writer.member("rule", entry.match.evidence.rule.rawValue)
                entry.match.evidence.range?.write(.ofSARIF, &writer)
                entry.signals.write(&writer)
            }
            if saysSuppressions { suppressions(entry, &writer) }
        }
    }

    private static func suppressions(_ entry: MatchReport.Entry, _ writer: inout JSONWriter) {
        writer.key("suppressions")
        writer.array(entry.isSuppressed ? [entry.statement].compactMap { $0 } : []) { writer, statement in
            writer.object { writer in
                writer.member("kind", "external")
                writer.member("status", "accepted")
                writer.member("justification", "\(statement.reason) (\(statement.source))")
            }
        }
    }

    private static func sentence(_ entry: MatchReport.Entry) -> String {
        let component = "\(entry.component.displayName) \(entry.component.version ?? "of an unknown version")"
        let fix = entry.match.fixedVersion.map { "; fixed in \($0)" } ?? ""
        let remark = entry.statement.flatMap { entry.isSuppressed ? nil : " \($0.remark)" } ?? ""
        guard let reason = entry.match.reason else {
            return "\(component) is affected by \(entry.match.advisory): \(entry.match.evidence.text)\(fix).\(remark)"
        }
        return "Whether \(component) is affected by \(entry.match.advisory) can't be decided: \(reason)\(remark)"
    }

    /// A relative reference (RFC 3986): what is no unreserved character or slash is percent-encoded.
    private static func uri(_ name: String) -> String {
        let kept = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/".utf8)
        let digits = Array("0123456789ABCDEF".utf8)
        let bytes = name.utf8.flatMap { byte in
            kept.contains(byte) ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

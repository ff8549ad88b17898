import AdvisoryFormats
import JSONText
import Matching
import PackageIdentity

extension InventoryMatching {
    /// The report for programs: `{"inventories": […], "matches": […], "advisories": N}`.
    ///
    /// An inventory has its `name`, how many `components` it lists, the `problems` with its entries in words, `not_compared` (`reason`,
    /// `count`, `names` of the first of them), `invalid` where it breaks its schema, and an `error` where it could not be read at all. `unknown_to_index` lists the
    /// ecosystems that the index knows no advisory of, with the number of components, where there are such.
    ///
    /// A match has the component (`inventory`, `name`, `version`, `ecosystem`, `purl`), the `advisory`, all `names` of the
    /// vulnerability, `verdict` (`affected` or `unknown`, then with a `reason`), the `fixed` version where one is named, and the
    /// `evidence`: the `rule` that decided, the advisory's own `text`, and of a range where it begins (`introduced`) and ends (`fixed`,
    /// `last_affected` or `limit`), as the advisory writes it. `known_exploited` (`added`, `due`, `ransomware`) and
    /// `epss` (`score`, `percentile`, `date`) stand where the index knows them of one of the names. Where a VEX statement counts
    /// for it, `vex` has what it says (`status`, `justification` in the document's word, `impact`, `action`, `notes`, `author`,
    /// `timestamp`, `document`), and `suppressed` is true where that suppresses it; the `verdict` stays that of the matching.
    /// `statements` lists the VEX documents, where some were named: `name`, how many `statements`, the `problems` with them in words, and
    /// an `error` where the document could not be read.
    /// - Parameter output: takes the text in parts of about a megabyte; no match is kept behind its text.
    /// - Returns: how many matches say what.
    @discardableResult
    package mutating func writeJSON(of inventories: [Inventory], to output: ([UInt8]) throws -> Void) rethrows -> MatchCounts {
        let sources = inventories.map { MatchReport.Source($0) }
        var counts = MatchCounts()
        var writer = JSONWriter.ofParts()
        writer.beginObject()
        writer.key("inventories")
        writer.array(sources) { writer, source in
            writer.object { writer in
                writer.member("name", source.name)
                writer.member("components", Int64(source.componentCount))
                writer.member("problems", ifNotEmpty: source.problems)
                writer.member("invalid", ifPresent: source.invalidity)
                source.comparability.write(&writer)
                writer.member("error", ifPresent: source.failure)
            }
        }
        writer.array("unknown_to_index", ifNotEmpty: unknownToIndex(of: sources)) { writer, unknown in
            writer.object { writer in
                writer.member("ecosystem", unknown.ecosystem.description)
                writer.member("components", Int64(unknown.count))
            }
        }
        writer.array("statements", ifNotEmpty: vex.sources) { writer, source in
            writer.object { writer in
                writer.member("name", source.name)
                writer.member("statements", Int64(source.statementCount))
                writer.member("problems", ifNotEmpty: source.problems)
                writer.member("error", ifPresent: source.failure)
            }
        }
        writer.key("matches")
        writer.beginArray()
        try forEachEntry(of: inventories) { entry in
            counts.add(entry)
            Self.write(entry, of: inventories[entry.source], &writer)
            try writer.flushPart(output)
        }
        writer.endArray()
        writer.member("advisories", Int64(advisoryCount))
        writer.endObject()
        try writer.flush(output)
        return counts
    }

    private static func write(_ entry: MatchReport.Entry, of inventory: Inventory, _ writer: inout JSONWriter) {
        writer.object { writer in
            writer.object("component") { writer in
                writer.member("inventory", inventory.source)
                writer.member("name", entry.component.displayName)
                writer.member("version", ifPresent: entry.component.version)
                writer.member("ecosystem", entry.component.ecosystem.description)
                writer.member("purl", ifPresent: entry.component.purl)
            }
            writer.member("advisory", entry.match.advisory)
            writer.member("names", ifNotEmpty: entry.names)
            writer.member("summary", ifPresent: entry.match.summary)
            writer.member("verdict", entry.match.reason == nil ? "affected" : "unknown")
            writer.member("reason", ifPresent: entry.match.reason)
            writer.member("fixed", ifPresent: entry.match.fixedVersion)
            writer.object("evidence") { writer in
                writer.member("rule", entry.match.evidence.rule.rawValue)
                writer.member("text", entry.match.evidence.text)
                entry.match.evidence.range?.write(.ofJSON, &writer)
            }
            entry.signals.write(&writer)
            if let statement = entry.statement { Self.write(statement, &writer) }
        }
    }

    private static func write(_ statement: VEXStatement, _ writer: inout JSONWriter) {
        if statement.status.suppresses { writer.member("suppressed", true) }
        writer.object("vex") { writer in
            writer.member("status", statement.status.rawValue)
            writer.member("justification", ifPresent: statement.justification?.written)
            writer.member("impact", ifPresent: statement.impactStatement)
            writer.member("action", ifPresent: statement.actionStatement)
            writer.member("notes", ifPresent: statement.statusNotes)
            writer.member("author", ifPresent: statement.author)
            writer.member("timestamp", ifPresent: statement.timestamp?.text)
            writer.member("document", statement.documentID)
        }
    }
}

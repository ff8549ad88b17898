import JSONText
import Matching
import PackageIdentity

extension InventoryMatching {
    /// The report as a CycloneDX 1.6 document (ECMA-424) of vulnerabilities: one a vulnerability, with the components it concerns
    /// by their package URL and whether the version is affected.
    ///
    /// `analysis` is that of the VEX statement that counts. Without one its state is `in_triage`: that a version is affected says
    /// nothing of whether anybody can exploit it here. A vulnerability stands once for all components of which the same is said; its
    /// `detail` has the evidence of each, or why it can't be decided. What was not compared or read, and which inventories break their
    /// schema, stands among the properties of the metadata.
    ///
    /// Everything is matched twice: the components stand before the vulnerabilities, and a vulnerability where it is met first.
    /// - Parameter output: takes the text in parts of about a megabyte; nothing is kept of a match but what a vulnerability says of a
    ///   second component and those after it, and the names of what was met.
    /// - Returns: how many matches say what.
    @discardableResult
    package mutating func writeCycloneDX(of inventories: [Inventory], to output: ([UInt8]) throws -> Void) rethrows -> MatchCounts
    {
        var counts = MatchCounts()
        var writer = JSONWriter.ofParts()
        writer.beginObject()
        writer.member("bomFormat", "CycloneDX")
        writer.member("specVersion", "1.6")
        writer.member("version", 1)
        writeMetadata(of: inventories, &writer)
        var repeated = try writeComponents(of: inventories, &writer, output)
        writer.key("vulnerabilities")
        writer.beginArray()
        try forEachEntry(of: inventories) { entry in
            counts.add(entry)
            let analysed = AnalysedVulnerability.Key(entry)
            guard repeated[analysed]?.isWritten != true else { return }
            var vulnerability = AnalysedVulnerability(entry)
            if let further = repeated[analysed] {
                vulnerability.add(further)
                repeated[analysed] = .written
            }
            vulnerability.write(&writer)
            try writer.flushPart(output)
        }
        writer.endArray()
        writer.endObject()
        try writer.flush(output)
        return counts
    }

    /// What was not compared, which ECMA-424 has no member for.
    private func writeMetadata(of inventories: [Inventory], _ writer: inout JSONWriter) {
        let sources = inventories.map { MatchReport.Source($0) }
        let notCompared = NotCompared(sources, unknownToIndex: unknownToIndex(of: sources), vex: vex)
        let properties =
            notCompared.failures.map { ("not_read", $0) } + sources.compactMap(\.invalidityWithName).map { ("invalid", $0) }
            + notCompared.obstacles.map { ("not_compared:\($0.obstacle.rawValue)", $0.text) }
            + notCompared.ecosystems.prefix(Comparability.Entries.maximumNames).map { ("unknown_to_index", $0) }
        guard !properties.isEmpty else { return }
        writer.object("metadata") { writer in
            writer.key("properties")
            writer.array(properties) { writer, property in
                writer.object { writer in
                    writer.member("name", "breakwater:" + property.0)
                    writer.member("value", property.1)
                }
            }
        }
    }

    /// Writes the components that something concerns, each once.
    /// - Returns: of each vulnerability that concerns several of them, what is to be said of those after the first.
    private mutating func writeComponents(
        of inventories: [Inventory], _ writer: inout JSONWriter, _ output: ([UInt8]) throws -> Void
    ) rethrows -> [AnalysedVulnerability.Key: AnalysedVulnerability.Further] {
        var (references, met): (Set<String>, Set<AnalysedVulnerability.Key>) = ([], [])
        var repeated: [AnalysedVulnerability.Key: AnalysedVulnerability.Further] = [:]
        writer.key("components")
        writer.beginArray()
        try forEachEntry(of: inventories) { entry in
            let analysed = AnalysedVulnerability.Key(entry)
            if !met.insert(analysed).inserted { repeated[analysed, default: .none].add(entry) }
            guard references.insert(entry.component.reference).inserted else { return }
            writer.object { writer in
                writer.member("type", "library")
                writer.member("bom-ref", entry.component.reference)
                writer.member("name", entry.component.displayName)
                writer.member("version", ifPresent: entry.component.version)
                writer.member("purl", ifPresent: entry.component.purl)
            }
            try writer.flushPart(output)
        }
        writer.endArray()
        return repeated
    }
}

extension Component {
    /// What tells it from others, for programs.
    var reference: String { purl ?? "\(ecosystem)/\(name)@\(version ?? "")" }
}

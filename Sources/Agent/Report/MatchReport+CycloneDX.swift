import AdvisoryFormats
import CivilTime
import JSONText
import Matching
import PackageIdentity

extension MatchReport {
    /// The report as a CycloneDX 1.6 document (ECMA-424) of vulnerabilities: one a vulnerability, with the components it concerns
    /// by their package URL and whether the version is affected.
    ///
    /// `analysis` is that of the VEX statement that counts. Without one its state is `in_triage`: that a version is affected says
    /// nothing of whether anybody can exploit it here. A vulnerability stands once for all components of which the same is said; its
    /// `detail` has the evidence of each, or why it can't be decided. What was not compared or read stands among
    /// the properties of the metadata.
    package var cycloneDX: [UInt8] {
        let groups = Dictionary(grouping: entries, by: Analysed.init)
        var seen: Set<Analysed> = []
        let order = entries.map(Analysed.init).filter { seen.insert($0).inserted }
        var writer = JSONWriter(reservingCapacity: 768 * entries.count + 4_096)
        writer.object { writer in
            writer.member("bomFormat", "CycloneDX")
            writer.member("specVersion", "1.6")
            writer.member("version", 1)
            metadata(&writer)
            writer.key("components")
            writer.array(components) { writer, component in
                writer.object { writer in
                    writer.member("type", "library")
                    writer.member("bom-ref", component.reference)
                    writer.member("name", component.displayName)
                    writer.member("version", ifPresent: component.version)
                    writer.member("purl", ifPresent: component.purl)
                }
            }
            writer.key("vulnerabilities")
            writer.array(order) { writer, analysed in vulnerability(analysed, groups[analysed] ?? [], &writer) }
        }
        return writer.finish()
    }

    /// What was not compared, which ECMA-424 has no member for.
    private func metadata(_ writer: inout JSONWriter) {
        let notCompared = NotCompared(sources, unknownToIndex: unknownToIndex, vex: vex)
        let properties =
            notCompared.failures.map { ("not_read", $0) }
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

    /// A vulnerability and what is said of it.
    private struct Analysed: Hashable {
        let names: [String]
        let statement: VEXStatement?

        init(_ entry: Entry) {
            names = entry.names
            statement = entry.statement
        }
    }

    /// The components that something concerns, each once.
    private var components: [Component] {
        var seen: Set<String> = []
        return entries.map(\.component).filter { seen.insert($0.reference).inserted }
    }

    private func vulnerability(_ analysed: Analysed, _ entries: [Entry], _ writer: inout JSONWriter) {
        let names = analysed.names
        let id = names.first { $0.hasPrefix("CVE-") } ?? entries.first?.match.advisory ?? ""
        writer.object { writer in
            writer.member("id", id)
            let others = names.filter { $0 != id }
            if !others.isEmpty {
                writer.key("references")
                writer.array(others) { writer, other in
                    writer.object { writer in
                        writer.member("id", other)
                        writer.object("source") { writer in writer.member("name", other.prefix { $0 != "-" }.description) }
                    }
                }
            }
            if let epss = entries.first?.signals.epss { Self.rating(epss, &writer) }
            writer.member("description", ifPresent: entries.lazy.compactMap(\.match.summary).first)
            writer.object("analysis") { writer in
                let evidence = Self.evidence(entries)
                guard let statement = analysed.statement else {
                    writer.member("state", "in_triage")
                    writer.member("detail", evidence)
                    return
                }
                writer.member("state", statement.status.cycloneDXState)
                writer.member("justification", ifPresent: statement.justification?.cycloneDXWord)
                writer.member("detail", Self.detail(statement, evidence))
                writer.member("lastUpdated", ifPresent: statement.timestamp?.text)
            }
            writer.key("affects")
            writer.array(Self.affects(entries)) { writer, affect in
                writer.object { writer in
                    writer.member("ref", affect.reference)
                    writer.key("versions")
                    writer.array([affect]) { writer, affect in
                        writer.object { writer in
                            writer.member("version", affect.version)
                            writer.member("status", affect.status)
                        }
                    }
                }
            }
            if let exploited = entries.first?.signals.exploited { Self.properties(exploited, &writer) }
        }
    }

    /// How likely the vulnerability is exploited. ECMA-424 has no method for such scores: `other`, and the source says which.
    private static func rating(_ epss: EPSSEstimate, _ writer: inout JSONWriter) {
        writer.key("ratings")
        writer.array([epss]) { writer, epss in
            writer.object { writer in
                writer.object("source") { writer in
                    writer.member("name", "EPSS")
                    writer.member("url", "https://www.first.org/epss/")
                }
                writer.member("score", share: epss.score)
                writer.member("method", "other")
                writer.member("justification", "probability of exploitation within 30 days, as of \(epss.date)")
            }
        }
    }

    /// That it is known to be exploited, which ECMA-424 has no member for.
    private static func properties(_ exploited: KnownExploitation, _ writer: inout JSONWriter) {
        let properties = [
            ("added", exploited.added.description), ("due", exploited.due.description), ("ransomware", exploited.ransomware)
        ]
        writer.key("properties")
        writer.array(properties.filter { $0.1 != nil }) { writer, property in
            writer.object { writer in
                writer.member("name", "breakwater:known_exploited:\(property.0)")
                writer.member("value", ifPresent: property.1)
            }
        }
    }

    /// Why, and who says so; with the document's own word where CycloneDX has only one that is near it.
    private static func detail(_ statement: VEXStatement, _ evidence: String) -> String {
        let own = statement.justification.flatMap { $0.written == $0.cycloneDXWord ? nil : $0.written }
        let words = [own, statement.impactStatement, statement.actionStatement, statement.statusNotes].compactMap { $0 }
        let said = words.isEmpty ? evidence : words.joined(separator: "; ")
        return "\(said) (\(statement.source), \(statement.documentID))"
    }

    private struct Affect {
        let reference: String
        let version: String
        let isSuppressed: Bool
        var isAffected: Bool

        var status: String { isSuppressed ? "unaffected" : isAffected ? "affected" : "unknown" }
    }

    /// Each component once: affected where one advisory of the vulnerability says so.
    private static func affects(_ entries: [Entry]) -> [Affect] {
        var affects: [Affect] = []
        var places: [String: Int] = [:]
        for entry in entries {
            let reference = entry.component.reference
            let isAffected = entry.match.reason == nil
            if let place = places[reference] {
                affects[place].isAffected = affects[place].isAffected || isAffected
            } else {
                places[reference] = affects.count
                affects.append(
                    Affect(
                        reference: reference, version: entry.component.version ?? "", isSuppressed: entry.isSuppressed,
                        isAffected: isAffected
                    )
                )
            }
        }
        return affects
    }

    /// Why, component by component; once where it is the same for all.
    private static func evidence(_ entries: [Entry]) -> String {
        var order: [String] = []
        var references: [String: [String]] = [:]
        var seen: Set<[String]> = []
        for entry in entries {
            let text = entry.match.reason.map { "can't be decided: \($0)" } ?? entry.match.evidence.text
            guard seen.insert([text, entry.component.reference]).inserted else { continue }
            if references[text] == nil { order.append(text) }
            references[text, default: []].append(entry.component.reference)
        }
        if order.count == 1 { return order[0] }
        return order.map { "\((references[$0] ?? []).joined(separator: ", ")): \($0)" }.joined(separator: "\n")
    }
}

extension Component {
    /// What tells it from others, for programs.
    var reference: String { purl ?? "\(ecosystem)/\(name)@\(version ?? "")" }
}

extension VEXStatement.Status {
    /// The state of ECMA-424 (`impactAnalysisState`) that says the same.
    fileprivate var cycloneDXState: String {
        switch self {
        case .notAffected: "not_affected"
        case .fixed: "resolved"
        case .affected: "exploitable"
        case .underInvestigation: "in_triage"
        }
    }
}

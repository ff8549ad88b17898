import JSONText
import Matching
import PackageIdentity

extension MatchReport {
    /// The report as a CycloneDX 1.6 document (ECMA-424) of vulnerabilities: one a vulnerability, with the components it concerns
    /// by their package URL and whether the version is affected.
    ///
    /// `analysis.state` is `in_triage` throughout: that a version is affected says nothing of whether anybody can exploit it here.
    package var cycloneDX: [UInt8] {
        let groups = Dictionary(grouping: entries) { $0.names }
        var seen: Set<[String]> = []
        let order = entries.map(\.names).filter { seen.insert($0).inserted }
        var writer = JSONWriter(reservingCapacity: 768 * entries.count + 4_096)
        writer.object { writer in
            writer.member("bomFormat", "CycloneDX")
            writer.member("specVersion", "1.6")
            writer.member("version", 1)
            writer.key("components")
            writer.array(components) { writer, component in
                writer.object { writer in
                    writer.member("type", "library")
                    writer.member("bom-ref", Self.reference(component))
                    writer.member("name", component.displayName)
                    writer.member("version", ifPresent: component.version)
                    writer.member("purl", ifPresent: component.purl)
                }
            }
            writer.key("vulnerabilities")
            writer.array(order) { writer, names in vulnerability(names, groups[names] ?? [], &writer) }
        }
        return writer.finish()
    }

    /// The components that something concerns, each once.
    private var components: [Component] {
        var seen: Set<String> = []
        return entries.map(\.component).filter { seen.insert(Self.reference($0)).inserted }
    }

    private func vulnerability(_ names: [String], _ entries: [Entry], _ writer: inout JSONWriter) {
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
            writer.member("description", ifPresent: entries.lazy.compactMap(\.match.summary).first)
            writer.object("analysis") { writer in
                writer.member("state", "in_triage")
                writer.member("detail", entries.map { $0.match.reason ?? $0.match.evidence.text }.first ?? "")
            }
            writer.key("affects")
            writer.array(Self.affects(entries)) { writer, affect in
                writer.object { writer in
                    writer.member("ref", affect.reference)
                    writer.key("versions")
                    writer.array([affect]) { writer, affect in
                        writer.object { writer in
                            writer.member("version", affect.version)
                            writer.member("status", affect.isAffected ? "affected" : "unknown")
                        }
                    }
                }
            }
        }
    }

    private struct Affect {
        let reference: String
        let version: String
        var isAffected: Bool
    }

    /// Each component once: affected where one advisory of the vulnerability says so.
    private static func affects(_ entries: [Entry]) -> [Affect] {
        var affects: [Affect] = []
        var places: [String: Int] = [:]
        for entry in entries {
            let reference = reference(entry.component)
            let isAffected = entry.match.reason == nil
            if let place = places[reference] {
                affects[place].isAffected = affects[place].isAffected || isAffected
            } else {
                places[reference] = affects.count
                affects.append(Affect(reference: reference, version: entry.component.version ?? "", isAffected: isAffected))
            }
        }
        return affects
    }

    private static func reference(_ component: Component) -> String {
        component.purl ?? "\(component.ecosystem)/\(component.name)@\(component.version ?? "")"
    }
}

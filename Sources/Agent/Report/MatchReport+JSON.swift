import JSONText
import Matching
import PackageIdentity

extension MatchReport {
    /// The report for programs: `{"inventories": […], "matches": […], "advisories": N}`.
    ///
    /// A match has the component (`inventory`, `name`, `version`, `ecosystem`, `purl`), the `advisory`, all `names` of the
    /// vulnerability, `verdict` (`affected` or `unknown`, then with a `reason`), the `fixed` version where one is named, and the
    /// `evidence`: the `rule` that decided and the advisory's own `text`.
    package var json: [UInt8] {
        var writer = JSONWriter(reservingCapacity: 512 * entries.count + 4_096)
        writer.object { writer in
            writer.key("inventories")
            writer.array(sources) { writer, source in
                writer.object { writer in
                    writer.member("name", source.name)
                    writer.member("components", Int64(source.componentCount))
                    writer.member("problems", ifNotEmpty: source.problems)
                }
            }
            writer.key("matches")
            writer.array(entries) { writer, entry in write(entry, &writer) }
            writer.member("advisories", Int64(advisoryCount))
        }
        return writer.finish()
    }

    private func write(_ entry: Entry, _ writer: inout JSONWriter) {
        writer.object { writer in
            writer.object("component") { writer in
                writer.member("inventory", sources[entry.source].name)
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
            }
        }
    }
}

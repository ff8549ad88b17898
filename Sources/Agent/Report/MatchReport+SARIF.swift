import JSONText
import Matching
import PackageIdentity

extension MatchReport {
    /// The report as a SARIF 2.1.0 log (OASIS): a rule an advisory, a result a component: a failure of level `error` for what is
    /// affected, and for what can't be decided one that asks for a `review`, which has no level (3.27.9, 3.27.10). Its properties name
    /// the component, the rule of matching that decided, and where a range begins and ends (`introduced`, `fixed`, `lastAffected`, `limit`). What was not compared, and inventories and VEX documents that could not be read, are notifications
    /// of the invocation (3.20.21); in the second case it was not successful. What a VEX statement suppresses is a result with a
    /// suppression that is kept elsewhere (3.35).
    package var sarif: [UInt8] {
        var writer = JSONWriter(reservingCapacity: 768 * entries.count + 4_096)
        writer.object { writer in
            writer.member("$schema", "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json")
            writer.member("version", "2.1.0")
            writer.key("runs")
            writer.array([self]) { writer, report in report.run(&writer) }
        }
        return writer.finish()
    }

    private func run(_ writer: inout JSONWriter) {
        var rules: [String: Int] = [:]
        var firsts: [Entry] = []
        for entry in entries where rules[entry.match.advisory] == nil {
            rules[entry.match.advisory] = firsts.count
            firsts.append(entry)
        }
        writer.object { writer in
            writer.object("tool") { writer in
                writer.object("driver") { writer in
                    writer.member("name", "Breakwater")
                    writer.key("rules")
                    writer.array(firsts) { writer, entry in rule(entry, &writer) }
                }
            }
            writer.key("invocations")
            writer.array([self]) { writer, report in report.invocation(&writer) }
            writer.key("artifacts")
            writer.array(sources) { writer, source in
                writer.object { writer in
                    writer.object("location") { writer in writer.member("uri", Self.uri(source.name)) }
                }
            }
            writer.key("results")
            writer.array(entries) { writer, entry in result(entry, rule: rules[entry.match.advisory] ?? 0, &writer) }
        }
    }

    private func invocation(_ writer: inout JSONWriter) {
        let notCompared = NotCompared(sources, unknownToIndex: unknownToIndex, vex: vex)
        let notes = notCompared.failures.map { ("error", $0) } + notCompared.sentences.map { ("warning", $0) }
        writer.object { writer in
            writer.member("executionSuccessful", notCompared.failures.isEmpty)
            writer.array("toolExecutionNotifications", ifNotEmpty: notes) { writer, note in
                writer.object { writer in
                    writer.member("level", note.0)
                    writer.object("message") { writer in writer.member("text", note.1) }
                }
            }
        }
    }

    private func rule(_ entry: Entry, _ writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("id", entry.match.advisory)
            writer.object("shortDescription") { writer in writer.member("text", entry.match.summary ?? entry.match.advisory) }
            writer.object("properties") { writer in writer.member("aliases", ifNotEmpty: entry.names) }
        }
    }

    private func result(_ entry: Entry, rule: Int, _ writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("ruleId", entry.match.advisory)
            writer.member("ruleIndex", Int64(rule))
            writer.member("kind", entry.match.reason == nil ? "fail" : "review")
            writer.member("level", entry.match.reason == nil ? "error" : "none")
            writer.object("message") { writer in writer.member("text", Self.sentence(entry)) }
            writer.key("locations")
            writer.array([entry.source]) { writer, source in
                writer.object { writer in
                    writer.object("physicalLocation") { writer in
                        writer.object("artifactLocation") { writer in
                            writer.member("uri", Self.uri(sources[source].name))
                            writer.member("index", Int64(source))
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
            // "Either all or none" of the results of a run say whether they are suppressed (3.27.23).
            if !vex.sources.isEmpty { suppressions(entry, &writer) }
        }
    }

    private func suppressions(_ entry: Entry, _ writer: inout JSONWriter) {
        writer.key("suppressions")
        writer.array(entry.isSuppressed ? [entry.statement].compactMap { $0 } : []) { writer, statement in
            writer.object { writer in
                writer.member("kind", "external")
                writer.member("status", "accepted")
                writer.member("justification", "\(statement.reason) (\(statement.source))")
            }
        }
    }

    private static func sentence(_ entry: Entry) -> String {
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

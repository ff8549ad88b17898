import JSONText

/// Writes the document part; products and vulnerabilities are in the extensions. Rules are checked elsewhere.
struct CSAFWriter {
    let advisory: AdvisoryDocument
    private(set) var misfits: [Misfit] = []
    private let isPretty: Bool

    init(_ advisory: AdvisoryDocument, pretty: Bool) {
        self.advisory = advisory
        isPretty = pretty
    }

    mutating func write() -> [UInt8] {
        noteMisfits()
        var writer = JSONWriter(pretty: isPretty)
        writer.object { writer in
            writer.object("document") { document(&$0) }
            if !advisory.products.isEmpty {
                writer.object("product_tree") { CSAFProductTree(advisory.products).write(to: &$0) }
            }
            writer.array("vulnerabilities", ifNotEmpty: advisory.vulnerabilities) { writer, vulnerability in
                writer.object { vulnerability.writeCSAF(to: &$0) }
            }
        }
        return writer.finish()
    }

    private mutating func noteMisfits() {
        if advisory.tlp == .amberStrict {
            let reason = "CSAF 2.0 has no TLP:AMBER+STRICT; written as RED, which is narrower"
            misfits.append(Misfit(pointer: "/document/distribution/tlp/label", reason: reason))
        }
        for (index, vulnerability) in advisory.vulnerabilities.enumerated() {
            for score in vulnerability.scores where score.isBeyondCSAF2 {
                let reason = "CSAF 2.0 has no place for this CVSS version; written as a note: \(score.vector)"
                misfits.append(Misfit(pointer: "/vulnerabilities/\(index)/notes", reason: reason))
            }
        }
    }

    private func document(_ writer: inout JSONWriter) {
        writer.array("acknowledgments", ifNotEmpty: advisory.acknowledgments) { $1.writeCSAF(to: &$0) }
        if let severity = advisory.aggregateSeverity { writer.object("aggregate_severity") { $0.member("text", severity) } }
        writer.member("category", advisory.category.rawValue)
        writer.member("csaf_version", "2.0")
        writer.object("distribution") { distribution(&$0) }
        writer.member("lang", advisory.language)
        writer.array("notes", ifNotEmpty: advisory.notes) { $1.writeCSAF(to: &$0) }
        writer.object("publisher") { publisher(&$0) }
        writer.array("references", ifNotEmpty: advisory.references) { $1.writeCSAF(to: &$0) }
        writer.member("title", advisory.title)
        writer.object("tracking") { tracking(&$0) }
    }

    private func distribution(_ writer: inout JSONWriter) {
        let label = advisory.tlp == .amberStrict ? "Handle as \(AdvisoryTLP.amberStrict.rawValue) (TLP 2.0)." : nil
        let texts = [label, advisory.distribution].compactMap { $0 }
        writer.member("text", ifPresent: texts.isEmpty ? nil : texts.joined(separator: " "))
        writer.object("tlp") { writer in
            writer.member("label", advisory.tlp.csafLabel)
            writer.member("url", "https://www.first.org/tlp/")
        }
    }

    private func publisher(_ writer: inout JSONWriter) {
        let publisher = advisory.publisher
        writer.member("category", publisher.category.rawValue)
        writer.member("contact_details", ifPresent: publisher.contactDetails)
        writer.member("issuing_authority", ifPresent: publisher.issuingAuthority)
        writer.member("name", publisher.name)
        writer.member("namespace", publisher.namespace)
    }

    private func tracking(_ writer: inout JSONWriter) {
        let tracking = advisory.tracking
        writer.member("aliases", ifNotEmpty: tracking.aliases)
        writer.member("current_release_date", ifPresent: tracking.currentReleaseDate?.text)
        if let name = tracking.generatorName {
            writer.object("generator") { writer in
                writer.object("engine") { writer in
                    writer.member("name", name)
                    writer.member("version", ifPresent: tracking.generatorVersion)
                }
            }
        }
        writer.member("id", tracking.id)
        writer.member("initial_release_date", ifPresent: tracking.initialReleaseDate?.text)
        writer.array("revision_history", ifNotEmpty: Array(tracking.revisions.enumerated())) { writer, revision in
            writer.object { writer in
                writer.member("date", revision.element.date.text)
                writer.member("number", String(revision.offset + 1))
                writer.member("summary", revision.element.summary)
            }
        }
        writer.member("status", tracking.status.rawValue)
        writer.member("version", String(tracking.revisions.count))
    }
}

extension AdvisoryTLP {
    /// The labels of CSAF 2.0 are those of TLP 1.0.
    fileprivate var csafLabel: String {
        switch self {
        case .clear: "WHITE"
        case .green: "GREEN"
        case .amber: "AMBER"
        case .amberStrict, .red: "RED"
        }
    }
}

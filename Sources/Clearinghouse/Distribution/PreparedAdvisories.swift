import AdvisoryFormats
import JSONText
import Journal
import Sealing

/// Documents of one source after parsing, with everything done that needs no journal: its writer is one, and all wait for it.
package struct PreparedAdvisories: Sendable {
    let source: String
    private(set) var accepted: [AcceptedDocument] = []
    private(set) var refused: [RefusedDocument] = []

    init(_ documents: [OSVDocument], from source: String, by actor: String) {
        self.source = source
        for document in documents {
            do {
                let record = try OSVRecord(parsing: document.bytes)
                let rows = AdvisoryRows(record)
                // The OSV schema asks for a prefix of an identifier and leaves the rest open.
                guard rows.identifier.canNameStream else {
                    refused.append(RefusedDocument(name: document.name, reason: "/id: an identifier has no control characters"))
                    continue
                }
                accepted.append(AcceptedDocument(rows, document.bytes, from: source, by: actor))
            } catch {
                refused.append(PreparedAdvisories.refusal(of: document, error.violations.map(\.description)))
            }
        }
    }

    /// A record that is refused is named by its own identifier where it has one. Of another format nobody has to know what keeps it from
    /// being OSV: what the clearinghouse publishes again is OSV byte for byte, and another format would be changed on the way.
    private static func refusal(of document: OSVDocument, _ violations: [String]) -> RefusedDocument {
        let refused = RefusedAdvisoryDocument(document.bytes)
        let other = refused.format.flatMap { $0 == .osv ? nil : $0.rawValue }
        return RefusedDocument(
            name: refused.name(document.name),
            reason: other.map {
                "it is of the format \($0), and OSV records are imported; an index takes it (breakwater index add)"
            }
                ?? violations.joined(separator: "; "),
            isForeign: refused.isNoOSV, format: other
        )
    }
}

/// A valid record, as it would be recorded.
struct AcceptedDocument: Sendable {
    let identifier: String
    let modified: Int64
    /// SHA-256 of its bytes, hexadecimal.
    let digest: String
    let draft: RecordDraft

    init(_ rows: AdvisoryRows, _ bytes: [UInt8], from source: String, by actor: String) {
        let content = Content(bytes, derived: rows)
        identifier = rows.identifier
        modified = rows.modified
        digest = content.digest.hex
        draft = DistributionRecords.imported(rows.identifier, osv: content, source: source, by: actor)
    }
}

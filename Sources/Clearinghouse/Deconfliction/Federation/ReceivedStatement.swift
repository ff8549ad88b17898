import AdvisoryFormats
package import CivilTime
package import JSONText
import Journal

/// A claim or a certificate that came in. It changes nothing here: what a hash or a verdict of strangers is worth, a person decides,
/// who is shown what of our own it is about.
package struct ReceivedStatement: Sendable {
    package enum Content: Sendable {
        /// Somebody holds a finding with this salted hash, and can be reached there.
        case claim(hash: String, contact: String)
        /// The advertised fix of an advisory was audited again; `status` is `fixed`, or tells how it failed.
        case certificate(target: String, advisory: String, status: String, commit: String?, audited: Timestamp)
    }

    package let content: Content
    package let received: Timestamp
    package let sequence: Int64
}

extension ReceivedStatement {
    static let columns = "statement, received, sequence"

    /// Nil for a row that no statement of today reads.
    init?(row: SQLRow) throws {
        let members = try JSONValue(parsing: Array(try row.text(0).utf8))
        guard let content = Content(members: members) else { return nil }
        self.init(
            content: content, received: Timestamp(millisecondsSinceEpoch: try row.integer(1)), sequence: try row.integer(2))
    }
}

extension ReceivedStatement.Content {
    /// What makes two statements one: a later certificate about the same fix replaces the earlier one.
    var identity: [String] {
        switch self {
        case .claim(let hash, let contact): ["claim", hash, contact]
        case .certificate(let target, let advisory, _, _, _): ["certificate", target, advisory.uppercased()]
        }
    }

    /// What it is held against here.
    var subject: String {
        switch self {
        case .claim(let hash, _): hash
        case .certificate(_, let advisory, _, _, _): advisory.uppercased()
        }
    }

    /// Nil for a claim, which has no date.
    var audited: Timestamp? {
        switch self {
        case .claim: nil
        case .certificate(_, _, _, _, let audited): audited
        }
    }

    /// For records and answers.
    package var members: [(String, JSONValue)] {
        switch self {
        case .claim(let hash, let contact):
            [("contact", .string(contact)), ("hash", .string(hash)), ("kind", "claim")]
        case .certificate(let target, let advisory, let status, let commit, let audited):
            [
                ("advisory", .string(advisory)), ("audited", .string(audited.description)), ("kind", "certificate"),
                ("status", .string(status)), ("target", .string(target))
            ] + (commit.map { [("commit", .string($0))] } ?? [])
        }
    }

    /// Reads what `members` wrote; nil where one is missing.
    init?(members value: JSONValue) {
        func text(_ name: String) -> String? { value[name]?.string }
        switch text("kind") {
        case "claim":
            guard let hash = text("hash"), let contact = text("contact") else { return nil }
            self = .claim(hash: hash, contact: contact)
        case "certificate":
            guard
                let target = text("target"), let advisory = text("advisory"), let status = text("status"),
                let audited = text("audited").flatMap(Timestamp.init(rfc3339:))
            else { return nil }
            self = .certificate(target: target, advisory: advisory, status: status, commit: text("commit"), audited: audited)
        default: return nil
        }
    }
}

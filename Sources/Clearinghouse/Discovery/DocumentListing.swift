import JSONText
import Journal
import Sealing

/// The results of one tool in one document that belong to one vulnerability.
struct DocumentListing: Hashable {
    let vulnerability: String
    /// SHA-256 of the document.
    let original: String
    let harness: String

    init(_ submission: FindingSubmission, under vulnerability: String) {
        self.vulnerability = vulnerability
        original = submission.original.digest.hex
        harness = submission.report.provenance?["harness"]?.string ?? ""
    }
}

/// What tells one result of a document from another: the problem, and the line, which does not change within a document.
struct ListedResult: Hashable {
    let problem: Digest
    let line: Int64?

    init(_ report: FindingReport) { (problem, line) = (report.problem, report.startLine) }
}

extension JournalSnapshot {
    /// The results of a listing that a member sent, at most sixteen: a vulnerability of more of them is a template already. Looked for
    /// among the latest thousand findings of the vulnerability, by its index: going through all that the member ever sent would make each
    /// intake dearer than the one before.
    func results(of listing: DocumentListing, by member: String) throws -> Set<ListedResult> {
        let rows = try rows(
            """
            SELECT sequence FROM (
                SELECT sequence, member, original, harness FROM finding WHERE vulnerability = $1 ORDER BY sequence DESC LIMIT 1000
            ) AS latest
            WHERE member = $2 AND original = $3 AND COALESCE(harness, '') = $4 LIMIT 16
            """,
            [.text(listing.vulnerability), .text(member), .text(listing.original), .text(listing.harness)])
        let reports = try rows.map { try record(at: $0.integer(0))?.payload?["report"].flatMap(FindingReport.init(json:)) }
        return Set(reports.compactMap(\.self).map(ListedResult.init))
    }
}

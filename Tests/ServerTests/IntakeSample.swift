import Testing

/// One document of each format that a finding comes in, all of them about the same.
struct IntakeSample: Sendable, CustomTestStringConvertible {
    let format: String
    let mediaType: String
    let text: String
    let package: String?

    var testDescription: String { format }

    static let all = [
        IntakeSample(
            format: "sarif", mediaType: "application/sarif+json",
            text: #"""
                {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "kelp"}}, "properties": {"package": "pkg:npm/tide"},
                  "results": [{"message": {"text": "Tide overflows"}}]}]}
                """#, package: "pkg:npm/tide"),
        IntakeSample(
            format: "osv", mediaType: "application/osv+json",
            text: #"""
                {"modified": "2026-05-01T10:00:00Z", "summary": "Tide overflows",
                 "affected": [{"package": {"ecosystem": "npm", "name": "tide"}, "versions": ["1.0"]}]}
                """#, package: "pkg:npm/tide@1.0"),
        IntakeSample(format: "csaf", mediaType: "application/csaf+json", text: csaf, package: "pkg:npm/tide@1.0"),
        IntakeSample(
            format: "scrutineer", mediaType: "application/vnd.scrutineer+json",
            text: #"{"repository": "https://example.org/tide", "findings": [{"title": "Tide overflows", "vid": "v"}]}"#,
            package: nil),
        IntakeSample(
            format: "mail", mediaType: "message/rfc822",
            text: "From: ada@example.org\r\nSubject: Tide overflows\r\n\r\nIn pkg:npm/tide@1.0 a length is not checked.\r\n",
            package: "pkg:npm/tide@1.0"),
        IntakeSample(
            format: "text", mediaType: "text/plain", text: "Tide overflows\n\nIn pkg:npm/tide@1.0 a length is not checked.\n",
            package: "pkg:npm/tide@1.0"),
        IntakeSample(
            format: "markdown", mediaType: "text/markdown",
            text: "# Tide overflows\n\nIn pkg:npm/tide@1.0 a length is not checked.\n", package: "pkg:npm/tide@1.0")
    ]

    static let csaf = #"""
        {"$schema": "https://docs.oasis-open.org/csaf/csaf/v2.1/schema/csaf.json",
         "document": {"category": "csaf_vulnerability_report", "csaf_version": "2.1", "title": "Report",
           "distribution": {"tlp": {"label": "AMBER"}},
           "publisher": {"category": "discoverer", "name": "Lab", "namespace": "https://lab.example"},
           "tracking": {"id": "L-1", "version": "1", "status": "draft", "initial_release_date": "2026-05-01T10:00:00Z",
             "current_release_date": "2026-05-01T10:00:00Z",
             "revision_history": [{"date": "2026-05-01T10:00:00Z", "number": "1", "summary": "first"}]}},
         "product_tree": {"full_product_names": [
           {"name": "Tide", "product_id": "P1", "product_identification_helper": {"purls": ["pkg:npm/tide@1.0"]}}]},
         "vulnerabilities": [{"title": "Tide overflows", "ids": [{"system_name": "Lab", "text": "7"}],
           "notes": [{"category": "summary", "title": "Vulnerability Summary", "text": "A length is not checked."}],
           "product_status": {"known_affected": ["P1"]}}]}
        """#
}

import AdvisoryFormats
import PackageIdentity
import Testing

@testable import Matching

/// CVE records with what a test is about, and what an index of them says.
enum CVESample {
    /// - Parameters:
    ///   - container: members of the CNA container.
    ///   - adp: members of the container of another publisher.
    static func record(_ container: String, adp: String? = nil) throws -> CVERecord {
        let id = "00000000-0000-4000-9000-000000000000"
        let others = adp.map { #","adp":[{"providerMetadata":{"orgId":"\#(id)"},\#($0)}]"# } ?? ""
        let text = """
            {"dataType":"CVE_RECORD","dataVersion":"5.2.0","cveMetadata":{"cveId":"CVE-2026-0001","assignerOrgId":"\(id)",
            "state":"PUBLISHED","dateUpdated":"2026-01-02T03:04:05Z"},"containers":{"cna":{"providerMetadata":{"orgId":"\(id)"},
            "descriptions":[{"lang":"en","value":"A flaw."}],"references":[{"url":"https://example.org"}],\(container)}\(others)}}
            """
        return try CVERecord(parsing: Array(text.utf8))
    }

    /// Each version with its verdict: `+` affected, `?` unknown, `-` none.
    static func verdicts(_ affected: String, _ component: Component, _ versions: String) throws -> String {
        try verdicts(container: "\"affected\":[\(affected)]", component, versions)
    }

    static func verdicts(
        container: String, adp: String? = nil, _ component: Component, _ versions: String
    ) throws -> String {
        var matcher = Matcher(try AdvisoryIndex(of: [IndexedAdvisory(try record(container, adp: adp))]))
        return versions.split(separator: " ").map { version in
            var component = component
            component.version = String(version)
            return switch matcher.matches(component).first?.verdict {
            case .affected: "\(version)+"
            case .unknown: "\(version)?"
            case nil: "\(version)-"
            }
        }.joined(separator: " ")
    }

    /// A product by CPE name, of any version.
    static func product(_ name: String) throws -> Component {
        try #require(Component(CPE(parsing: "cpe:2.3:a:\(name):1:*:*:*:*:*:*:*")))
    }
}

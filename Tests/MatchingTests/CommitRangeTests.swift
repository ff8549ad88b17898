import AdvisoryFormats
import PackageIdentity
import Testing

@testable import Matching

/// Advisories whose ranges are commits, of which only the repository knows the order.
@Suite struct `Ranges of commits` {
    private static let (first, fix, other) = (
        String(repeating: "a1", count: 20), String(repeating: "b2", count: 20), String(repeating: "c3", count: 20)
    )

    private func index(_ events: String, _ rest: String = "") throws -> Matcher {
        let record = """
            {"id":"OSV-1","modified":"2026-01-02T03:04:05Z","affected":[{"package":{"ecosystem":"npm","name":"lib"},
            "ranges":[{"type":"GIT","repo":"https://github.com/example/lib.git","events":[\(events)]}\(rest)}]}
            """
        return Matcher(try AdvisoryIndex(of: [IndexedAdvisory(try OSVRecord(parsing: Array(record.utf8)))]))
    }

    private func verdict(_ matcher: Matcher, _ ecosystem: String, _ name: String, _ version: String?) -> String {
        var matcher = matcher
        let match = matcher.matches(Component(ecosystem: Ecosystem(ecosystem), name: name, version: version)).first
        return switch match?.verdict {
        case .affected: "affected"
        case .unknown(let reason): reason.contains("commits") ? "unknown" : reason
        case nil: "-"
        }
    }

    private let repository = "github.com/example/lib"
    private let range = #"{"introduced":"\#(first)"},{"fixed":"\#(fix)"}"#

    @Test func `leave in doubt the commits that they do not name, and no tag where tags are listed`() throws {
        let tagged = try index(range, #"],"versions":["v1.0"]"#)
        for (version, expected) in [
            (Self.first, "affected"), (Self.first.uppercased(), "affected"), (Self.fix, "-"), (Self.other, "unknown"),
            ("v1.0", "affected"),
            ("v2.0", "-"), (String(Self.other.prefix(8)), "unknown"), ("20260101", "-")
        ] { #expect(verdict(tagged, "GIT", repository, version) == expected, "\(version)") }
        let untagged = try index(range, "]")
        #expect(
            verdict(untagged, "GIT", repository, "v2.0") == "unknown" && verdict(untagged, "GIT", repository, Self.fix) == "-")
        #expect(verdict(untagged, "GIT", "github.com/example/other", Self.other) == "-")
    }

    @Test func `leave in doubt the versions of a package that has no other range`() throws {
        for version in ["1.0.0", nil] { #expect(verdict(try index(range, "]"), "npm", "lib", version) == "unknown") }
        let versions = try index(range, #"],"versions":["1.0.0"]"#)
        #expect(verdict(versions, "npm", "lib", "1.0.0") == "affected" && verdict(versions, "npm", "lib", "2.0.0") == "-")
        let both = try index(range, #",{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"1.5.0"}]}]"#)
        #expect(verdict(both, "npm", "lib", "1.0.0") == "affected" && verdict(both, "npm", "lib", "2.0.0") == "-")
    }

    @Test func `hold everything where all commits are affected`() throws {
        let all = try index(#"{"introduced":"0"}"#, "]")
        #expect(verdict(all, "GIT", repository, Self.other) == "affected" && verdict(all, "npm", "lib", "1.0.0") == "affected")
        #expect(
            verdict(try index(#"{"introduced":"0"},{"fixed":"\#(Self.fix)"}"#, "]"), "GIT", repository, Self.other) == "unknown")
    }
}

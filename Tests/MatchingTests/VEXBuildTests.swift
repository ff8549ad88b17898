import AdvisoryFormats
import Matching
import PackageIdentity
import Testing

/// Builds of one version, which the order of most ecosystems holds equal.
@Suite struct VEXBuildTests {
    @Test(arguments: [
        ("cargo/a@1.2.3%2Bpatched.1", "cargo/a@1.2.3", false), ("cargo/a@1.2.3%2Bpatched.1", "cargo/a@1.2.3%2Bvendor", false),
        ("cargo/a@1.2.3%2Bpatched.1", "cargo/a@1.2.3%2Bpatched.1", true), ("cargo/a@1.2.3", "cargo/a@1.2.3%2Bvendor", false),
        ("cargo/a", "cargo/a@1.2.3%2Bvendor", true), ("npm/a@1.0.0%2Bx", "npm/a@1.0.0", false),
        ("nuget/a@1.0.0%2Bx", "nuget/a@1.0", false), ("nuget/a@1.0.0%2Bx", "nuget/a@1.0%2Bx", true),
        ("pypi/a@1.0%2Bubuntu-1", "pypi/a@1.0%2Bubuntu.1", true), ("pypi/a@1.0%2Bubuntu-1", "pypi/a@1.0", false),
        ("deb/debian/a@0:1.0%2Bdfsg-1", "deb/debian/a@1.0%2Bdfsg-1", true)
    ])
    func `what is said of one build suppresses nothing in another`(stated: String, installed: String, expected: Bool) throws {
        for status in [VEXStatement.Status.notAffected, .fixed] where status != .fixed || stated.contains("@") {
            let isSuppressed = try VEXSample.isSuppressed("pkg:" + installed, by: VEXSample.product("pkg:" + stated), as: status)
            #expect(isSuppressed == expected, "\(status) \(stated) for \(installed)")
        }
    }

    @Test(arguments: [
        ("1.2.3+patched.1", false, false), ("1.2.3", false, true), ("vers:cargo/1.2.3+patched.1", true, false),
        ("vers:cargo/>=1.2.3+patched.1", true, false), ("vers:cargo/>=1.2.3", true, true),
        ("vers:cargo/>=1.2.2+x", true, true)
    ])
    func `a build is told apart in listed versions and in bounds`(text: String, isRange: Bool, expected: Bool) throws {
        let product = VEXSample.product("pkg:cargo/a", versions: [VEXVersion(text: text, isRange: isRange)])
        let isSuppressed = try VEXSample.isSuppressed("pkg:cargo/a@1.2.3", by: product, as: .fixed)
        #expect(isSuppressed == expected, "\(text)")
    }

    @Test func `a component without a package URL has builds too`() throws {
        let component = Component(ecosystem: Ecosystem(name: "crates.io"), name: "a", version: "1.2.3+vendor")
        for (stated, expected) in [("1.2.3%2Bvendor", VEXStatement.Status.fixed), ("1.2.3", nil)] {
            let document = VEXSample.document([VEXSample.statement(.fixed, [VEXSample.product("pkg:cargo/a@\(stated)")])])
            let status = try VEXSample.status([document], of: component)
            #expect(status == expected, "\(stated)")
        }
    }

    @Test func `what asks for care counts for every build of the version`() throws {
        let all = VEXSample.statement(.notAffected, [VEXSample.product("pkg:cargo/a")])
        let later = VEXSample.statement(.affected, [VEXSample.product("pkg:cargo/a@1.2.3")], at: "2026-02-01T00:00:00Z")
        let status = try VEXSample.status([VEXSample.document([all, later])], of: "pkg:cargo/a@1.2.3%2Bvendor")
        #expect(status == .affected)
        let versions = [
            VEXVersion(text: "vers:cargo/*", isRange: true, status: "unaffected"),
            VEXVersion(text: "1.2.3", isRange: false, status: "affected")
        ]
        let isSuppressed = try VEXSample.isSuppressed(
            "pkg:cargo/a@1.2.3%2Bvendor", by: VEXSample.product("pkg:cargo/a", versions: versions), .cycloneDX)
        #expect(!isSuppressed)
    }
}

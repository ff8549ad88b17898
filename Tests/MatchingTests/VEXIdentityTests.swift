import AdvisoryFormats
import Matching
import PackageIdentity
import Testing

/// Which components a statement about a product is about.
@Suite struct VEXIdentityTests {
    @Test(arguments: [
        ("pkg:npm/a", "pkg:npm/a@1.0.0", true), ("pkg:npm/a@1.0.0", "pkg:npm/a@1.0.0", true),
        ("pkg:npm/a@1.0.0", "pkg:npm/a@1.0.1", false), ("pkg:npm/a@1.0.0", "pkg:npm/a", false),
        ("pkg:npm/a", "pkg:npm/b@1.0.0", false), ("pkg:npm/a", "pkg:pypi/a@1.0.0", false),
        ("pkg:npm/a", "pkg:npm/%40s/a@1.0.0", false), ("pkg:npm/%40s/a", "pkg:npm/%40s/a@1.0.0", true),
        ("pkg:PYPI/Django_X@1.0", "pkg:pypi/django-x@1.0.0", true), ("pkg:pypi/a@1.0rc1", "pkg:pypi/a@1.0", false),
        ("pkg:apk/wolfi/git@2.39.0-r1", "pkg:apk/wolfi/git@2.39.0-r1?arch=x86_64", true),
        ("pkg:apk/wolfi/git@2.39.0-r1?arch=armv7", "pkg:apk/wolfi/git@2.39.0-r1?arch=x86_64", false),
        ("pkg:apk/wolfi/git@2.39.0-r1?arch=armv7", "pkg:apk/wolfi/git@2.39.0-r1", false),
        ("pkg:apk/wolfi/git?arch=armv7", "pkg:apk/wolfi/git@2.39.0-r1?distro=x&arch=armv7", true),
        ("pkg:deb/debian/a@0:1.0-1", "pkg:deb/debian/a@1.0-1", true),
        ("pkg:rpm/redhat/a@1.0-1", "pkg:rpm/redhat/a@1.0-1?epoch=1", false),
        ("pkg:rpm/redhat/a@1.0-1?epoch=1", "pkg:rpm/redhat/a@1.0-1?epoch=1", true),
        ("pkg:golang/e.org/m@v1.0.0#sub", "pkg:golang/e.org/m@v1.0.0", false),
        ("pkg:golang/e.org/m@v1.0.0", "pkg:golang/e.org/m@v1.0.0#sub", true),
        ("pkg:oci/a@sha256%3Aab", "pkg:oci/a@sha256%3aab?tag=1", true), ("https://e.org/a", "pkg:npm/a@1.0.0", false),
        ("pkg:npm", "pkg:npm/a@1.0.0", false)
    ])
    func `a package URL covers what it leaves out, and nothing else`(stated: String, installed: String, expected: Bool) throws {
        let isSuppressed = try VEXSample.isSuppressed(installed, by: VEXSample.product(stated))
        #expect(isSuppressed == expected, "\(stated) for \(installed)")
    }

    @Test(arguments: [
        ("1.0", false, "1.0.0", true), ("1.1", false, "1.0", false), ("vers:pypi/>=1.0|<2.0", true, "1.5", true),
        ("vers:pypi/>=1.0|<2.0", true, "2.0", false), ("vers:pypi/*", true, "banana", true),
        ("vers:pypi/>=1.0|<2.0", true, "banana", false), ("< 2.0", true, "1.5", false), ("vers:none/*", true, "1.5", false)
    ])
    func `versions beside the name are judged in the order of the ecosystem`(
        text: String, isRange: Bool, installed: String, expected: Bool
    ) throws {
        let product = VEXSample.product("pkg:pypi/a", versions: [VEXVersion(text: text, isRange: isRange)])
        let isSuppressed = try VEXSample.isSuppressed("pkg:pypi/a@\(installed)", by: product)
        #expect(isSuppressed == expected, "\(text) for \(installed)")
        let unversioned = try VEXSample.isSuppressed("pkg:pypi/a", by: product)
        #expect(unversioned == (text == "vers:pypi/*"), "\(text) without a version")
    }

    @Test func `a version that CycloneDX calls affected is not suppressed by the analysis`() throws {
        func isSuppressed(_ statuses: [(String, Bool, String?)], _ version: String) throws -> Bool {
            let versions = statuses.map { VEXVersion(text: $0.0, isRange: $0.1, status: $0.2) }
            return try VEXSample.isSuppressed(
                "pkg:npm/a@\(version)", by: VEXSample.product("pkg:npm/a", versions: versions), .cycloneDX
            )
        }
        let (one, two) = (("1.0.0", false), ("2.0.0", false))
        let results = try [
            isSuppressed([(one.0, one.1, "unaffected")], "1.0.0"),
            isSuppressed([(one.0, one.1, "affected")], "1.0.0"), isSuppressed([(one.0, one.1, "unknown")], "1.0.0"),
            isSuppressed([(one.0, one.1, "affected"), (two.0, two.1, "unaffected")], "2.0.0"),
            isSuppressed([("vers:npm/<3", true, "unaffected"), (two.0, two.1, "affected")], "2.0.0"),
            isSuppressed([("vers:npm/<3", true, "unaffected"), ("older ones", true, "affected")], "2.0.0")
        ]
        #expect(results == [true, false, false, true, false, false])
    }

    @Test(arguments: ["not_affected", "resolved"])
    func `a version to which CycloneDX gives no status is affected`(state: String) throws {
        for (affects, expected) in [
            (#"{"ref":"a"}"#, true), (#"{"ref":"a","versions":[{"version":"1.0.0"}]}"#, false),
            (#"{"ref":"a","versions":[{"range":"vers:npm/<2"}]}"#, false),
            (#"{"ref":"a","versions":[{"version":"1.0.0","status":"unaffected"}]}"#, true),
            (#"{"ref":"a","versions":[{"version":"0.9.0"},{"version":"1.0.0","status":"unaffected"}]}"#, true)
        ] {
            let text =
                #"{"bomFormat":"CycloneDX","specVersion":"1.6","components":[{"bom-ref":"a","name":"a","version":"1.0.0","#
                + #""purl":"pkg:npm/a@1.0.0"}],"vulnerabilities":[{"id":"CVE-2026-1","affects":[\#(affects)],"analysis":{"state":"#
                + #""\#(state)","justification":"code_not_reachable"}}]}"#
            let status = try VEXSample.status([VEXDocument(parsing: Array(text.utf8))], of: "pkg:npm/a@1.0.0")
            #expect((status?.suppresses ?? false) == expected, "\(affects)")
        }
    }

    @Test func `a draft hides nothing, and may ask for care`() throws {
        let product = VEXSample.product("pkg:npm/a@1.0.0")
        func status(_ status: VEXStatement.Status, isDraft: Bool) throws -> VEXStatement.Status? {
            var document = VEXSample.document([VEXSample.statement(status, [product])], .csaf)
            document.isDraft = isDraft
            return try VEXSample.status([document], of: "pkg:npm/a@1.0.0")
        }
        for hiding in [VEXStatement.Status.notAffected, .fixed] {
            #expect(try status(hiding, isDraft: false) == hiding && status(hiding, isDraft: true) == nil)
        }
        #expect(try status(.affected, isDraft: true) == .affected)
        var draft = VEXSample.document([VEXSample.statement(.fixed, [product]), VEXSample.statement(.affected, [product])], .csaf)
        draft.isDraft = true
        var statements = VEXStatements()
        #expect(statements.add(draft) == ["the document is a draft: its 1 statements that would suppress count for nothing"])
    }

    @Test func `the name of a CSAF branch does not stand against the version of the package URL`() throws {
        let versions = [VEXVersion(text: "kernel-0:4.18.0-1.x86_64", isRange: false)]
        let product = VEXSample.product("pkg:rpm/redhat/kernel@4.18.0-1?arch=x86_64", versions: versions)
        let installed = "pkg:rpm/redhat/kernel@4.18.0-1?arch=x86_64&distro=rhel-8"
        let (csaf, cycloneDX) = try (
            VEXSample.isSuppressed(installed, by: product, .csaf), VEXSample.isSuppressed(installed, by: product, .cycloneDX)
        )
        #expect(csaf && !cycloneDX)
    }

    @Test func `an identifier that is the document's own is no identity`() throws {
        for format in [VEXFormat.csaf, .cycloneDX] {
            let isSuppressed = try VEXSample.isSuppressed(
                "pkg:npm/a@1", by: VEXSample.product("CSAFPID-1"), format, subjects: ["CSAFPID-1"])
            #expect(!isSuppressed, "\(format)")
        }
        var bare = VEXProduct(id: "")
        bare.name = "a"
        let isSuppressed = try VEXSample.isSuppressed("pkg:npm/a@1", by: bare)
        #expect(!isSuppressed, "a name is no identity")
        var statements = VEXStatements()
        let problems = statements.add(VEXSample.document([VEXSample.statement(.fixed, [bare, bare])], .csaf))
        #expect(problems == ["the statement fixed about CVE-2026-1 names 2 products by nothing that can be compared: "])
        let free = VEXSample.product("pkg:npm/a", versions: [VEXVersion(text: "< 4.2", isRange: true)])
        let unreadable = statements.add(VEXSample.document([VEXSample.statement(.fixed, [free])], .csaf))
        #expect(unreadable == ["the statement fixed about CVE-2026-1 has 1 ranges that are not VERS and hold nothing: < 4.2"])
    }

    @Test(arguments: [
        ("pkg:deb/debian/libssl3@3.0-1", false), ("pkg:deb/debian/openssl@3.0-1", false),
        ("pkg:deb/debian/openssl@3.0-1?arch=source", true), ("pkg:deb/debian/openssl?arch=source", true),
        ("pkg:deb/debian/openssl@3.0-1?arch=source&distro=bookworm", true),
        ("pkg:deb/debian/openssl@3.0-1?arch=source&distro=debian-11", false), ("pkg:deb/debian/openssl@3.0-2?arch=source", false),
        ("pkg:deb/debian/libssl3@3.0-1?upstream=openssl", true), ("pkg:deb/debian/libssl-dev@3.0-1?upstream=openssl", false),
        ("pkg:deb/debian/libssl3@3.0-1?upstream=openssl&arch=amd64", false), ("pkg:deb/ubuntu/libssl3@3.0-1", false)
    ])
    func `a component of a system is known by its source and its own name`(stated: String, expected: Bool) throws {
        let component = Component(
            ecosystem: Ecosystem("Debian:12"), name: "openssl", version: "3.0-1", displayName: "libssl3")
        let statement = VEXSample.statement(.notAffected, [VEXSample.product(stated)])
        let status = try VEXSample.status([VEXSample.document([statement])], of: component)
        #expect((status == .notAffected) == expected, "\(stated)")
    }

    @Test func `components of a registry without a package URL are known by ecosystem and name`() throws {
        let component = Component(ecosystem: Ecosystem(name: "PyPI"), name: "Zope.Interface", version: "5.0")
        for (stated, expected) in [
            ("pkg:pypi/zope-interface@5.0.0", VEXStatement.Status.notAffected), ("pkg:pypi/zope-interface@5.1", nil),
            ("pkg:pypi/zope-interface?file_name=z.whl", nil), ("pkg:pypi/zope", nil)
        ] {
            let statement = VEXSample.statement(.notAffected, [VEXSample.product(stated)])
            let status = try VEXSample.status([VEXSample.document([statement])], of: component)
            #expect(status == expected, "\(stated)")
        }
    }
}

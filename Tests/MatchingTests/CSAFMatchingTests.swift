import AdvisoryFormats
import PackageIdentity
import Testing

@testable import Matching

@Suite struct `CSAF documents` {
    private func document(_ tree: String, _ vulnerability: String) throws -> CSAFDocument {
        let text = """
            {"document":{"category":"csaf_security_advisory","csaf_version":"2.0","title":"T","publisher":{"category":"vendor",
            "name":"Example","namespace":"https://example.org/"},"tracking":{"id":"EX-1","version":"1","status":"final",
            "initial_release_date":"2026-01-01T00:00:00Z","current_release_date":"2026-01-02T00:00:00Z","revision_history":[
            {"number":"1","date":"2026-01-01T00:00:00Z","summary":"x"}]}},"product_tree":{\(tree)},
            "vulnerabilities":[{"cve":"CVE-2026-1",\(vulnerability)}]}
            """
        return try CSAFDocument(parsing: Array(text.utf8))
    }

    private func product(_ id: String, _ helper: String) -> String {
        #"{"product_id":"\#(id)","name":"\#(id)","product_identification_helper":{\#(helper)}}"#
    }

    private func match(_ document: CSAFDocument, _ component: Component) throws -> [Match] {
        try AdvisoryIndex(of: IndexedAdvisory.all(of: document)).match(component)
    }

    /// The way of a conformance document of CSAF 2.1 (6.1.27.8), two of whose vulnerabilities have one identifier.
    @Test func `keep every vulnerability, whatever others are called`() throws {
        func identifiers(_ names: [String]) throws -> [String] {
            let vulnerabilities = names.map { name in
                #"{"ids":[{"system_name":"s","text":"\#(name)"}],"product_status":{"known_affected":["P"]}}"#
            }
            let text = """
                {"document":{"category":"csaf_security_advisory","csaf_version":"2.0","title":"T","publisher":{"category":"vendor",
                "name":"Example","namespace":"https://example.org/"},"tracking":{"id":"EX/1","version":"1","status":"final",
                "initial_release_date":"2026-01-01T00:00:00Z","current_release_date":"2026-01-02T00:00:00Z","revision_history":[
                {"number":"1","date":"2026-01-01T00:00:00Z","summary":"x"}]}},"product_tree":{"full_product_names":[
                \(product("P", #""purl":"pkg:npm/p@1.0.0""#))]},"vulnerabilities":[\(vulnerabilities.joined(separator: ","))]}
                """
            let document = try CSAFDocument(parsing: Array(text.utf8))
            let component = Component(ecosystem: Ecosystem("npm"), name: "p", version: "1.0.0")
            return try match(document, component).map { String($0.advisory.dropFirst("csaf:example.org/".count)) }
        }
        #expect(
            try identifiers(["ABC-1", "ABC-2", "ABC-1", "ABC-1"])
                == ["EX%2F1/ABC-1", "EX%2F1/ABC-1#2", "EX%2F1/ABC-1#3", "EX%2F1/ABC-2"]
        )
        #expect(try identifiers(["A-1", "A-1", "A-1#2"]) == ["EX%2F1/A-1", "EX%2F1/A-1#2", "EX%2F1/A-1%232"])
        #expect(try identifiers(["7", "7"]) == ["EX%2F1/1", "EX%2F1/2"], "a mere number is no name")
        #expect(try identifiers(["a/b-1", "a%2Fb-1"]) == ["EX%2F1/a%252Fb-1", "EX%2F1/a%2Fb-1"])
    }

    @Test(arguments: ["vers:npm/>=1.0.0|<2.0.0", "< V2.0.0", "vers:all/<V2.0.0", ">= 1.0.0 | < 2.0.0", "All versions < 2.0.0"])
    func `concern the versions of a range, and name the fix where the vendor does`(range: String) throws {
        let tree = """
            "branches":[{"category":"vendor","name":"v","branches":[{"category":"product_name","name":"p","branches":[
            {"category":"product_version_range","name":"\(range)","product":\(product("P", #""purl":"pkg:npm/p""#))}]}]}]
            """
        let document = try document(
            tree,
            #""product_status":{"known_affected":["P"]},"remediations":[{"category":"vendor_fix","details":"Update to V2.0.0.","product_ids":["P"]}]"#
        )
        func component(_ version: String) -> Component { Component(ecosystem: Ecosystem("npm"), name: "p", version: version) }
        let match = try match(document, component("1.5.0"))
        #expect(match.map(\.advisory) == ["csaf:example.org/EX-1/CVE-2026-1"] && match.map(\.fixedVersion) == ["2.0.0"])
        #expect(match.map(\.verdict) == [.affected] && match.map(\.aliases) == [["CVE-2026-1"]])
        #expect(try self.match(document, component("2.0.0")).isEmpty)
    }

    @Test func `leave in doubt what they do not say in a range or a version`() throws {
        for name in ["< V2.0 SP3", "firmware before May", "<=the_first_9_digits"] {
            let tree = """
                "branches":[{"category":"product_version_range","name":"\(name)","product":\(product("P", #""purl":"pkg:npm/p""#))}]
                """
            let document = try document(tree, #""product_status":{"known_affected":["P"]}"#)
            let component = Component(ecosystem: Ecosystem("npm"), name: "p", version: "1.0.0")
            let reason = try match(document, component).first?.reason
            #expect(reason == "The document's range '\(name)' is not one that can be read.")
        }
    }

    @Test func `follow a relationship to the component, on its platform`() throws {
        let cpe = #""cpe":"cpe:/o:redhat:enterprise_linux:8::baseos""#
        let purl = #""purl":"pkg:rpm/redhat/openssl@1.1.1k-6.el8?arch=x86_64&epoch=1""#
        let tree = """
            "full_product_names":[\(product("PLATFORM", cpe)),\(product("COMPONENT", purl))],
            "relationships":[{"category":"default_component_of","product_reference":"COMPONENT",
            "relates_to_product_reference":"PLATFORM","full_product_name":{"product_id":"P","name":"P"}}]
            """
        let document = try document(tree, #""product_status":{"fixed":["P"]}"#)
        let release = Ecosystem("Red Hat:enterprise_linux:8::baseos")
        func component(_ ecosystem: Ecosystem, _ version: String) -> Component {
            Component(ecosystem: ecosystem, name: "openssl", version: version)
        }
        let older = try match(document, component(release, "1:1.1.1k-5.el8"))
        #expect(older.map(\.reason) == ["The document says only which version has the fix."])
        #expect(older.map(\.fixedVersion) == ["1:1.1.1k-6.el8"])
        #expect(try match(document, component(release, "1:1.1.1k-6.el8")).isEmpty)
        #expect(try match(document, component(Ecosystem("Red Hat:enterprise_linux:9::baseos"), "1:1.1.1k-5.el8")).isEmpty)
    }

    @Test func `hold before the fix for a package that they call affected without a version, in the same release`() throws {
        let cpe = #""cpe":"cpe:/o:redhat:enterprise_linux:8::baseos""#
        func document(_ fixes: [String]) throws -> CSAFDocument {
            let components = [("A", "pkg:rpm/redhat/openssl")] + fixes.map { ("F" + $0, "pkg:rpm/redhat/openssl@\($0)?arch=src") }
            let names = [product("PLATFORM", cpe)] + components.map { product($0.0, "\"purl\":\"\($0.1)\"") }
            let relations = components.map { id, _ in
                """
                {"category":"default_component_of","product_reference":"\(id)","relates_to_product_reference":"PLATFORM",
                "full_product_name":{"product_id":"P\(id)","name":"P"}}
                """
            }
            let fixed = fixes.isEmpty ? "" : ",\"fixed\":[\(fixes.map { "\"PF\($0)\"" }.joined(separator: ","))]"
            return try self.document(
                "\"full_product_names\":[\(names.joined(separator: ","))],\"relationships\":[\(relations.joined(separator: ","))]",
                "\"product_status\":{\"known_affected\":[\"PA\"]\(fixed)}"
            )
        }
        func verdict(_ document: CSAFDocument, _ version: String, _ release: String = "Red Hat:8") throws -> String {
            switch try match(document, Component(ecosystem: Ecosystem(release), name: "openssl", version: version)).first {
            case .some(let match):
                match.verdict == .affected ? "affected, fixed \(match.fixedVersion ?? "-")" : match.reason ?? ""
            case nil: "-"
            }
        }
        let one = try document(["1.1.1k-6.el8"])
        #expect(try verdict(one, "1.1.1k-5.el8") == "affected, fixed 1.1.1k-6.el8" && verdict(one, "1.1.1k-6.el8") == "-")
        #expect(try verdict(one, "1.1.1k-5.el8", "Red Hat:9") == "-")
        let two = try document(["1.1.1k-6.el8", "1.1.1k-9.el8"])
        #expect(try verdict(two, "1.1.1k-5.el8") == "affected, fixed 1.1.1k-6.el8" && verdict(two, "1.1.1k-9.el8") == "-")
        #expect(try verdict(two, "1.1.1k-7.el8") == "The document names several versions that have the fix.")
        #expect(try verdict(document([]), "1.1.1k-5.el8") == "affected, fixed -")
    }

    /// As Red Hat writes packages without a fix: the branch of the version has the package's name.
    @Test func `hold for every version of a package of a release that they call affected without a version or a fix`() throws {
        typealias Part = (id: String, branch: String, purl: String)
        let gnutls: Part = ("gnutls", "gnutls", "pkg:rpm/redhat/gnutls?arch=src")
        let fix: Part = ("F", "gnutls-0:3.7.6-2.el9.src", "pkg:rpm/redhat/gnutls@3.7.6-2.el9?arch=src")
        func verdict(
            _ parts: [Part], affected: String = "7:gnutls", fixed: String? = nil, status: String = "fixed",
            affectedAs: String = "known_affected", remedy: String = "no_fix_planned", of remedied: String? = nil,
            in release: String = "Red Hat:7", name: String = "gnutls"
        ) throws -> String {
            let platforms = ["7", "9"].map { product($0, "\"cpe\":\"cpe:/o:redhat:enterprise_linux:\($0)\"") }
            let branches = parts.map {
                #"{"category":"product_version","name":"\#($0.branch)","product":\#(product($0.id, "\"purl\":\"\($0.purl)\""))}"#
            }
            let relations = ["7", "9"].flatMap { platform in
                parts.map {
                    """
                    {"category":"default_component_of","product_reference":"\($0.id)","relates_to_product_reference":"\(platform)",
                    "full_product_name":{"product_id":"\(platform):\($0.id)","name":"P"}}
                    """
                }
            }
            let others = fixed.map { ",\"\(status)\":[\"\($0)\"]" } ?? ""
            let document = try document(
                """
                "full_product_names":[\(platforms.joined(separator: ","))],"branches":[\(branches.joined(separator: ","))],
                "relationships":[\(relations.joined(separator: ","))]
                """,
                """
                "product_status":{"\(affectedAs)":["\(affected)"]\(others)},
                "remediations":[{"category":"\(remedy)","details":"Update.","product_ids":["\(remedied ?? affected)"]}]
                """
            )
            let component = Component(ecosystem: Ecosystem(release), name: name, version: "3.3.29-9.el7")
            guard let match = try match(document, component).first else { return "-" }
            return match.reason ?? "\(match.evidence.text), fixed \(match.fixedVersion ?? "-")"
        }
        let every = "introduced 0, fixed -"
        let doubt = "The document names neither a version of the product nor a fix."
        #expect(try verdict([gnutls]) == every && verdict([gnutls], in: "Red Hat:9") == "-")
        #expect(try verdict([gnutls, fix], fixed: "9:F") == every, "a fix of another release ends nothing")
        #expect(try verdict([gnutls, fix], fixed: "7:F") == "introduced 0, fixed 3.7.6-2.el9, fixed 3.7.6-2.el9")
        #expect(try verdict([gnutls, fix], fixed: "7:F", status: "known_not_affected") == doubt)
        #expect(try verdict([gnutls], remedy: "vendor_fix") == doubt, "a fix that the document places nowhere")
        #expect(try verdict([gnutls], remedy: "vendor_fix", of: "gnutls") == doubt, "a fix of the component")
        #expect(try verdict([gnutls], remedy: "vendor_fix", of: "7") == doubt, "a fix of the platform")
        #expect(try verdict([gnutls], remedy: "vendor_fix", of: "9") == every)
        #expect(try verdict([gnutls, fix], fixed: "7:F", status: "recommended") == doubt)
        #expect(
            try verdict([gnutls], affectedAs: "last_affected") == doubt
                && verdict([gnutls], affectedAs: "first_affected") == doubt)
        #expect(try verdict([("gnutls", "gnutls:3/gnutls", gnutls.purl)]) == doubt, "a module's packages are not all of them")
        #expect(try verdict([("gnutls", "gnutls", gnutls.purl + "&rpmmod=gnutls:3")]) == doubt)
        #expect(try verdict([("gnutls", "gnutls", "pkg:npm/gnutls")], in: "npm") == doubt, "a registry has no release")
    }

    @Test func `name products by CPE, with their version or a range`() throws {
        let tree = """
            "branches":[{"category":"product_version_range","name":"<2","product":\(product("P", #""cpe":"cpe:2.3:a:v:p:*:*:*:*:*:*:*:*""#))},
            {"category":"product_version","name":"3.0","product":\(product("Q", #""cpe":"cpe:2.3:a:v:p:*:*:*:*:*:*:*:*""#))},
            {"category":"product_version","name":"4.0","product":\(product("R", #""cpe":"cpe:2.3:a:v:p:4.0:*:*:*:*:*:*:*""#))}]
            """
        let document = try document(tree, #""product_status":{"known_affected":["P","Q"],"under_investigation":["R"]}"#)
        func verdict(_ version: String) throws -> String {
            let component = try #require(Component(CPE(parsing: "cpe:2.3:a:v:p:\(version):*:*:*:*:*:*:*")))
            return switch try match(document, component).first?.verdict {
            case .affected: "+"
            case .unknown: "?"
            case nil: "-"
            }
        }
        #expect(try ["1", "2", "3.0", "4.0"].map(verdict) == ["+", "-", "+", "?"])
    }

    /// 3.2.3.9 of CSAF 2.0: what lies between is affected by implication, in the train of releases that a version belongs to.
    @Test(arguments: [
        (#""last_affected":["1.5"]"#, "? ? ? + - - - -"), (#""first_affected":["1.5"]"#, "- - - + ? ? ? ?"),
        (#""first_affected":["1.4"],"last_affected":["1.5"]"#, "- - + + - - - -"),
        (#""first_affected":["1.2"],"last_affected":["1.5"]"#, "- + ? + - - - -"),
        (#""last_affected":["1.5"],"known_not_affected":["1.2"]"#, "? - ? + - - - -"),
        (#""first_affected":["1.5"],"first_fixed":["2.1"]"#, "- - - + ? ? - -"),
        (#""last_affected":["1.5","2.1"],"first_fixed":["1.6"]"#, "? ? ? + - ? + -"),
        (#""first_affected":["1.2"],"known_not_affected":["1.5"]"#, "- + ? - ? ? ? ?"),
        (#""first_affected":["1.2"],"last_affected":["odd"]"#, "? + ? ? ? ? ? ?"),
        (#""first_affected":["1.2"],"last_affected":["odd"],"fixed":["2.0"]"#, "? + ? ? ? - ? ?"),
        (#""last_affected":["range"]"#, "? ? + + - - - -"), (#""first_affected":["range"]"#, "- - + + ? ? ? ?"),
        (#""first_affected":["1.0"],"last_affected":["range"],"fixed":["2.0"]"#, "+ ? + + - - - -"),
        (#""first_affected":["1.4","2.0"],"last_affected":["1.5","2.1"]"#, "- - + + - + + -")
    ])
    func `leave in doubt what the ends of a train of releases imply`(status: String, verdicts: String) throws {
        let versions = ["1.0", "1.2", "1.4", "1.5", "1.6", "2.0", "2.1", "3.0"]
        let branches =
            versions.map {
                #"{"category":"product_version","name":"\#($0)","product":\#(product($0, #""purl":"pkg:pypi/p@\#($0)""#))}"#
            } + [
                #"{"category":"product_version","name":"odd","product":\#(product("odd", #""purl":"pkg:pypi/p@final-gold""#))}"#,
                #"{"category":"product_version_range","name":"vers:pypi/>=1.4|<1.6","product":\#(product("range", #""purl":"pkg:pypi/p""#))}"#
            ]
        let document = try document("\"branches\":[\(branches.joined(separator: ","))]", "\"product_status\":{\(status)}")
        let found = try versions.map { version in
            switch try match(document, Component(ecosystem: Ecosystem("PyPI"), name: "p", version: version)).first?.verdict {
            case .affected: "+"
            case .unknown: "?"
            case nil: "-"
            }
        }
        #expect(found.joined(separator: " ") == verdicts)
    }

    @Test func `take no fix on an unknown platform for the end of a train`() throws {
        let packages = [("A", "first", "1.0-1"), ("B", "fix", "1.2-1")].map { platform, id, version in
            (product(platform, ""), product(id, "\"purl\":\"pkg:rpm/suse/p@\(version)\""), platform, id)
        }
        let relations = packages.map { _, _, platform, id in
            """
            {"category":"default_component_of","product_reference":"\(id)","relates_to_product_reference":"\(platform)",
            "full_product_name":{"product_id":"\(platform):\(id)","name":"P"}}
            """
        }
        let document = try document(
            "\"full_product_names\":[\(packages.flatMap { [$0.0, $0.1] }.joined(separator: ","))],"
                + "\"relationships\":[\(relations.joined(separator: ","))]",
            #""product_status":{"first_affected":["A:first"],"fixed":["B:fix"]}"#
        )
        for version in ["1.1-1", "1.2-1", "1.3-1"] {
            let component = Component(ecosystem: Ecosystem("SUSE:15.6"), name: "p", version: version)
            #expect(try match(document, component).map { $0.reason != nil } == [true], "\(version)")
        }
    }

    @Test func `bound many trains in time that does not go with the square of them`() throws {
        let versions = (0..<8_000).map { "1.\($0)" }
        let trains = CSAFTrains(
            first: [], last: versions.indices.filter { $0 % 2 == 0 }.map { .version(versions[$0]) },
            fixed: versions.indices.filter { $0 % 2 == 1 }.map { versions[$0] }, notAffected: [], in: .pep440)
        var ranges: [VersionRange] = []
        let time = ContinuousClock().measure { ranges = trains.ranges }
        #expect(ranges.count <= versions.count + 1 && time < .seconds(5), "\(time)")
        #expect(ranges.map(\.lower) == ranges.map(\.lower).sorted())
    }

    private func packages(on platform: String, _ range: String, purl: String) throws -> CSAFDocument {
        let tree = """
            "full_product_names":[\(platform)],
            "branches":[{"category":"product_version_range","name":"\(range)","product":\(product("C", "\"purl\":\"\(purl)\""))}],
            "relationships":[{"category":"default_component_of","product_reference":"C",
            "relates_to_product_reference":"PLATFORM","full_product_name":{"product_id":"P","name":"P"}}]
            """
        return try document(tree, #""product_status":{"known_affected":["P"]}"#)
    }

    @Test func `are in doubt of packages on a platform whose release is not known`() throws {
        let platform = #"{"product_id":"PLATFORM","name":"Rocky Linux 8"}"#
        let document = try packages(on: platform, "vers:rpm/<3.0.7-25", purl: "pkg:rpm/rocky-linux/openssl")
        let component = Component(ecosystem: Ecosystem("Rocky Linux:9"), name: "openssl", version: "3.0.7-24")
        let matches = try match(document, component)
        #expect(matches.map(\.reason) == ["The document's platform 'Rocky Linux 8' is not one whose release is known."])
        let npm = try packages(on: platform, "vers:npm/<2.0.0", purl: "pkg:npm/p")
        #expect(try match(npm, Component(ecosystem: Ecosystem("npm"), name: "p", version: "1.0.0")).map(\.verdict) == [.affected])
    }

    @Test(arguments: [
        ("cpe:2.3:o:redhat:enterprise_linux:8:*:baseos:*:*:*:*:*", "rpm/redhat", "Red Hat:8", "Red Hat:9"),
        ("cpe:/o:rocky:rocky:8.9", "rpm/rocky-linux", "Rocky Linux:8", "Rocky Linux:9"),
        ("cpe:2.3:o:almalinux:almalinux:9:*:*:*:*:*:*:*", "rpm/almalinux", "AlmaLinux:9", "AlmaLinux:8"),
        ("cpe:2.3:o:debian:debian_linux:12.0:*:*:*:*:*:*:*", "deb/debian", "Debian:12", "Debian:11"),
        ("cpe:2.3:o:canonical:ubuntu_linux:22.04:*:*:*:lts:*:*:*", "deb/ubuntu", "Ubuntu:22.04:LTS", "Ubuntu:20.04:LTS"),
        ("cpe:/o:suse:sles:15:sp4", "rpm/suse", "SUSE:Linux Enterprise Server 15 SP4", "SUSE:Linux Enterprise Server 15 SP5"),
        ("cpe:/o:opensuse:leap:15.5", "rpm/opensuse", "openSUSE:Leap 15.5", "openSUSE:Leap 15.6"),
        ("cpe:/o:openeuler:openeuler:22.03:lts-sp1", "rpm/openeuler", "openEuler:22.03-LTS-SP1", "openEuler:24.03-LTS")
    ])
    func `read the release of a platform from its CPE name`(cpe: String, purl: String, release: String, other: String) throws {
        let document = try packages(on: product("PLATFORM", "\"cpe\":\"\(cpe)\""), "vers:rpm/<2-1", purl: "pkg:\(purl)/openssl")
        func verdicts(_ ecosystem: String) throws -> [Match.Verdict] {
            let component = Component(ecosystem: Ecosystem(ecosystem), name: "openssl", version: "1-1")
            return try match(document, component).map(\.verdict)
        }
        #expect(try verdicts(release) == [.affected] && verdicts(other) == [])
    }

    @Test(arguments: [("vers:npm/", false), (" ", false), ("All versions", true), ("vers:all/*", true)])
    func `take a range without a boundary for every version only where it says so`(range: String, isEvery: Bool) {
        #expect((ProseRange.read(range, type: "npm") != nil) == isEvery)
    }

    @Test func `take no more than their length to read`() throws {
        let count = 6_000
        let versions = (0..<count).map { number in
            #"{"category":"product_version_range","name":"<1.\#(number)","product":\#(product("P\(number)", #""purl":"pkg:npm/p""#))}"#
        }
        let ids = (0..<count).map { "\"P\($0)\"" }.joined(separator: ",")
        let words = (0..<count).map { "2.\($0)" }.joined(separator: " ")
        let vulnerability = """
            "product_status":{"known_affected":[\(ids)]},
            "remediations":[{"category":"vendor_fix","details":"\(words)","product_ids":[\(ids)]}]
            """
        let document = try document("\"branches\":[\(versions.joined(separator: ","))]", vulnerability)
        let clock = ContinuousClock()
        var advisories: [IndexedAdvisory] = []
        let time = clock.measure { advisories = IndexedAdvisory.all(of: document) }
        #expect(advisories.first?.affected.map(\.ranges.count) == [count])
        #expect(time < .seconds(20))
    }
}

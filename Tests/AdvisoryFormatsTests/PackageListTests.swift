import AdvisoryFormats
import Testing

@testable import PackageIdentity

@Suite struct PackageListTests {
    private func systems(_ text: String, as fileName: String) throws -> [String] {
        try InventoryDocument(parsing: Array(text.utf8), fileName: fileName).components.map {
            let system = try #require($0.system)
            return
                "\($0.name) \($0.version ?? "-") \(system.source) \(system.sourceVersion) \(system.architecture ?? "-") \($0.purls)"
        }
    }

    @Test func `lists dpkg's installed packages with their source`() throws {
        let text =
            "Package: libc6\nStatus: install ok installed\nArchitecture: amd64\nSource: glibc (2.36-9)\nVersion: 2.36-9+b1\n\nPackage: x\n"
        #expect(try systems(text, as: "var/lib/dpkg/status") == ["libc6 2.36-9+b1 glibc 2.36-9 amd64 []"])
        let inventory = try InventoryDocument(parsing: Array(text.utf8), fileName: "/var/lib/dpkg/status.d/libc6")
        #expect(inventory.format.description == "dpkg-status" && inventory.faults == ["line 7: badValue"])
    }

    @Test func `lists apk's packages with their origin`() throws {
        let text =
            "C:Q1\nP:libcrypto3\nV:3.0.8-r0\nA:x86_64\no:openssl\np:so:libcrypto.so.3=3\nF:lib\n\nP:musl\nV:1.2.3-r4\n\nP:none\n"
        #expect(
            try systems(text, as: "lib/apk/db/installed") == [
                "libcrypto3 3.0.8-r0 openssl 3.0.8-r0 x86_64 []", "musl 1.2.3-r4 musl 1.2.3-r4 - []"
            ])
        #expect(try InventoryDocument(parsing: Array(text.utf8), fileName: "installed").faults == ["line 12: missingMember"])
        #expect(refusal(of: "no field\n", as: "installed")?.violations.first?.pointer == "line 1")
    }

    @Test func `lists rpm's packages from names and from columns`() throws {
        let text = """
            openssl-libs-3.0.7-27.el9.x86_64
            java-1.8.0-openjdk-1.8.0.402.b06-2.el9.x86_64   Mon Nov  3 10:00:00 2025
            tzdata-2024a-1.el9.noarch
            gpg-pubkey-fd431d51-4ae0493b
            bash\t(none):5.1.8-6.el9\tx86_64
            perl 4:5.32.1-481.el9 x86_64 perl-5.32.1-481.el9.src.rpm
            nonsense
            """
        #expect(
            try systems(text, as: "rpm-qa.txt") == [
                "openssl-libs 3.0.7-27.el9 openssl-libs 3.0.7-27.el9 x86_64 []",
                "java-1.8.0-openjdk 1.8.0.402.b06-2.el9 java-1.8.0-openjdk 1.8.0.402.b06-2.el9 x86_64 []",
                "tzdata 2024a-1.el9 tzdata 2024a-1.el9 noarch []", "bash 5.1.8-6.el9 bash 5.1.8-6.el9 x86_64 []",
                "perl 4:5.32.1-481.el9 perl 4:5.32.1-481.el9 x86_64 []"
            ])
        #expect(try InventoryDocument(parsing: Array(text.utf8), fileName: "host.rpm-qa").faults == ["line 7: badValue"])
    }

    @Test func `reads lists that people make, with comma, semicolon or tab`() throws {
        let rows = [
            ["npm:@s/lodash", "4.17.21"], ["pkg:pypi/Django@1.0", ""], ["pkg:gem/rack", "2.0"],
            ["maven:org.a:b", "1.0"], ["Debian:12:openssl", "3.0.9-1"], ["crates.io", "serde", "1.0"],
            ["Alpine:v3.18", "zlib", "1.2-r0"],
            ["go:golang.org/x/net", "v0.1.0"], ["openSUSE:Leap 15.5", "bash", "4.4"]
        ]
        let lines = [
            "@s/lodash 4.17.21 pkg:npm/%40s/lodash@4.17.21", "django 1.0 pkg:pypi/django@1.0", "rack 2.0 pkg:gem/rack@2.0",
            "org.a:b 1.0 pkg:maven/org.a/b@1.0", "openssl 3.0.9-1 pkg:deb/debian/openssl@3.0.9-1?distro=debian-12",
            "serde 1.0 pkg:cargo/serde@1.0", "zlib 1.2-r0 pkg:apk/alpine/zlib@1.2-r0?distro=alpine-v3.18",
            "golang.org/x/net v0.1.0 pkg:golang/golang.org/x/net@v0.1.0",
            "bash 4.4 pkg:rpm/opensuse/bash@4.4?distro=opensuse-Leap-15.5"
        ]
        for delimiter in [",", ";", "\t"] {
            let text = "\u{FEFF}" + rows.map { $0.map { "\"\($0)\"" }.joined(separator: delimiter) }.joined(separator: "\r\n")
            let inventory = try InventoryDocument(parsing: Array(text.utf8), fileName: "list.csv")
            #expect(
                inventory.lines == lines && inventory.problems.isEmpty, "\(delimiter): \(inventory.lines) \(inventory.problems)")
            let ecosystems = try inventory.components.flatMap(\.purls).map {
                "\(try #require(PackageCoordinate(Purl(parsing: $0))).ecosystem)"
            }
            #expect(
                ecosystems == [
                    "npm", "PyPI", "RubyGems", "Maven", "Debian:12", "crates.io", "Alpine:v3.18", "Go", "openSUSE:Leap 15.5"
                ])
            for told in ["sep=\(delimiter)\r\n", "\"sep=\(delimiter)\"\n", "SEP=\(delimiter)\nversion\(delimiter)package\n"] {
                let list = told + (told.hasPrefix("SEP") ? ["4.17.21", "npm:@s/lodash"] : rows[0]).joined(separator: delimiter)
                let read = try InventoryDocument(parsing: Array(list.utf8), fileName: "list.csv")
                #expect(read.lines == [lines[0]] && read.problems.isEmpty, "\(read.lines) \(read.problems)")
            }
        }
    }

    @Test func `names the line of what a list does not say`() throws {
        let text = """
            npm:a,1.0
            lodash,4
            nowhere:b,1
            pkg:npm/c@1,2
            pkg:nonsense,1
            npm:d
            a,b,c,d
            npm:"e",1

            "npm:two
            lines",1
            npm,f,2
            """
        let inventory = try InventoryDocument(parsing: Array(text.utf8), fileName: "x.csv")
        #expect(inventory.lines.first == "a 1.0 pkg:npm/a@1.0" && inventory.lines.last == "f 2 pkg:npm/f@2")
        #expect(
            inventory.faults == [
                "line 2: badValue", "line 3: badValue", "line 4: badValue", "line 5: badValue", "line 6: missingMember",
                "line 7: badValue", "line 8: badSyntax", "line 10: badSyntax", "line 11: badSyntax"
            ])
    }

    @Test func `reads on behind a line whose quotation mark stays open`() throws {
        let text = "package,version\nnpm:a,1\nnpm:b,\"2\nnpm:c,3\n\"npm:d,4\n\"npm:e\",5\n"
        let inventory = try InventoryDocument(parsing: Array(text.utf8), fileName: "x.csv")
        #expect(inventory.lines == ["a 1 pkg:npm/a@1", "c 3 pkg:npm/c@3", "e 5 pkg:npm/e@5"])
        #expect(inventory.faults == ["line 3: badSyntax", "line 5: badSyntax"])
    }

    @Test func `takes every ecosystem of OSV, and packages that no purl names by ecosystem and name`() throws {
        for name in EcosystemRule.table.keys.sorted() {
            for spelling in [name, name.lowercased(), name.uppercased()] {
                let inventory = try InventoryDocument(parsing: Array("\(spelling),acme/a,1.0\n".utf8), fileName: "x.csv")
                #expect(
                    !inventory.problems.contains { $0.reason.contains("is no ecosystem") }, "\(spelling): \(inventory.problems)")
            }
        }
        let text =
            "ecosystem,name,version\nJulia,LibCURL_jll,7.88.1+0\nghc:base,4.1\nAlpaquita:23,busybox,1.36\nFreeBSD:ports,zlib,1.2\nKubernetes,k8s.io/api,\n"
        let inventory = try InventoryDocument(
            parsing: Array(text.replacing("ghc:base,4.1", with: "ghc,base,4.1").utf8), fileName: "x.csv")
        #expect(
            inventory.components.map { "\($0.ecosystem?.description ?? "-") \($0.name) \($0.version ?? "-") \($0.purls)" } == [
                "Julia LibCURL_jll 7.88.1+0 []", "GHC base 4.1 []", "Alpaquita:23 busybox 1.36 []", "FreeBSD:ports zlib 1.2 []",
                "Kubernetes k8s.io/api - []"
            ])
        #expect(inventory.faults == ["line 6: missingMember"], "\(inventory.problems)")
    }

    @Test(arguments: [
        "https://github.com/apple/swift-nio.git", "https://github.com/apple/swift-nio", "github.com/apple/swift-nio",
        "github.com/apple/swift-nio.git", "git@github.com:apple/swift-nio.git", "ssh://git@GitHub.com/apple/swift-nio"
    ])
    func `names a Swift package by where its repository is, in any spelling`(_ address: String) throws {
        for row in ["SwiftURL,\(address),1.0.0", "swift:\(address),1.0.0"] {
            let inventory = try InventoryDocument(parsing: Array(row.utf8), fileName: "x.csv")
            #expect(inventory.problems.isEmpty && inventory.components[0].purls == ["pkg:swift/github.com/apple/swift-nio@1.0.0"])
        }
    }

    @Test func `takes CPE names for products, with the version of either column`() throws {
        let text = """
            cpe,version
            cpe:2.3:a:acme:router:1.2:*:*:*:*:*:*:*,
            cpe:2.3:a:acme:switch:*:*:*:*:*:*:*:*,3.4
            cpe:/a:acme:hub:5,5
            cpe:2.3:a:acme:hub:5:*:*:*:*:*:*:*,6
            cpe:2.3:a:acme,1
            """
        let inventory = try InventoryDocument(parsing: Array(text.utf8), fileName: "x.csv")
        #expect(
            inventory.components.map { "\($0.name) \($0.version ?? "-") \($0.cpes)" } == [
                #"router 1.2 ["cpe:2.3:a:acme:router:1.2:*:*:*:*:*:*:*"]"#,
                #"switch 3.4 ["cpe:2.3:a:acme:switch:*:*:*:*:*:*:*:*"]"#,
                #"hub 5 ["cpe:/a:acme:hub:5"]"#
            ])
        #expect(inventory.faults == ["line 5: badValue", "line 6: badValue"], "\(inventory.problems)")
    }

    @Test func `takes a row under a header that names the ecosystem for one of three columns, also where the version is empty`()
        throws
    {
        for header in ["ecosystem,name,version", "Type,Name,Version"] {
            let text = "\(header)\nnpm,foo,\nnpm,bar\nnpm,baz,1\n"
            let inventory = try InventoryDocument(parsing: Array(text.utf8), fileName: "x.csv")
            #expect(inventory.lines == ["foo - pkg:npm/foo", "bar - pkg:npm/bar", "baz 1 pkg:npm/baz@1"])
            #expect(inventory.faults == ["line 2: missingMember", "line 3: missingMember"])
        }
    }
}

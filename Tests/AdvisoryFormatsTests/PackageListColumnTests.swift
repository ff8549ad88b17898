import AdvisoryFormats
import Testing

/// Lists of packages whose first row names their columns.
@Suite struct PackageListColumnTests {
    private func read(_ text: String) throws -> InventoryDocument {
        try InventoryDocument(parsing: Array(text.utf8), fileName: "x.csv")
    }

    @Test(arguments: [
        "version,name,ecosystem\n4.17.20,lodash,npm\n1.0,django,PyPI\n",
        "Licence,Package Name,sha256,Package_Manager,Installed-Version\nMIT,lodash,0f3,npm,4.17.20\nBSD,django,\"1,2\",pypi,1.0\n",
        "type,ecosystem,component,version\nlibrary,npm,lodash,4.17.20\nlibrary,PyPI,django,1.0\n",
        "version;purl\n4.17.20;pkg:npm/lodash\n;pkg:pypi/django@1.0\n",
        "name\tversion\tpurl\nLodash!\t4.17.20\tpkg:npm/lodash@4.17.20\ndjango\t\tpkg:pypi/django@1.0\n",
        "installed version,package\n4.17.20,npm:lodash\n1.0,pkg:pypi/django\n",
        "PACKAGE URL\npkg:npm/lodash@4.17.20\npkg:pypi/django@1.0\n"
    ])
    func `finds the columns by their names, in any order and among others`(_ text: String) throws {
        let document = try read(text)
        #expect(
            document.components.map { "\($0.version ?? "-") \($0.purls)" } == [
                #"4.17.20 ["pkg:npm/lodash@4.17.20"]"#, #"1.0 ["pkg:pypi/django@1.0"]"#
            ])
        #expect(document.problems.isEmpty, "\(document.problems)")
    }

    @Test func `takes the group of a package from a column of its own`() throws {
        let text = "group,name,version,ecosystem\norg.a,b,1,Maven\n@s,c,2,npm\n,d,3,npm\n@s,@s/e,4,npm\norg.a,org.a:f,5,maven\n"
        #expect(
            try read(text).components.flatMap(\.purls) == [
                "pkg:maven/org.a/b@1", "pkg:npm/%40s/c@2", "pkg:npm/d@3", "pkg:npm/%40s/e@4", "pkg:maven/org.a/f@5"
            ])
    }

    @Test func `passes over a group where packages have none`() throws {
        let text = "group,name,version,ecosystem\nbackend,django,2.0,PyPI\nteam,lodash,1,npm\nweb,openssl,3,Debian:12\n"
        #expect(
            try read(text).components.flatMap(\.purls) == [
                "pkg:pypi/django@2.0", "pkg:npm/lodash@1", "pkg:deb/debian/openssl@3?distro=debian-12"
            ])
    }

    @Test func `takes a package for what it is, whoever its vendor is`() throws {
        let text = "Package,Version,Vendor\npkg:npm/a,1,OpenJS\nnpm:b,2,OpenJS\npkg:npm/c@3,,OpenJS\nDebian:12:d,4,Debian\n"
        #expect(
            try read(text).components.flatMap(\.purls) == [
                "pkg:npm/a@1", "pkg:npm/b@2", "pkg:npm/c@3", "pkg:deb/debian/d@4?distro=debian-12"
            ])
    }

    @Test func `takes what each row has, of package URLs, CPE names and names`() throws {
        let text = """
            cpe,name,ecosystem,version,purl
            cpe:2.3:a:acme:router:*:*:*:*:*:*:*:*,Router,,1.2,
            ,openssl,Debian:12,3.0.9-1,
            ,lodash,npm,,
            ,,,,pkg:gem/rack@2.0
            cpe:2.3:a:rack:rack:2.0:*:*:*:*:*:*:*,,,,pkg:gem/rack@2.1
            """
        let document = try read(text)
        #expect(
            document.components.map { "\($0.version ?? "-") \($0.purls.first ?? $0.cpes.first ?? "-")" } == [
                "1.2 cpe:2.3:a:acme:router:*:*:*:*:*:*:*:*", "3.0.9-1 pkg:deb/debian/openssl@3.0.9-1?distro=debian-12",
                "- pkg:npm/lodash", "2.0 pkg:gem/rack@2.0", "2.1 pkg:gem/rack@2.1"
            ])
        #expect(document.faults == ["line 4: missingMember"])
    }

    @Test func `takes devices by vendor and product, where the row has no name for machines`() throws {
        let text = """
            Hersteller;Modell;Firmware;Raum;cpe
            Dräger;Perseus A500;2.03;OP 1;
            Philips;IntelliVue MX40;;OP 2;
            Siemens;x;1;;cpe:2.3:h:siemens:x:-:*:*:*:*:*:*:*
            ;Perseus A500;2.03;;
            Dräger;;2.03;;
            Dräger;Perseus A500;2.03;OP 3;
            """
        let document = try read(text)
        #expect(
            document.components.map { "\($0.vendor ?? "-") \($0.name) \($0.version ?? "-") \($0.cpes.count)" } == [
                "Dräger Perseus A500 2.03 0", "Philips IntelliVue MX40 - 0", "- x 1 1"
            ])
        #expect(document.faults == ["line 3: missingMember", "line 5: missingMember", "line 6: missingMember"])
        #expect(document.problems.map(\.reason).last == "column 2 (Modell): the row names no package")
    }

    @Test func `takes the firmware of a device before the version of its model, and no word for a version`() throws {
        let text = "vendor,product,version,firmware\nA,X,9,2.3\nA,Y,9,\nA,Z,n/a,?\n"
        #expect(try read(text).components.map { $0.version ?? "-" } == ["2.3", "9", "-"])
    }

    @Test(arguments: ["Debian:12 openssl", "Debian:12/openssl", "npm:@s/x@1.0.0", "PyPI:a b"])
    func `refuses a name that no package of the ecosystem can have`(_ name: String) throws {
        let document = try read("package,version\n\(name),1\nnpm: lodash,4.0.0\n")
        #expect(document.faults == ["line 2: badValue"] && document.components.flatMap(\.purls) == ["pkg:npm/lodash@4.0.0"])
    }

    @Test func `names the line and the column of what is wrong`() throws {
        let text = """
            version,Package,Ecosystem
            1,a,nowhere
            1,,npm
            1,bare
            1,"b
            1,pkg:nonsense,npm
            2,pkg:npm/c@1,
            1,d,npm,e
            """
        let problems = try read(text).problems.map { "\($0.pointer): \($0.reason.prefix { $0 != ":" })" }
        #expect(
            problems == [
                "line 2: column 3 (Ecosystem)", "line 3: column 2 (Package)", "line 4: column 2 (Package)", "line 5: column 2",
                "line 6: column 2 (Package)", "line 7: column 1 (version)", "line 8: column 4"
            ])
        let positions = try read("npm:a,1\nnpm,b,c,d\nnpm:c\npkg:npm/d@1,2\n").problems.map {
            "\($0.pointer): \($0.reason.prefix { $0 != ":" })"
        }
        #expect(positions == ["line 2: column 4", "line 3: column 2", "line 4: column 2"])
    }

    @Test func `reads rows by the order of their columns where the first one names none`() throws {
        for text in ["npm:a,1\nnpm,name,2\n", "npm,name,2\nnpm:a,1\n"] {
            #expect(Set(try read(text).components.flatMap(\.purls)) == ["pkg:npm/a@1", "pkg:npm/name@2"], "\(text)")
        }
        // No column that is known has the packages.
        #expect(try read("Bezeichnung,Version\nnpm:a,1\n").components.flatMap(\.purls) == ["pkg:npm/a@1"])
    }
}

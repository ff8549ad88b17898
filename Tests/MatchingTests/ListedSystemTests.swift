import AdvisoryFormats
import PackageIdentity
import Testing

@testable import Matching

/// Documents that list the operating system beside its packages.
@Suite struct ListedSystemTests {
    private func ecosystems(_ text: String) throws -> [String] {
        try InventoryContent.with(Array(text.utf8), fileName: "hall.json") {
            ListedComponents($0, release: nil).components.map(\.ecosystem.description)
        }
    }

    private func cycloneDX(_ systems: [(String, String)], _ purls: [String], version: String = "1.6") -> String {
        let components =
            systems.map { "{\"type\": \"operating-system\", \"name\": \"\($0)\", \"version\": \"\($1)\"}" }
            + purls.map { "{\"type\": \"library\", \"name\": \"x\", \"purl\": \"\($0)\"}" }
        return
            "{\"bomFormat\": \"CycloneDX\", \"specVersion\": \"\(version)\", \"components\": [\(components.joined(separator: ","))]}"
    }

    private static let cases: [(String, String, String, String)] = [
        ("debian", "12", "pkg:deb/debian/apt@2.6.1?arch=amd64", "Debian:12"),
        ("debian", "12.4", "pkg:deb/debian/apt@2.6.1", "Debian:12.4"),
        ("ubuntu", "22.04", "pkg:deb/ubuntu/apt@2.4", "Ubuntu:22.04"),
        ("alpine", "3.20.3", "pkg:apk/alpine/musl@1.2", "Alpine:v3.20"), ("rhel", "9.4", "pkg:rpm/rhel/acl@2.3", "Red Hat:9"),
        ("redhat", "9.4", "pkg:rpm/redhat/acl@2.3", "Red Hat:9"), ("rocky", "9.3", "pkg:rpm/rocky/acl@2.3", "Rocky Linux:9"),
        ("sles", "15.5", "pkg:rpm/suse/acl@2.3", "SUSE:15.5"),
        ("opensuse-leap", "15.6", "pkg:rpm/opensuse/acl@2", "openSUSE:Leap 15.6"),
        ("opensuse.leap", "15.6", "pkg:rpm/opensuse.leap/acl@2", "openSUSE:Leap 15.6")
    ]

    @Test(arguments: cases)
    func `gives a package without a release that of the system`(
        _ name: String, _ version: String, _ purl: String, _ expected: String
    ) throws {
        let found = try ecosystems(cycloneDX([(name, version)], [purl]))
        #expect(found.map { Ecosystem($0) } == [Ecosystem(expected)], "\(found)")
        let twice = try ecosystems(cycloneDX([(name, version), (name, version)], [purl]))
        #expect(twice == found)
        let none = try ecosystems(cycloneDX([], [purl]))
        #expect(none.map { Ecosystem($0).release } == [nil])
    }

    @Test func `leaves packages that say their release, are of another distribution, or of no system`() throws {
        let purls = [
            "pkg:deb/debian/apt@2.6.1?distro=debian-11", "pkg:deb/ubuntu/apt@2.4", "pkg:npm/debian@1", "pkg:apk/wolfi/musl@1"
        ]
        #expect(try ecosystems(cycloneDX([("debian", "12")], purls)) == ["Debian:11", "Ubuntu", "npm", "Wolfi"])
    }

    @Test func `says nothing of the release where the document lists several systems, or no version of one`() throws {
        let purl = "pkg:deb/debian/apt@2.6.1"
        #expect(try ecosystems(cycloneDX([("debian", "12"), ("debian", "11")], [purl])) == ["Debian"])
        #expect(try ecosystems(cycloneDX([("debian", "")], [purl])) == ["Debian"])
        #expect(try ecosystems(cycloneDX([("Debian GNU/Linux", "12")], [purl])) == ["Debian"])
    }

    @Test func `finds the system in every format that says of a component that it is one`() throws {
        let documents = [
            """
            {"bomFormat": "CycloneDX", "specVersion": "1.6",
             "metadata": {"component": {"version": "12", "type": "operating-system", "name": "debian"}},
             "components": [{"name": "apt", "purl": "pkg:deb/debian/apt@2.6.1"}]}
            """,
            """
            <bom xmlns="http://cyclonedx.org/schema/bom/1.6"><components>
            <component type="library"><name>apt</name><purl>pkg:deb/debian/apt@2.6.1</purl></component>
            <component type="operating-system"><name>debian</name><version>12</version></component></components></bom>
            """,
            """
            {"spdxVersion": "SPDX-2.3", "packages": [
             {"name": "apt", "externalRefs": [{"referenceType": "purl", "referenceLocator": "pkg:deb/debian/apt@2.6.1"}]},
             {"primaryPackagePurpose": "OPERATING-SYSTEM", "name": "debian", "versionInfo": "12"}]}
            """,
            """
            SPDXVersion: SPDX-2.3
            PackageName: debian
            PrimaryPackagePurpose: OPERATING-SYSTEM
            PackageVersion: 12
            PackageName: apt
            ExternalRef: PACKAGE-MANAGER purl pkg:deb/debian/apt@2.6.1
            """,
            """
            {"@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld", "@graph": [
             {"type": "software_Package", "name": "debian", "software_packageVersion": "12", "software_primaryPurpose": "operatingSystem"},
             {"type": "software_Package", "name": "apt", "software_packageUrl": "pkg:deb/debian/apt@2.6.1"}]}
            """
        ]
        for document in documents {
            #expect(try ecosystems(document).filter { $0.hasPrefix("Debian") } == ["Debian:12"], "\(document)")
        }
    }
}

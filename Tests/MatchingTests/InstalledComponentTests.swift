import AdvisoryFormats
import Matching
import PackageIdentity
import Testing

@Suite struct InstalledComponentTests {
    @Test func `names a Debian package by its source, the source's version and the release`() throws {
        let text = "Package: libc6\nSource: glibc (2.36-9)\nVersion: 2.36-9+deb12u4\n"
        let component = try #require(
            DpkgStatus(parsing: Array(text.utf8).span).packages.first?.component(in: Ecosystem("Debian:12")))
        #expect(component.name == "glibc" && component.version == "2.36-9" && component.displayName == "libc6")
        #expect(component.ecosystem == Ecosystem("Debian:12"))
    }

    @Test func `takes the version that an inventory states beside a package URL without one`() throws {
        let text =
            #"{"bomFormat":"CycloneDX","specVersion":"1.5","components":[{"type":"library","name":"django","version":"4.2.15","#
            + #""purl":"pkg:pypi/django"},{"type":"library","name":"rack","version":"1","purl":"pkg:gem/rack@2"}]}"#
        let listed = try InventoryContent.with(Array(text.utf8), fileName: "bom.json") { ListedComponents($0, release: nil) }
        #expect(listed.components.map(\.version) == ["4.2.15", "2"])
    }

    @Test func `names a Python distribution as PyPI's advisories do`() throws {
        let distribution = try PythonDistribution(parsing: Array("Name: Zope.Interface\nVersion: 5.0\n".utf8).span)
        #expect(distribution.component.name == "zope-interface" && distribution.component.ecosystem == Ecosystem("PyPI"))
    }
}

import AdvisoryFormats
import Testing

/// Lock files that few ecosystems share, one sentence each.
@Suite struct FurtherLockFileTests {
    @Test func `reads the components of Gradle's verification metadata`() throws {
        let text = """
            <?xml version="1.0" encoding="UTF-8"?>
            <verification-metadata xmlns="https://schema.gradle.org/dependency-verification">
               <configuration><trusted-artifacts><trust group="com.trusted" name="x"/></trusted-artifacts></configuration>
               <components>
                  <component group="org.pf4j" name="pf4j" version="3.0.1"><artifact name="pf4j-3.0.1.jar"><sha256 value="a"/></artifact></component>
                  <component group="org.pf4j" name="pf4j" version="3.0.1"/>
                  <component group=" com.google " name="javapoet" version="1.13.0"/>
                  <component group="org.none" name="bare"/>
                  <component name="lost" version="1"/>
               </components>
            </verification-metadata>
            """
        #expect(
            try listed(text, as: "gradle/verification-metadata.xml") == [
                "org.pf4j:pf4j 3.0.1 pkg:maven/org.pf4j/pf4j@3.0.1",
                "com.google:javapoet 1.13.0 pkg:maven/com.google/javapoet@1.13.0",
                "org.none:bare - -"
            ])
        let problems = try InventoryDocument(parsing: Array(text.utf8), fileName: "verification-metadata.xml").problems
        #expect(problems.map(\.pointer) == ["line 8", "line 9"], "\(problems)")
        for other in ["<project/>", "{}", "", "<verification-metadata>"] {
            #expect(throws: FormatRefusal.self, "\(other)") { try listed(other, as: "verification-metadata.xml") }
        }
    }

    @Test func `reads NuGet's packages.config, in whatever encoding mark`() throws {
        let text = """
            \u{FEFF}<?xml version="1.0" encoding="utf-8"?>\r
            <packages>\r
              <package id="Newtonsoft.Json" version="12.0.1" targetFramework="net46" />\r
              <package id="NUnit" version="3.13.3" developmentDependency="true" />\r
              <package version="1" />\r
            </packages>
            """
        #expect(
            try listed(text, as: "src/packages.config") == [
                "Newtonsoft.Json 12.0.1 pkg:nuget/Newtonsoft.Json@12.0.1", "NUnit 3.13.3 pkg:nuget/NUnit@3.13.3"
            ])
        #expect(throws: FormatRefusal.self) { try listed("<configuration/>", as: "packages.config") }
    }

    @Test func `reads each pod of a Podfile.lock once, and says of a repository which one it is`() throws {
        let text = """
            PODS:
              - GlossButtonNode (3.1.2):
                - Texture/Core (~> 3)
              - PINCache/Core (3.0.3)
              - PINCache/Arc-exception-safe (3.0.3):
                - PINCache/Core
              - "GoogleUtilities/NSData+zlib (7.5.2)"
              - Local (0.1)
              - Forked (2.0.0-beta.1)
              - nonsense

            DEPENDENCIES:
              - GlossButtonNode
              - Local (from `../Local`)

            EXTERNAL SOURCES:
              Local:
                :path: "../Local"
              Forked:
                :git: https://github.com/acme/Forked.git
                :branch: main

            CHECKOUT OPTIONS:
              Forked:
                :commit: 1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f
                :git: https://github.com/acme/Forked.git

            COCOAPODS: 1.11.3
            """
        #expect(
            try listed(text, as: "ios/Podfile.lock") == [
                "GlossButtonNode 3.1.2 pkg:cocoapods/GlossButtonNode@3.1.2", "PINCache 3.0.3 pkg:cocoapods/PINCache@3.0.3",
                "GoogleUtilities 7.5.2 pkg:cocoapods/GoogleUtilities@7.5.2", "Local 0.1 -",
                "Forked 2.0.0-beta.1 pkg:github/acme/forked@1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f"
            ])
        let document = try InventoryDocument(parsing: Array(text.utf8), fileName: "Podfile.lock")
        #expect(document.specVersion == "1.11.3" && document.problems.map(\.pointer) == ["line 10"], "\(document.problems)")
        #expect(throws: FormatRefusal.self) { try listed("DEPENDENCIES:\n  - a\n", as: "Podfile.lock") }
    }

    @Test(arguments: [
        #"{"version": "5", "specifiers": {"npm:chalk@5": "5.3.0"}, "jsr": {"@std/assert@1.0.0": {"integrity": "x"}}, "npm": {PACKAGES}}"#,
        #"{"version": "3", "packages": {"specifiers": {}, "jsr": {"@std/assert@1.0.0": {}}, "npm": {PACKAGES}}, "remote": {"https://a": "b"}}"#
    ])
    func `reads deno.lock in every version, without the peers behind a version`(_ text: String) throws {
        let packages = #""chalk@5.3.0": {"integrity": "x"}, "@types/node@22.5.4_undici@6.0.0": {}, "broken": {}"#
        let text = text.replacing("PACKAGES", with: packages)
        let document = try InventoryDocument(parsing: Array(text.utf8), fileName: "deno.lock")
        #expect(
            document.lines == [
                "@std/assert 1.0.0 -", "chalk 5.3.0 pkg:npm/chalk@5.3.0", "@types/node 22.5.4 pkg:npm/%40types/node@22.5.4"
            ])
        #expect(document.problems.count == 1 && document.problems[0].reason == "broken is not written as name@version")
    }

    @Test func `reads the second version of deno.lock, which has packages beside what asked for them`() throws {
        let text =
            #"{"version": "2", "remote": {}, "npm": {"specifiers": {"chalk@5": "chalk@5.3.0"}, "packages": {"chalk@5.3.0": {}}}}"#
        #expect(try listed(text, as: "deno.lock") == ["chalk 5.3.0 pkg:npm/chalk@5.3.0"])
    }

    @Test func `looks up the source of each pod at once, however many there are`() throws {
        let names = (0..<20_000).map { "Pod\($0)" }
        func text(_ section: String) -> [UInt8] {
            let pods = names.map { "  - \($0) (1.0)\n" }.joined()
            let sources = names.map { "  \($0):\n    :git: https://github.com/acme/\($0).git\n" }.joined()
            return Array("PODS:\n\(pods)\n\(section) SOURCES:\n\(sources)".utf8)
        }
        func read(_ bytes: [UInt8]) throws -> (time: Duration, document: InventoryDocument) {
            let start = ContinuousClock.now
            let document = try InventoryDocument(parsing: bytes, fileName: "Podfile.lock")
            return (ContinuousClock.now - start, document)
        }
        let (plain, _) = try read(text("OTHER"))
        let (found, document) = try read(text("EXTERNAL"))
        #expect(document.components.count == names.count && document.lines.last == "Pod19999 1.0 pkg:github/acme/pod19999")
        #expect(found < plain * 3, "\(found) with sources, \(plain) without")
    }
}

import Foundation
import PackageIdentity
import TestSupport
import Testing

@Suite struct `Plain purls` {
    private struct Reading {
        let coordinate: PackageCoordinate
        let name: String
        let hasNamespace: Bool

        init?(_ text: String) {
            let reading = PlainPurl.with(text) {
                Reading(coordinate: $0.coordinate, name: $0.name, hasNamespace: $0.hasNamespace)
            }
            guard let reading else { return nil }
            self = reading
        }

        private init(coordinate: PackageCoordinate, name: String, hasNamespace: Bool) {
            (self.coordinate, self.name, self.hasNamespace) = (coordinate, name, hasNamespace)
        }
    }

    /// What `PlainPurl` says must be what the whole way says; nil says nothing.
    private func disagreement(_ text: String) -> String? {
        guard let plain = Reading(text) else { return nil }
        guard let purl = try? Purl(parsing: text) else { return "\(text) is no purl and was read as a plain one" }
        let coordinate = PackageCoordinate(purl)
        if purl.description != text { return "\(text) is written \(purl.description) and was read as a plain one" }
        if coordinate != plain.coordinate { return "\(text): \(plain.coordinate) and not \(String(describing: coordinate))" }
        let isSame = plain.name == purl.name && plain.hasNamespace == (purl.namespace != nil)
        return isSame ? nil : "\(text): the name \(plain.name) and not \(purl.name)"
    }

    @Test func `are read as all others are, name and version as the ecosystem has them`() throws {
        let cases: [(String, String, String?, String?)] = [
            ("pkg:npm/left-pad@1.3.0", "npm", "left-pad", "1.3.0"),
            ("pkg:pypi/zope.interface@5.4", "PyPI", "zope-interface", "5.4"),
            ("pkg:pypi/a--b", "PyPI", "a-b", nil),
            ("pkg:maven/org.apache/x.y@1-SNAPSHOT", "Maven", "org.apache:x.y", "1-SNAPSHOT"),
            ("pkg:golang/github.com/BurntSushi/toml@v1.2.3", "Go", "github.com/burntsushi/toml", "v1.2.3"),
            ("pkg:composer/a/b@1", "Packagist", "a/b", "1"), ("pkg:swift/github.com/Apple/swift-nio@2", "SwiftURL", nil, "2"),
            ("pkg:gem/Ab@1", "RubyGems", "Ab", "1"), ("pkg:nuget/A.B@1.0", "NuGet", "a.b", "1.0"),
            ("pkg:vscode-extension/a/b@1", "VSCode", "a.b", "1"), ("pkg:npm/%40Scope/a.b@1", "npm", "@Scope/a.b", "1"),
            ("pkg:swift/github.com/a/b.git@2", "SwiftURL", "github.com/a/b", "2"),
            ("pkg:swift/github.com/a/b.git.git@2", "SwiftURL", "github.com/a/b", "2")
        ]
        for (text, ecosystem, name, version) in cases {
            let plain = try #require(Reading(text), "\(text)")
            #expect(plain.coordinate.ecosystem.name == ecosystem && plain.coordinate.version == version, "\(text)")
            if let name { #expect(plain.coordinate.name == name, "\(text)") }
            if let fault = disagreement(text) { Issue.record("\(fault)") }
        }
    }

    @Test func `are not those that need a rule of their type, a decoding or a refusal`() {
        let texts = [
            "", "pkg:", "pkg:npm", "pkg:bioconductorx", "pkg:githubactionsx", "pkg:bioconductor", "pkg:npm/", "pkg:npm//a",
            "pkg:npm/a/", "pkg:npm/a@", "pkg:npm/@1", "pkg:npm/@scope/a@1",
            "pkg:npm/%40scope@1", "pkg:npm/%40a/%40b@1", "pkg:npm/a%40@1", "pkg:pypi/%40a/b@1",
            "pkg:npm/%41/a", "pkg:npm/a@1@2", "pkg:npm/a@1/b", "pkg:npm/a?k=v", "pkg:npm/a#b", "pkg:npm/a@1?k=v",
            "pkg:npm/a b",
            "pkg:npm/é", "PKG:npm/a", "pkg:NPM/a", "pkg:/npm/a", "pkg:pypi/A", "pkg:pypi/a_b", "pkg:pypi/a@1.0RC1",
            "pkg:cargo/a/b",
            "pkg:golang/stdlib@1", "pkg:maven/a@1", "pkg:composer/A/b@1", "pkg:julia/Dates", "pkg:deb/debian/curl@1",
            "pkg:generic/a",
            "pkg:golang/a.b/c@v1.0.0+incompatible"
        ]
        for text in texts { #expect(Reading(text) == nil, "\(text)") }
    }

    @Test func `agree with the whole way on texts of any pieces`() {
        let types = [
            "npm", "pypi", "maven", "golang", "cargo", "gem", "nuget", "composer", "hex", "pub", "julia", "swift", "hackage",
            "cran",
            "conan", "opam", "bitnami", "githubactions", "bioconductor", "vscode-extension", "deb", "github", "generic", "NPM"
        ]
        let pieces = [
            "a", "Z", "0", "9.1", "-", "--", "_", ".", "~", ":", "/", "/", "@", "%40", "+", "?k=v", "#s", "std", "v1.0.0", ".git",
            "é",
            " "
        ]
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = SeededGenerator(seed: seed)
        var plainCount = 0
        for _ in 0..<60_000 {
            let parts = (0..<(1 + generator.below(7))).map { _ in generator.pick(pieces) }
            let type = generator.pick(types)
            let scope = type == "npm" && generator.below(2) == 0 ? "%40" : ""
            let slash = generator.below(20) == 0 ? "" : "/"
            let text = "pkg:" + type + slash + scope + parts.joined()
            plainCount += Reading(text) == nil ? 0 : 1
            if let fault = disagreement(text) {
                Issue.record("seed \(seed): \(fault)")
                return
            }
        }
        #expect(plainCount > 5_000, "seed \(seed): the test says something only where many are plain")
    }

    @Test func `are spelled from their components as the whole way spells them, and what is not plain is left to it`() {
        #expect(PlainPurl.spelling(type: "npm", namespace: "@s", name: "a.b", version: "1.0-rc.1") == "pkg:npm/%40s/a.b@1.0-rc.1")
        #expect(PlainPurl.spelling(type: "maven", namespace: "org.a", name: "b", version: "1") == "pkg:maven/org.a/b@1")
        let types = ["npm", "pypi", "maven", "golang", "cargo", "gem", "nuget", "composer", "swift", "deb", "generic"]
        let pieces = ["a", "Z", "9.1", "-", "--", "_", ".", "~", ":", "/", "@", "%40", "%", "+", "?", "#", "é", " ", ""]
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = SeededGenerator(seed: seed)
        var plainCount = 0
        for _ in 0..<60_000 {
            func text(_ count: Int) -> String { (0..<generator.below(count) + 1).map { _ in generator.pick(pieces) }.joined() }
            let (type, name, version) = (generator.pick(types), text(3), text(2))
            let namespace = generator.chance(oneIn: 2) ? text(3) : nil
            guard let spelling = PlainPurl.spelling(type: type, namespace: namespace, name: name, version: version) else {
                continue
            }
            plainCount += 1
            let purl = try? Purl(type: type, namespace: namespace, name: name, version: version)
            guard purl?.description != spelling else { continue }
            Issue.record(
                "seed \(seed): \(spelling) and not \(purl?.description ?? "a refusal") of \(namespace ?? "-") \(name) \(version)")
            return
        }
        #expect(plainCount > 1_000, "seed \(seed): the test says something only where many are plain")
    }

    @Test func `agree with the whole way on the purls of the specification's suite`() throws {
        guard let folder = SharedSuite.file("purl-spec") else { return }
        var count = 0
        for case let file as URL in try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
        where file.pathExtension == "json" {
            let text = try String(contentsOf: file, encoding: .utf8)
            for part in text.split(separator: "\"") where part.hasPrefix("pkg:") {
                count += 1
                if let fault = disagreement(String(part)) { Issue.record("\(file.lastPathComponent): \(fault)") }
            }
        }
        #expect(count > 100)
    }
}

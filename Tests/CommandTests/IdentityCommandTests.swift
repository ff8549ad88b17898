import Foundation
import JSONText
import Testing

/// The commands that judge versions, package URLs and ranges of anyone's files.
@Suite
struct IdentityCommandTests {
    private static func write(_ lines: [String], as name: String = "lines.txt", in program: BuiltProgram) throws {
        try Data((lines.joined(separator: "\n") + "\n").utf8)
            .write(to: URL(fileURLWithPath: program.directory).appendingPathComponent(name))
    }

    private static func answers(_ ending: BuiltProgram.Ending) throws -> [JSONValue] {
        try ending.output.split(separator: "\n").map { try JSONValue(parsing: Array($0.utf8)) }
    }

    @Test
    func `judges comparisons by the order of an ecosystem, and names each line that disagrees`() async throws {
        try await BuiltProgram.with { program in
            try Self.write(["# a comment", "1.0~rc1 < 1.0", "", "1:1.0 > 2.0", "1.0 = 1.0-0"], in: program)
            for name in ["Debian:12", "Ubuntu", "deb", "dpkg"] {
                let right = try await program.run(["versions", "check", "--ecosystem", name, "lines.txt"])
                #expect(right.status == 0 && right.output == "3 comparisons by dpkg, 0 disagree\n", "\(name)")
            }
            let other = try await program.run(["versions", "check", "--ecosystem", "npm", "lines.txt"])
            #expect(other.status == 1)
            #expect(other.output.contains("lines.txt:4: 1:1.0 > 2.0, but 1:1.0 < 2.0"), "\(other.output)")
            try Self.write(["1.0 < 2.0", "3.0 < 2.0", "1.0 2.0", "x < 2.0"], in: program)
            let wrong = try await program.run(["versions", "check", "--ecosystem", "PyPI", "lines.txt"])
            #expect(wrong.status == 1)
            #expect(
                wrong.output.split(separator: "\n").map(String.init) == [
                    "lines.txt:2: 3.0 < 2.0, but 3.0 > 2.0", "lines.txt:3: not of the form A < B, A = B or A > B: 1.0 2.0",
                    "4 comparisons by pep440, 2 disagree"
                ], "\(wrong.output)")
            try Self.write(["1.0 < 1.0.0", "1.0.0 = 1.0.0"], in: program)
            for name in ["Packagist", "composer"] {
                let php = try await program.run(["versions", "check", "--ecosystem", name, "lines.txt"])
                #expect(php.status == 0 && php.output == "2 comparisons by composer, 0 disagree\n", "\(php.output)")
            }
            let filled = try await program.run(["versions", "check", "--ecosystem", "composer-normalized", "lines.txt"])
            #expect(filled.output.contains("lines.txt:1: 1.0 < 1.0.0, but 1.0 = 1.0.0"), "\(filled.output)")
            let unknown = try await program.run(["versions", "check", "--ecosystem", "Atlantis", "lines.txt"])
            #expect(unknown.status == 64 && unknown.errors.contains("no order of versions is known for the ecosystem Atlantis"))
        }
    }

    @Test
    func `counts what an inventory lists, and says what is wrong with one that is none`() async throws {
        try await BuiltProgram.with { program in
            let packages = #""packages": [{"name": "a", "externalRefs": [{"referenceType": "purl", "referenceLocator": "x"}]}]"#
            try Self.write([#"{"spdxVersion": "SPDX-2.3", \#(packages)}"#], in: program)
            let words = try await program.run(["sbom", "summary", "lines.txt"])
            #expect(words.output == "lines.txt: spdx-json SPDX-2.3, 1 components, 1 package URLs, 0 vulnerabilities\n")
            let json = try await program.run(["sbom", "summary", "lines.txt", "--json"])
            #expect(try Self.answers(json)[0]["components"]?.integer == 1 && json.status == 0)
            try Self.write([#"{"bomFormat": "CycloneDX", "specVersion": "9"}"#], in: program)
            let refused = try await program.run(["sbom", "summary", "lines.txt", "--json"])
            #expect(refused.status == 1 && refused.errors.contains("lines.txt: not a valid CycloneDX document: /specVersion: "))
            #expect(try Self.answers(refused)[0]["violations"]?.array?.first?["place"]?.string == "/specVersion")
            let components = #"<components><component type="thing"><name>a</name><version>1</version></component></components>"#
            try Self.write([#"<bom xmlns="http://cyclonedx.org/schema/bom/1.3">\#(components)</bom>"#], in: program)
            let invalid = try await program.run(["sbom", "summary", "lines.txt", "--json"])
            let answer = try Self.answers(invalid)[0]
            #expect(invalid.status == 1 && answer["components"]?.integer == 1 && answer["valid"] == false)
            #expect(answer["violations"]?.array?.first?["place"]?.string == "/bom/components/component/@type")
            try Self.write(["flask==3.0.0", "==1"], as: "requirements.txt", in: program)
            let lock = try await program.run(["sbom", "summary", "requirements.txt"])
            #expect(lock.status == 0 && lock.output.contains("requirements.txt: unread: line 2: "), "\(lock.output)")
        }
    }

    @Test
    func `takes package URLs apart, from the command line and from files`() async throws {
        try await BuiltProgram.with { program in
            try Self.write(["pkg:npm/%40angular/core@1", "npm/core"], in: program)
            let ending = try await program.run(["purl", "parse", "pkg:PYPI/Django_package@1.11?b=2&a=1#x", "lines.txt"])
            #expect(ending.status == 1, "one is no package URL")
            let answers = try Self.answers(ending)
            #expect(answers[0]["purl"]?.string == "pkg:pypi/django-package@1.11?a=1&b=2#x")
            #expect(answers[0]["qualifiers"]?["b"]?.string == "2" && answers[0]["namespace"] == .null)
            #expect(answers[1]["namespace"]?.string == "@angular" && answers[1]["version"]?.string == "1")
            #expect(answers[2]["input"]?.string == "npm/core" && answers[2]["code"]?.string == "scheme")
            #expect(answers[2]["byte"]?.integer == 0 && answers.count == 3)
            let mixed = try await program.run(["purl", "parse", "npm/core", "pkg:npm/core@1"])
            #expect(mixed.status == 1 && mixed.errors.contains("npm/core"), "neither a package URL nor a file")
            #expect(try Self.answers(mixed)[0]["name"]?.string == "core", "and the rest is judged")
        }
    }

    @Test
    func `reads package URLs leniently where it is told to, and puts them together`() async throws {
        try await BuiltProgram.with { program in
            let strict = try await program.run(["purl", "parse", "pkg:npm/%40Angular/Core@1.0%2E0"])
            let lenient = try await program.run(["purl", "parse", "--lenient", "PKG://NPM/@angular/core@1.0"])
            #expect(lenient.status == 0, "\(lenient.output)")
            #expect(try Self.answers(lenient)[0]["purl"]?.string == "pkg:npm/%40angular/core@1.0" && strict.status <= 1)
            let built = try await program.run([
                "purl", "build", "--type", "deb", "--namespace", "debian", "--name", "curl", "--version", "7.50.3-1",
                "--qualifier",
                "arch=i386", "--qualifier", "distro=jessie=8", "--subpath", "a/b"
            ])
            #expect(
                try Self.answers(built)[0]["purl"]?.string == "pkg:deb/debian/curl@7.50.3-1?arch=i386&distro=jessie%3D8#a/b",
                "\(built.output)")
            let none = try await program.run(["purl", "build", "--type", "1x", "--name", "curl"])
            #expect(try none.status == 1 && Self.answers(none)[0]["code"]?.string == "type", "\(none.output)")
            let twice = ["purl", "build", "--type", "npm", "--name", "x", "--qualifier", "a=1", "--qualifier"]
            for qualifier in ["a=2", "b"] { #expect(try await program.run(twice + [qualifier]).status == 64, "\(qualifier)") }
        }
    }

    @Test
    func `reads ranges of databases and ranges that are not canonical, and takes them apart`() async throws {
        try await BuiltProgram.with { program in
            let ranges = [
                ("gitlab/npm", "<1.3.4||^3"), ("gitlab/packagist", "<2.0"), ("gitlab/pypi", "<=1.0"), ("github/pip", "<= 1.0")
            ]
            var contained: [JSONValue?] = []
            for (syntax, range) in ranges {
                let ending = try await program.run(["range", "contains", "--native", syntax, range, "3.0.0", "2.0", "1.0+local"])
                #expect(ending.status == 0, "\(ending.output)")
                contained += try Self.answers(ending).map { $0["contains"] }
            }
            #expect(contained == [true, false, true, false, false, true, false, false, true, false, false, false])
            let bare = try await program.run(["range", "contains", "--native", "gitlab", "<1", "1"])
            #expect(bare.status == 64 && bare.errors.contains("name one (gitlab/npm)"), "\(bare.errors)")
            let untidy = "VERS:pypi / >= 2.0 | 1.0"
            #expect(try await program.run(["range", "contains", untidy, "1.0"]).status == 1)
            let lenient = try await program.run(["range", "contains", "--lenient", untidy, "1.0", "1.5"])
            #expect(try Self.answers(lenient).map { $0["contains"] } == [true, false], "\(lenient.output)")
            let parsed = try await program.run(["range", "parse", "--lenient", untidy, "vers:npm/*", "x"])
            let answers = try Self.answers(parsed)
            #expect(parsed.status == 1 && answers[0]["vers"]?.string == "vers:pypi/1.0|>=2.0", "\(parsed.output)")
            #expect(answers[0]["constraints"] == [["=", "1.0"], [">=", "2.0"]] && answers[0]["type"]?.string == "pypi")
            #expect(answers[1]["constraints"] == [] && answers[2]["code"]?.string == "scheme")
            try Self.write(["^1.2 || ^3", "# a comment", "1.2.x"], in: program)
            let native = try await program.run(["range", "parse", "--native", "npm", "--file", "lines.txt"])
            #expect(
                try Self.answers(native).map { $0["vers"]?.string }
                    == ["vers:npm/>=1.2.0|<2.0.0|>=3.0.0|<4.0.0", "vers:npm/>=1.2.0|<1.3.0"], "\(native.output)")
            for arguments in [[], ["--lenient", "--native", "npm", "1"], ["--file", "lines.txt", "vers:npm/1"]] {
                #expect(try await program.run(["range", "parse"] + arguments).status == 64, "\(arguments)")
            }
        }
    }

    @Test
    func `says whether versions lie in a range, and where it can't be said`() async throws {
        try await BuiltProgram.with { program in
            let vers = try await program.run(["range", "contains", "vers:npm/>=1.2.0|<2.0.0", "1.5.0", "2.0.0", "x"])
            #expect(vers.status == 0, "not to know is an answer")
            #expect(try Self.answers(vers).map { $0["contains"] } == [true, false, .null])
            #expect(try Self.answers(vers)[2]["reason"]?.string?.isEmpty == false)
            let native = try await program.run(["range", "contains", "--native", "maven", "[1.0,2.0)", "1.5"])
            #expect(try Self.answers(native)[0]["vers"]?.string == "vers:maven/>=1.0|<2.0")
            try Self.write(["^1.2 || ^3\t3.4.0", ">= 2 < 3 2.5.0", "=> 1 1.0.0"], in: program)
            let file = try await program.run(["range", "contains", "--native", "npm", "--file", "lines.txt"])
            let answers = try Self.answers(file)
            #expect(file.status == 1 && answers.prefix(2).allSatisfy { $0["contains"] == true }, "\(file.output)")
            #expect(answers[2]["range"]?.string == "=> 1" && answers[2]["error"]?.string != nil, "\(answers[2])")
            try Self.write(["vers:npm/1", "vers:npm/>=1.0.0\t2.0.0"], in: program)
            let partly = try await program.run(["range", "contains", "--file", "lines.txt"])
            #expect(partly.status == 1, "a line without a version takes nothing of the others with it")
            #expect(try Self.answers(partly).map { $0["contains"] } == [nil, true])
            for name in ["PyPI", "pypi", "RubyGems", "Packagist", "crates.io", "Go", "Debian:12", "Rocky Linux:9", "Alpine:v3.20"]
            {
                let ending = try await program.run(["range", "contains", "--native", name, "<2.0", "1.0"])
                #expect(try Self.answers(ending)[0]["contains"] == true, "\(name): \(ending.output)\(ending.errors)")
            }
            for arguments in [["vers:npm/1"], ["--native", "atlantis", "1", "1"], []] {
                #expect(try await program.run(["range", "contains"] + arguments).status == 64, "\(arguments)")
            }
        }
    }

    private static let advisory = #"""
        {"id": "GHSA-aaaa-bbbb-cccc", "modified": "2026-01-02T03:04:05Z", "aliases": ["CVE-2026-1000"], "affected": [{"package": \#
        {"ecosystem": "npm", "name": "left-pad"}, "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "1.3.0"}]}]}]}
        """#

    private static let catalogue = """
        cveID,vendorProject,product,vulnerabilityName,dateAdded,shortDescription,requiredAction,dueDate
        CVE-2026-1000,V,P,N,2026-01-30,s,R,2026-12-01

        """

    @Test
    func `matches an inventory against an index that it made, and gives no all-clear where it knows or sees nothing`()
        async throws
    {
        try await BuiltProgram.with { program in
            func write(_ text: String, _ name: String) throws {
                try Data(text.utf8).write(to: URL(fileURLWithPath: program.directory).appendingPathComponent(name))
            }
            try write(Self.advisory + "\n{}\n", "osv.jsonl")
            try write("package,version\nnpm:left-pad,1.2.0\n", "list.csv")
            try write("package,version\n", "empty.csv")
            let blind = try await program.run(["match", "--directory", "agent", "list.csv"])
            #expect(blind.status == 1 && blind.errors.contains("there are no advisories yet"), "\(blind.errors)")
            let added = try await program.run(["index", "add", "index", "--advisories", "osv.jsonl"])
            #expect(
                added.status == 0 && added.output.contains("1 advisories taken, 1 refused; the index holds 1"), "\(added.output)")
            let found = try await program.run([
                "match", "--index", "index", "list.csv", "--format", "json", "--fail-on", "affected"
            ])
            let match = try #require(try Self.answers(found)[0]["matches"]?.array?.first)
            #expect(found.status == 2 && match["advisory"]?.string == "GHSA-aaaa-bbbb-cccc" && match["fixed"]?.string == "1.3.0")
            let again = try await program.run(["index", "add", "index", "--advisories", "osv.jsonl"])
            #expect(again.status == 0 && again.output.contains("1 refused before, next try 20"), "\(again.output)")
            #expect(again.output.contains("0 advisories taken, 0 refused; the index holds 1"), "\(again.output)")
            let retried = try await program.run(["index", "add", "index", "--retry", "--advisories", "osv.jsonl"])
            #expect(retried.output.contains("0 advisories taken, 1 refused; the index holds 1"), "\(retried.output)")
            try write(Self.catalogue, "kev.csv")
            let signals = try await program.run(["index", "add", "index", "--advisories", "kev.csv"])
            #expect(signals.status == 0 && signals.output.contains("KEV of 2026-01-30: 1 vulnerabilities"), "\(signals.output)")
            let shown = try await program.run(["index", "show", "index"])
            let lines = shown.output.split(separator: "\n")
            #expect(lines.count == 7 && lines[2] == "2 sources, 2 read to the end:", "\(shown.output)")
            #expect(lines[6].contains("osv.jsonl line 2: ") && lines[6].contains("tried 2 times, next try 20"), "\(shown.output)")
            let table = try await program.run(["match", "--index", "index", "list.csv"])
            #expect(table.output.contains("CVE-2026-1000 (GHSA-aaaa-bbbb-cccc)  KEV, due 2026-12-01  "), "\(table.output)")
            try write("package,version\ncargo:left-pad,1.2.0\n", "foreign.csv")
            for format in ["table", "json", "sarif", "cyclonedx"] {
                let foreign = try await program.run(["match", "--index", "index", "foreign.csv", "--format", format])
                #expect(foreign.status == 1 && !foreign.output.isEmpty, "\(format): the index knows no crates")
            }
            let nothing = try await program.run(["match", "--index", "index", "empty.csv"])
            #expect(nothing.status == 1 && nothing.errors.contains("nothing was examined"), "\(nothing.errors)")
            let full = try await program.run(["purl", "parse", "pkg:npm/a@1"], output: "/dev/full")
            #expect(full.status == 1 && full.errors.contains("could not be written"), "\(full.errors)")
            try write(
                Self.advisory.replacing("\"modified\"", with: "\"withdrawn\": \"2026-02-01T00:00:00Z\", \"modified\"")
                    .replacing("2026-01-02T", with: "2026-02-01T") + "\n", "withdrawn.jsonl")
            _ = try await program.run(["index", "add", "index", "--advisories", "withdrawn.jsonl"])
            let hollow = try await program.run(["match", "--index", "index", "list.csv"])
            #expect(hollow.status == 1 && hollow.errors.contains("index has no advisory that stands"), "\(hollow.errors)")
            let missing = try await program.run(["match", "--index", "nowhere", "list.csv"])
            #expect(missing.status == 1 && missing.errors.contains("holds no index of advisories"), "\(missing.errors)")
        }
    }

    @Test
    func `reads an SBOM that breaks its schema, and refuses it where that is asked for`() async throws {
        try await BuiltProgram.with { program in
            try Self.write([Self.advisory], as: "osv.jsonl", in: program)
            _ = try await program.run(["index", "add", "index", "--advisories", "osv.jsonl"])
            let component = #"{"name": "left-pad", "purl": "pkg:npm/left-pad@1.2.0"}"#
            try Self.write(
                [#"{"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "components": [\#(component)]}"#],
                as: "bom.json",
                in: program)
            let reason = "bom.json: not valid CycloneDX 1.5 at /components/0: required member \"type\" is missing"
            let match = ["match", "--index", "index", "--fail-on", "affected", "bom.json"]
            let read = try await program.run(match)
            #expect(read.status == 2 && read.errors == reason + "; its components were asked all the same\n", "\(read.errors)")
            try Self.write(["package,version", "npm:left-pad,1.2.1"], as: "list.csv", in: program)
            for format in ["table", "json", "sarif", "cyclonedx"] {
                let refused = try await program.run(match + ["list.csv", "--strict", "--format", format])
                #expect(refused.status == 1 && refused.errors == "Error: \(reason)\n", "\(refused.errors)")
                #expect(refused.output.contains("1.2.1"), "the other one counts: \(refused.output)")
            }
            let deposit = [
                "inventory", "deposit", "--server", "http://127.0.0.1:9", "--token", "t", "--name", "hall", "bom.json", "--strict"
            ]
            let kept = try await program.run(deposit)
            #expect(kept.status == 1 && kept.errors.contains(reason), "\(kept.errors)")
        }
    }

    @Test
    func `reads standard input and other names where the format is named, and says so where it is not`() async throws {
        try await BuiltProgram.with { program in
            try Self.write([Self.advisory], as: "osv.jsonl", in: program)
            _ = try await program.run(["index", "add", "index", "--advisories", "osv.jsonl"])
            try Self.write(["package,version", "npm:left-pad,1.2.0"], as: "list", in: program)
            let match = ["match", "--index", "index", "--fail-on", "affected"]
            let blind = try await program.run(match + ["list"])
            #expect(
                blind.status == 1 && blind.errors.contains("the name tells no format")
                    && blind.errors.contains("--inventory-format"),
                "\(blind.errors)")
            #expect(try await program.run(match + ["list", "--inventory-format", "csv"]).status == 2)
            let piped = try await program.run(match + ["-", "--inventory-format", "csv"], input: "list")
            #expect(piped.status == 2 && piped.output.contains("left-pad"), "\(piped.errors)")
            let summary = try await program.run(["sbom", "summary", "-", "--inventory-format", "csv"], input: "list")
            #expect(summary.status == 0 && summary.output.hasPrefix("-: csv, 1 components"), "\(summary.output)")
            let other = try await program.run(match + ["list", "--inventory-format", "atlantis"])
            #expect(other.status == 64 && other.errors.contains("atlantis is no format of inventories"), "\(other.errors)")
            try Self.write([#"{"bomFormat":"CycloneDX","specVersion":"1.6"}"#], as: "bom", in: program)
            let wrong = try await program.run(["sbom", "summary", "bom", "--inventory-format", "spdx-json"])
            #expect(wrong.status == 1 && wrong.errors.contains("the document is cyclonedx-json"), "\(wrong.errors)")
            let folder = try await program.run(["sbom", "summary", "index"])
            #expect(folder.status == 1 && folder.errors == "Error: index can't be read: Is a directory\n", "\(folder.errors)")
            let help = try await program.run(["match", "--help"])
            #expect(["cyclonedx-xml", "gradle.lockfile", "rpm-list", "csv."].allSatisfy(help.output.contains), "\(help.output)")
        }
    }

    @Test
    func `an inventory that can't be read takes nothing of the others with it, and is told apart from what is affected`()
        async throws
    {
        try await BuiltProgram.with { program in
            try Self.write([Self.advisory], as: "osv.jsonl", in: program)
            _ = try await program.run(["index", "add", "index", "--advisories", "osv.jsonl"])
            try Self.write(["package,version", "npm:left-pad,1.2.0"], as: "list.csv", in: program)
            try Self.write(["package,version", "npm:left-pad,newest"], as: "open.csv", in: program)
            func status(_ arguments: [String]) async throws -> Int32 {
                try await program.run(["match", "--index", "index"] + arguments).status
            }
            #expect(try await status(["list.csv"]) == 0)
            #expect(try await status(["open.csv", "--fail-on", "affected"]) == 0)
            #expect(try await status(["open.csv", "--fail-on", "undecided"]) == 2)
            #expect(try await status(["list.csv", "--fail-on", "undecided"]) == 2)
            let both = try await program.run(["match", "--index", "index", "--fail-on", "affected", "none.csv", "list.csv"])
            #expect(both.status == 1 && both.errors.contains("none.csv can't be read: No such file"), "\(both.errors)")
            #expect(both.output.contains("Not read: none.csv") && both.output.contains("GHSA-aaaa-bbbb-cccc"), "\(both.output)")
            // As a directory without permission is: there is something, and it can't be read.
            try FileManager.default.removeItem(atPath: program.directory + "/index/manifest")
            try FileManager.default.createDirectory(
                atPath: program.directory + "/index/manifest", withIntermediateDirectories: true)
            let locked = try await program.run(["match", "--index", "index", "list.csv"])
            #expect(
                locked.status == 1 && locked.errors.contains("index/manifest can't be read: Is a directory"), "\(locked.errors)")
        }
    }

    @Test
    func `shows the signals that the agent keeps, also without an index`() async throws {
        try await BuiltProgram.with { program in
            try Self.write([Self.catalogue], as: "kev.csv", in: program)
            try Self.write(["package,version", "npm:left-pad,1.2.0"], as: "list.csv", in: program)
            let kept = try await program.run(["agent", "signals", "--directory", "agent", "kev.csv"])
            #expect(kept.status == 0 && kept.output == "KEV of 2026-01-30: 1 vulnerabilities\n", "\(kept.errors)")
            try Self.write([Self.advisory], as: "agent/advisories.ndjson", in: program)
            let table = try await program.run(["match", "--directory", "agent", "list.csv"])
            #expect(table.output.contains("  KEV, due 2026-12-01  "), "\(table.output) \(table.errors)")
            // Lines that were replaced make the index anew; what is known of exploitation is of other files.
            try Self.write(
                [Self.advisory.replacing("GHSA-aaaa-bbbb-cccc", with: "GO-2026-1")], as: "agent/advisories.ndjson", in: program)
            let again = try await program.run(["match", "--directory", "agent", "list.csv"])
            #expect(again.output.contains("  KEV, due 2026-12-01  ") && again.output.contains("GO-2026-1"), "\(again.output)")
            let card = try await program.run(["agent", "match", "--directory", "agent", "--only-sboms", "--sbom", "list.csv"])
            #expect(card.output.contains("\n  Signals  KEV, due 2026-12-01\n"), "\(card.output) \(card.errors)")
            let wrong = try await program.run(["agent", "signals", "--directory", "agent", "list.csv"])
            #expect(wrong.status == 1 && wrong.errors.contains("list.csv is neither KEV nor EPSS"), "\(wrong.errors)")
        }
    }

    @Test
    func `names what can't be read or is refused, and takes the rest`() async throws {
        try await BuiltProgram.with { program in
            let folder = program.directory + "/mirror"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try Self.write([Self.advisory], as: "mirror/a.json", in: program)
            try Self.write([Self.advisory.replacing("aaaa", with: "dddd")], as: "mirror/z.json", in: program)
            try Self.write(
                [#"{"dataType":"CVE_RECORD","cveMetadata":{"cveId":"CVE-2026-7"}}"#], as: "mirror/cve.json", in: program)
            try Data([0x1F, 0x8B, 0x08, 0x00]).write(to: URL(fileURLWithPath: folder + "/m.json.gz"))
            try Data([0x1F, 0x8B, 0x08, 0x00]).write(to: URL(fileURLWithPath: folder + "/n.json"))
            let added = try await program.run(["index", "add", "index", "--refusals", "refusals", "--advisories", "mirror"])
            #expect(
                added.status == 1 && added.errors.contains("2 files or directories could not be read to their end"),
                "\(added.errors)")
            #expect(added.output.contains("2 advisories taken, 3 refused; the index holds 2"), "\(added.output)")
            let refusals = try String(contentsOfFile: program.directory + "/refusals", encoding: .utf8).split(separator: "\n")
            #expect(try refusals.map { try JSONValue(parsing: Array($0.utf8))["id"] } == ["CVE-2026-7", nil, nil], "\(refusals)")
            let shown = try await program.run(["index", "show", "index", "--refusals"])
            #expect(shown.output.split(separator: "\n").count == 3 && shown.output.contains("\"tries\":1"), "\(shown.output)")
            let imported = try await program.run(["advisory", "import", "--data", "data", "mirror"])
            #expect(imported.status == 1 && imported.output.hasPrefix("2 records"), "\(imported.output) \(imported.errors)")
            #expect(imported.errors.contains("not read: mirror/n.json is damaged: gzip can't unpack it"), "\(imported.errors)")
            #expect(
                imported.output.contains("not in OSV format, CVE-2026-7 (mirror/cve.json) is of the format CVE record"),
                "\(imported.output)")
            let named = try await program.run(["advisory", "import", "--data", "data", "mirror/cve.json"])
            #expect(
                named.status == 1
                    && named.output.contains("refused CVE-2026-7 (mirror/cve.json): it is of the format CVE record"),
                "\(named.output)")
        }
    }
}

import AdvisoryFormats
import TestSupport
import Testing

/// Every format under truncated and changed bytes: it reads them or refuses them with a place inside them.
@Suite struct LockFileRobustnessTests {
    private static let samples: [(name: String, text: String)] = [
        (
            "package-lock.json",
            #"{"lockfileVersion": 3, "packages": {"": {}, "node_modules/@s/a": {"version": "1", "resolved": "https://x/-/a"}}}"#
        ),
        ("package-lock.json", #"{"dependencies": {"a": {"version": "npm:b@1", "dependencies": {"c": {"version": "git+x#1"}}}}}"#),
        (
            "yarn.lock",
            "# x\n\"@s/a@^1\", b@npm:c@2:\n  version \"1.0\"\n  resolved \"https://x/-/a#1\"\n  dependencies:\n    d \"1\"\n"
        ),
        ("yarn.lock", "__metadata:\n  version: 8\n\n\"a@npm:^1\":\n  version: 1.0\n  resolution: \"a@patch:a@npm%3A1.0#x\"\n"),
        (
            "pom.xml",
            "<project><properties><v>1</v></properties><dependencies><dependency><groupId>a</groupId><artifactId>b</artifactId><version>${v}</version></dependency></dependencies></project>"
        ),
        (
            "bun.lock",
            "{\"packages\": {\"a\": [\"@s/a@1\", {},], /* x */ \"b\": [\"b@git+x#1\"], // y\n},}"
        ),
        (
            "pnpm-lock.yaml",
            "lockfileVersion: '6.0'\npackages:\n  /@s/a@1.0(b@2):\n    resolution: {integrity: x, tarball: 'y'}\n    a: >-\n      b\n    c: [d, \"e\"]\n"
        ),
        ("requirements.txt", "a[x]==1.0 ; b \\\n  --hash=c # d\n-r e\ng @ git+https://github.com/o/g@1#egg=h\n./x.whl\n"),
        (
            "poetry.lock",
            "[[package]]\nname = \"a\"\nversion = '1'\nx = {a.b = [1, \"\"\"c\\\n d\"\"\"], e = 2024-01-01}\n[package.source]\ntype = \"git\"\n"
        ),
        ("Cargo.lock", "version = 3\n[[package]]\nname = \"a\\u00e9\"\nversion = \"1\"\nsource = '''registry'''\n"),
        ("go.sum", "a.b/c v1.0.0 h1:x=\na.b/c v1.0.0/go.mod h1:x=\n"),
        ("go.mod", "module a\ngo 1.21\nrequire (\n\tb.c/d v1 // indirect\n)\nreplace b.c/d v1 => ./e\n"),
        (
            "Package.resolved",
            #"{"pins": [{"identity": "a", "location": "git@h.i:a/b.git", "state": {"version": "1", "revision": null}}]}"#
        ),
        ("Gemfile.lock", "GIT\n  remote: x\n  revision: y\n  specs:\n    a (1.0-java)\n      b (~> 1)\n\nPLATFORMS\n  ruby\n"),
        ("composer.lock", #"{"packages": [{"name": "a/b", "version": "v1", "dist": {"type": "zip"}}], "packages-dev": null}"#),
        ("Pipfile.lock", #"{"_meta": {}, "default": {"a": {"version": "==1.0"}, "b": {"git": "x", "ref": "y"}}}"#),
        (
            "verification-metadata.xml",
            "<verification-metadata><components><component group='a' name='b' version='1'/></components></verification-metadata>"
        ),
        ("packages.config", "<packages><package id='A' version='1'/></packages>"),
        (
            "Podfile.lock",
            "PODS:\n  - A/B (1):\n    - C (~> 2)\n  - \"D (3)\"\nEXTERNAL SOURCES:\n  D:\n    :git: u\nCOCOAPODS: 1.0\n"
        ),
        ("deno.lock", #"{"version": "4", "jsr": {"@a/b@1": {}}, "npm": {"c@1_d@2": {"integrity": "x"}}}"#),
        ("gradle.lockfile", "# x\na:b:1=c,d\nempty=e\n"),
        ("packages.lock.json", #"{"version": 1, "dependencies": {"n": {"A": {"type": "Direct", "resolved": "1"}}}}"#),
        ("x.deps.json", #"{"libraries": {"A/1": {"type": "package"}}}"#),
        (
            "mix.lock",
            "%{\n  \"a\": {:hex, :a, \"1\", \"x\", [:mix], [{:b, \"~> 1\", [hex: :b, optional: false]}], \"hexpm\", \"y\"},\n  \"c\" => {:git, \"u\", \"r\", []},\n}\n"
        ),
        ("pubspec.lock", "packages:\n  a:\n    description:\n      name: a\n    source: hosted\n    version: \"1\"\n"),
        ("conan.lock", #"{"version": "0.5", "requires": ["a/1@u/c#r%t"], "graph_lock": {"nodes": {"0": {"ref": "b/2"}}}}"#),
        ("renv.lock", #"{"Packages": {"a": {"Package": "a", "Version": "1", "Source": "GitHub", "RemoteUsername": "o"}}}"#),
        ("stack.yaml.lock", "packages:\n- completed:\n    hackage: a-1@sha256:x,1\n  original:\n    hackage: a-1\n"),
        ("cabal.project.freeze", "constraints: any.a ==1.0,\n  b +f\n"),
        ("status", "Package: a\nVersion: 1\nSource: b (2)\n\nPackage: c\n"),
        ("installed", "P:a\nV:1\no:b\n\nP:c\n"), ("rpm-qa", "a-1-2.x86_64\nb (none):1-2 noarch c-1-2.src.rpm\n"),
        ("x.csv", "package;version\nnpm:@s/a;1\n\"Debian:12:b\";\"2\"\npkg:npm/c@1;\nmaven:d:e;3\n")
    ]

    private func check(_ bytes: [UInt8], _ name: String, _ note: String) {
        do throws(FormatRefusal) {
            let inventory = try InventoryDocument(parsing: bytes, fileName: name)
            let offsets = inventory.problems.map(\.byteOffset) + inventory.components.map(\.byteOffset)
            #expect(offsets.allSatisfy { (0...bytes.count).contains($0) }, "\(name) \(note): a place outside the bytes")
        } catch {
            let isInside = error.violations.allSatisfy { (0...bytes.count).contains($0.byteOffset) }
            #expect(isInside && !error.violations.isEmpty, "\(name) \(note): refused without a place")
        }
    }

    @Test func `reads every sample`() throws {
        for (name, text) in Self.samples { #expect(try listed(text, as: name).isEmpty == false, "\(name)") }
    }

    @Test func `survives truncation at every byte`() {
        for (name, text) in Self.samples {
            for length in 0..<text.utf8.count { check(Array(text.utf8.prefix(length)), name, "cut at \(length)") }
        }
    }

    @Test func `survives changed bytes`() {
        let seed = UInt64(20_261)
        var random = SeededGenerator(seed: seed)
        let marks = Array("\"'#:,-=[]{}()@\\/ \n\t\r0a%?&*|>~\u{0}".utf8) + [0xFF, 0xC3]
        for round in 0..<300 {
            for (name, text) in Self.samples {
                var bytes = Array(text.utf8)
                for _ in 0...random.below(4) where !bytes.isEmpty {
                    let place = random.below(bytes.count)
                    switch random.below(3) {
                    case 0: bytes[place] = random.pick(marks)
                    case 1: bytes.insert(random.pick(marks), at: place)
                    default: bytes.remove(at: place)
                    }
                }
                check(bytes, name, "seed \(seed), round \(round)")
            }
        }
    }
}

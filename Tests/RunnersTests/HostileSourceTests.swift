import AdvisoryFormats
import Foundation
import Glibc
import Sandbox
import Testing

@testable import Runners

@Suite(
    .enabled("SKIPPED: no sandbox on this machine") {
        if case .available = await SandboxAvailability.check() { true } else { false }
    })
struct `A hostile source` {
    @Test func `is packed without following links, waiting at FIFOs or taking what is too large, and each is told`() throws {
        let tree = try SourceTree(WeakSource.both)
        #expect(symlink("/etc/passwd", tree.path + "/src/passwd.c") == 0)
        #expect(symlink("/etc", tree.path + "/etc") == 0)
        #expect(mkfifo(tree.path + "/src/pipe.c", 0o644) == 0)
        try tree.write("src/line\nbreak.c", WeakSource.copy)
        try tree.write("src/huge.c", String(repeating: "int a;\n", count: 700_000))
        let (archive, leftOut) = try DirectoryPacker.pack(tree.path)
        #expect(
            Set(leftOut.map { "\($0.path): \($0.reason)" }) == [
                "src/passwd.c: symbolicLink", "etc: symbolicLink", "src/pipe.c: specialFile", "src/line\u{FFFD}break.c: badName",
                "src/huge.c: tooLarge"
            ])
        #expect(!String(decoding: archive.bytes, as: UTF8.self).contains("root:x:0"))
    }

    @Test func `is unpacked without what leads anywhere, and each member left out is told`() async throws {
        let archive = try await Tar.archive(
            """
            printf 'int a;\\n' > a.c; ln -s /etc/passwd b.c; ln -s / root; mkfifo c.c; printf x > "d
            e.c"; head -c 5000000 /dev/zero > f.c; mkdir -p .git/hooks dir; printf x > .git/config; printf x > dir/.semgrepignore; mkdir g; \
            printf 'int g;\\n' > g/g.c
            """, options: "--mode=0 .")
        let source = try await ScanEngine.sandboxed.source(archive, for: Listing(configuration: [".semgrepignore"]))
        #expect(source.listing.files.map(\.path) == ["a.c", "g/g.c"])
        #expect(
            Set(source.listing.leftOut.map { "\($0.path): \($0.reason)" }) == [
                "b.c: symbolicLink", "root: symbolicLink", "c.c: specialFile", "d\u{FFFD}e.c: badName", "f.c: tooLarge",
                "dir/.semgrepignore: configuration", ".git: versionControl"
            ])
    }

    @Test func `with a member that leads outside, or that is cut, is refused as a whole`() async throws {
        let good = try await Tar.archive("head -c 5000 /dev/zero > a.c")
        let outside = try await Tar.archive("printf x > ../x", options: "-P ../x")
        let through = try await Tar.archive("mkdir d; printf x > d/f; ln -s ../.. e", options: "--transform=s,^./d,e, ./e ./d")
        for archive in [outside, try SourceArchive(Array(good.bytes.prefix(1_100)))] {
            await #expect { _ = try await ScanEngine.sandboxed.source(archive, for: Listing()) } throws: {
                ($0 as? RunnerError)?.code == .badSource
            }
        }
        // A directory that was a link before leads nowhere: what was to be written through it is refused or stays inside.
        let listing = try? await ScanEngine.sandboxed.source(through, for: Listing()).listing
        #expect(listing?.files.allSatisfy { $0.path == "e/f" } ?? true)
        #expect { _ = try SourceArchive(Array("#!/bin/sh\n".utf8)) } throws: { ($0 as? RunnerError)?.code == .badSource }
    }

    @Test(arguments: [
        "tar -cf ../archive.tar .", "tar -czf ../archive.tar .", "tar -cJf ../archive.tar .", "tar -cjf ../archive.tar .",
        "tar --zstd -cf ../archive.tar .", "python3 -m zipfile -c ../archive.tar ."
    ])
    func `may come in any of these archives, which all hold the same`(packing: String) async throws {
        let archive = try await Tar.packed("mkdir src; printf 'int a;\\n' > src/a.c; printf x > '-b c.c'", by: packing)
        let source = try await ScanEngine.sandboxed.source(archive, for: Listing())
        #expect(source.listing.files.map(\.path) == ["-b c.c", "src/a.c"], "\(packing)")
    }

    @Test func `that is a bomb is refused when the room for it is used up`() async throws {
        let archive = try await Tar.packed("truncate -s 1200M zeros.c", by: "tar --zstd -cf ../archive.tar zeros.c")
        await #expect { _ = try await ScanEngine.sandboxed.source(archive, for: Listing()) } throws: { error in
            (error as? RunnerError)?.code == .badSource || (error as? RunnerError)?.code == .toolFailed
        }
    }

    @Test(.enabled("SKIPPED: cppcheck") { await Scanning.isAvailable("cppcheck") })
    func `silences cppcheck neither by its own library, marks or macros, nor by files it can't read`() async throws {
        let tree = try SourceTree([
            "copy.c": "// cppcheck-suppress-file\n" + WeakSource.copy,
            "hidden.c": "#ifndef __cppcheck__\nint g(void) { int *p = 0; return *p; }\n#endif\n",
            "broken.c": "int f( {{{{\n", "stop.c": "#error stop here\nint h(void) { int *p = 0; return *p; }\n",
            "std.cfg": "<?xml version=\"1.0\"?>\n<def><function name=\"malloc\"><noreturn>true</noreturn></function></def>\n",
            "posix.cfg": "<def>", "cppcheck.cfg": "<def>",
            "compile_commands.json":
                #"[{"directory":"/","command":"sh -c 'touch /work/out/pwned'","file":"copy.c"}]"#
        ])
        let (result, log) = try await Scanning.scan(tree, by: try AnalysisTools.runner("cppcheck"))
        #expect(result.places.contains("copy.c:10 672") && result.places.contains("copy.c:15 788"), "\(result.places)")
        #expect(result.places.contains("hidden.c:2 476"))
        #expect(result.notices.contains { $0.path == "broken.c" && $0.isLoss }, "\(result.notices)")
        #expect(result.notices.contains { $0.path == "stop.c" } || result.places.contains("stop.c:2 476"), "\(result.notices)")
        _ = try Scanning.read(log)
    }

    @Test(.enabled("SKIPPED: clang") { await Scanning.isAvailable("clang") })
    func `silences clang neither by macros, configuration or headers of the host, nor unnoticed by attributes`() async throws {
        let tree = try SourceTree([
            "hidden.c": "#ifndef __clang_analyzer__\nint g(void) { int *p = 0; return *p; }\n#endif\n",
            "told.c": "void stop(void) __attribute__((analyzer_noreturn));\nint g(void) { int *p = 0; stop(); return *p; }\n",
            "secret.c": "#include \"/etc/passwd\"\nint g(void) { int *p = 0; return *p; }\n",
            "waiting.c": "#include \"/dev/stdin\"\nint g(void) { int *p = 0; return *p; }\n",
            "-o copied.c": WeakSource.copy, "space and 'quote'$(touch pwned).c": WeakSource.copy,
            ".clang-tidy": "Checks: '-*'\n", "clang.cfg": "--analyzer-no-default-checks\n"
        ])
        let (result, log) = try await Scanning.scan(tree, by: try AnalysisTools.runner("clang"))
        #expect(result.places.contains("hidden.c:2 476"), "\(result.places)")
        #expect(result.places.contains("-o copied.c:9 416"))
        #expect(result.places.contains("space and 'quote'$(touch pwned).c:9 416"))
        #expect(
            result.notices.contains { $0.path == "told.c" && $0.text.contains("1:__attribute__((analyzer_noreturn") },
            "\(result.notices)")
        #expect(result.notices.contains { $0.path == "secret.c" && $0.text.contains("not looked at") })
        #expect(!result.notices.contains { $0.text.contains("root:") })
        #expect(result.places.contains("waiting.c:2 476"))
        #expect(try Scanning.read(log).resultCount == result.findings.count)
    }

    @Test(.enabled("SKIPPED: bandit") { await Scanning.isAvailable("bandit") })
    func `silences bandit neither by marks, configuration or directories it would pass over, nor by modules it would load`()
        async throws
    {
        let tree = try SourceTree([
            "serve.py": WeakSource.serve.replacing("shell=True)", with: "shell=True)  # nosec"),
            ".tox/serve.py": WeakSource.serve, "a.egg/serve.py": WeakSource.serve, "python2.py": "print 'x'\n",
            ".bandit": "[bandit]\nskips: B602,B301\nexclude: /\n", "setup.cfg": "[bandit]\nskips: B602\n",
            "pyproject.toml": "[tool.bandit]\nskips = [\"B602\"]\n",
            "bandit.py": "import os\nos.system('touch /work/out/report')\n",
            "sitecustomize.py": "raise SystemExit(0)\n", "json.py": "raise SystemExit(0)\n"
        ])
        let (result, log) = try await Scanning.scan(tree, by: try AnalysisTools.runner("bandit"))
        for path in ["serve.py", ".tox/serve.py", "a.egg/serve.py"] {
            #expect(result.places.contains("\(path):7 78") && result.places.contains("\(path):11 502"), "\(result.places)")
        }
        #expect(result.notices.map(\.path) == ["python2.py"], "\(result.notices)")
        #expect(log.leftOut.map(\.path) == [".bandit"])
        #expect(try Scanning.read(log).resultCount == result.findings.count)
    }

    @Test(.enabled("SKIPPED: semgrep") { await Scanning.isAvailable("semgrep") })
    func `silences semgrep neither by marks nor by lists of what to ignore, and has no git run for it`() async throws {
        let tree = try SourceTree([
            "serve.py": WeakSource.serve.replacing("shell=True)", with: "shell=True)  # nosemgrep"),
            "tests/serve.py": WeakSource.serve, "node_modules/serve.py": WeakSource.serve,
            "broken.py": "def f(:\n    subprocess.call(x, shell=True\neval((((\n",
            ".semgrepignore": "*\n", ".gitignore": "*\n",
            ".git/config": "[core]\nfsmonitor = touch /work/out/report\nrepositoryformatversion = 0\n",
            ".git/HEAD": "ref: refs/heads/x\n"
        ])
        let (result, log) = try await Scanning.scan(tree, by: try AnalysisTools.runner("semgrep"))
        for path in ["serve.py", "tests/serve.py", "node_modules/serve.py"] {
            #expect(result.places.contains("\(path):7 78") && result.places.contains("\(path):11 502"), "\(result.places)")
        }
        #expect(result.notices.contains { $0.path == "broken.py" }, "\(result.notices)")
        #expect(log.leftOut.map(\.path) == [".git", ".semgrepignore"])
    }

    @Test func `that ends or stalls its tool costs other files nothing`() async throws {
        let source = Source(
            archive: try SourceArchive(TarHeader.member("a.c", [])),
            listing: SourceListing(
                files: ["a.c", "b.c", "bad.c", "c.c"].map { SourceFile(path: $0, sizeInBytes: 1) }, leftOut: []))
        let result = try await ScanEngine.sandboxed.scan(source.listing.files, of: source, by: Fragile())
        #expect(result.findings.map(\.path) == ["a.c", "b.c", "c.c"])
        #expect(result.files == FileTally(lookedAt: 3, missed: 1))
        #expect(
            result.notices == [
                .miss("bad.c", because: "it stalls"),
                RunnerNotice("1 findings outside the source were dropped")
            ])
    }

    /// Fails whenever `bad.c` is among its files, and says something of a file that is not there of `c.c`.
    private struct Fragile: Runner {
        let name = "fragile"
        let driver = RunnerDriver(name: "fragile")
        let configuration: Set<String> = []
        let unitFileCount = 4
        func accepts(_ path: String) -> Bool { true }
        func scan(_ files: [SourceFile], of source: Source, in sandbox: @escaping SandboxRun) async throws -> UnitResult {
            if files.contains(where: { $0.path == "bad.c" }) { throw RunnerError(.toolFailed, "it stalls") }
            var findings = files.map { RunnerFinding(rule: "r", level: .note, message: "m", path: $0.path, line: 1) }
            if files.contains(where: { $0.path == "c.c" }) {
                findings.append(RunnerFinding(rule: "r", level: .note, message: "m", path: "../../etc/passwd", line: 1))
            }
            return UnitResult(findings: findings)
        }
    }
}

/// A runner that only says what a source may not bring along.
struct Listing: Runner {
    let name = "listing"
    let driver = RunnerDriver(name: "listing")
    var configuration: Set<String> = []
    let unitFileCount = 1
    func accepts(_ path: String) -> Bool { true }
    func scan(_ files: [SourceFile], of source: Source, in sandbox: @escaping SandboxRun) async throws -> UnitResult {
        UnitResult()
    }
}

/// Archives of whatever a script leaves behind, made in the sandbox so that nothing hostile is ever on our own disk.
enum Tar {
    static func archive(_ script: String, options: String = ".") async throws -> SourceArchive {
        try await packed(script, by: "tar -cf ../archive.tar \(options)")
    }

    static func packed(_ script: String, by packing: String) async throws -> SourceArchive {
        let outcome = try await Sandbox.run(
            SandboxJob(arguments: ["sh", "-c", "mkdir t; cd t; \(script)\n \(packing)"], collect: ["archive.tar"]),
            SandboxPolicy(fileSizeInBytes: 4 << 30))
        return try SourceArchive(try #require(outcome.collected["archive.tar"], "\(outcome)"))
    }
}

@Suite struct `The report of a program that is called once a file` {
    private func output(_ report: String, files: [String] = ["a.c", "b.c"]) -> ProgramOutput {
        ProgramOutput(files: files, collected: ["out/report": Array(report.utf8)])
    }

    @Test func `tells a file that took too long, ended badly or left nothing, and keeps the others`() throws {
        let xml = #"<results version="2"><cppcheck version="2.10"/><errors/></results>"#
        for (broken, words) in [
            ("\u{1E}124\u{1E}\u{1E}", "it took too long"), ("\u{1E}139\u{1E}\u{1E}<resu", "the tool ended with 139"),
            ("\u{1E}0\u{1E}\u{1E}", "no report was left"), ("\u{1E}0\u{1E}\u{1E}<results>", "is no XML"),
            ("\u{1E}0\u{1E}\u{1E}<!DOCTYPE x [<!ENTITY a \"b\">]><x/>", "is no XML")
        ] {
            let result = try CppcheckReport.read(output("\(broken)\u{1E}0\u{1E}\u{1E}\(xml)"))
            #expect(result.notices.map(\.path) == ["a.c"] && result.notices[0].text.contains(words), "\(result.notices)")
            #expect(result.version == "2.10")
        }
    }

    @Test func `that was forged is no report`() {
        for report in ["", "\u{1E}0\u{1E}\u{1E}", "\u{1E}0\u{1E}\u{1E}\u{1E}\u{1E}\u{1E}\u{1E}\u{1E}"] {
            #expect(throws: RunnerError.self) { _ = try CppcheckReport.read(output(report)) }
        }
    }
}

import Foundation
import Glibc
import Testing

/// What commands say where something outside fails: a pipe that closes, a file, a name.
@Suite
struct ConsoleTests {
    @Test
    func `ends quietly where nobody reads the output any more`() async throws {
        try await BuiltProgram.with { program in
            let status = try await program.serving { address in
                for arguments in [["finding", "list"], ["finding", "show", "f_none"]] {
                    let remote = ["--server", address, "--token", "@data/admin.token"]
                    let status = try await program.run(intoClosedPipe: arguments + remote)
                    // What a shell shows for SIGPIPE, the signal itself, or a refusal whose words nobody read.
                    #expect([141, SIGPIPE, 1].contains(status), "\(arguments): \(status)")
                }
            }
            #expect(status == 0)
            for arguments in [["--help"], ["sbom", "nowhere"], ["crash", "parse", "nowhere"]] {
                let status = try await program.run(intoClosedPipe: arguments)
                #expect([141, SIGPIPE, 1].contains(status), "\(arguments): \(status)")
            }
        }
    }

    @Test
    func `a name that no log can have makes no data directory`() async throws {
        try await BuiltProgram.with { program in
            for name in ["bad origin", "a+b", ""] {
                let ending = try await program.run(["serve", "--data", "data", "--port", "0", "--origin", name])
                #expect(ending.status == 64 && ending.errors.contains("--origin"), "\(name): \(ending.errors)")
            }
            #expect(!FileManager.default.fileExists(atPath: program.directory + "/data"))
        }
    }

    @Test(arguments: [
        (["attachment", "add", "f_x", "."], ". can't be read: Is a directory"),
        (["attachment", "add", "f_x", "nowhere"], "nowhere can't be read: No such file or directory"),
        (["scan", "cppcheck", "empty"], "empty holds no files"),
        (["scan", "cppcheck", "source", "--output", "nowhere/log.sarif"], "nowhere/log.sarif can't be written"),
        (["scan", "cppcheck", "source", "--output", "empty"], "empty can't be written: Is a directory"),
        (["scan", "cppcheck", "source", "--repository", "not a URI", "--package", "pkg:npm/a"], "--repository is no URI"),
        (["scan", "cppcheck", "source", "--package", "a"], "--package is no package URL"),
        (["scan", "cppcheck", "source", "--program", "bin/cppcheck"], "named by its whole path"),
        (["scan", "cppcheck", "source", "--program", "/opt"], "not in a directory like"),
        (["serve", "--data", "file/data"], "can't be made")
    ])
    func `says of files and names what is wrong with them`(arguments: [String], words: String) async throws {
        try await BuiltProgram.with { program in
            for name in ["empty", "source"] {
                try FileManager.default.createDirectory(atPath: program.directory + "/" + name, withIntermediateDirectories: true)
            }
            for name in ["source/a.c", "file"] {
                try Data("int a;\n".utf8).write(to: URL(fileURLWithPath: program.directory + "/" + name))
            }
            let ending = try await program.run(arguments)
            if ending.errors.contains("is not installed: none of") { return print("SKIPPED: \(ending.errors)") }
            #expect([1, 64].contains(ending.status) && ending.errors.contains(words), "\(arguments): \(ending)")
            #expect(!ending.errors.contains("Domain"), "\(ending.errors)")
        }
    }

    @Test
    func `signs no word of an owner that nobody could use`() async throws {
        try await BuiltProgram.with { program in
            try Data(String(repeating: "07", count: 32).utf8).write(to: URL(fileURLWithPath: program.directory + "/key"))
            func authorise(_ target: String, until: String, tool: String = "cppcheck") async throws -> BuiltProgram.Ending {
                try await program.run([
                    "run", "authorise", "--target", target, "--tool", tool, "--until", until, "--key", "key"
                ])
            }
            let soon = Date(timeIntervalSinceNow: 86_400).formatted(.iso8601)
            for (target, until) in [("zzz", soon), ("pkg:npm/a", "2020-01-01T00:00:00Z"), ("pkg:npm/a", "2999-01-01T00:00:00Z")] {
                let ending = try await authorise(target, until: until)
                #expect(ending.status == 1 && ending.output.isEmpty, "\(target) \(until): \(ending)")
            }
            let family = try await authorise("pkg:npm/a", until: soon, tool: "fuzzer")
            #expect(family.status == 0 && family.errors.contains("fuzzer is no runner"), "\(family)")
            #expect(try await authorise("pkg:npm/a", until: soon).errors.isEmpty)
        }
    }
}

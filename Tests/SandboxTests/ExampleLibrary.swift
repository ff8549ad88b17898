import Foundation
import Testing

@testable import Sandbox

/// The worked example `Examples/libtide`, as jobs for the sandbox.
enum ExampleLibrary {
    static let folder: URL = {
        let here = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        let project = here.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return project.appendingPathComponent("Examples/libtide")
    }()

    /// `reproducer/manifest.json`, as far as the tests need it.
    struct Manifest: Decodable {
        struct File: Decodable {
            var path: String
            var sha256: String
        }
        struct Expected: Decodable {
            var sanitizer: String
            var kind: String
            var access: String
            var function: String
            var file: String
        }
        var schemaVersion: Int
        var build: [[String]]
        var run: [String]
        var files: [File]
        var expected: Expected
        var repeats: Int
    }

    static func manifest() throws -> Manifest {
        try JSONDecoder().decode(Manifest.self, from: data("reproducer/manifest.json"))
    }

    static func data(_ path: String) throws -> Data { try Data(contentsOf: folder.appendingPathComponent(path)) }

    /// The library's tree, writable, with its directories.
    static func sources() throws -> [String: SandboxInput] {
        let paths = ["Makefile", "include/tide.h", "src/tide.c", "tests/test_tide.c", "fuzz-target/decode_file.c"]
        return try Dictionary(uniqueKeysWithValues: paths.map { ($0, SandboxInput(Array(try data($0)), isWritable: true)) })
    }

    /// Builds the target as the manifest says, after a patch if one is given, and runs the library's own test.
    static func build(patch: String? = nil) async throws -> (program: SandboxInput, log: String) {
        var inputs = try sources()
        var steps = ["set -e"]
        if let patch {
            inputs["fix.patch"] = SandboxInput(Array(try data("fixes/" + patch)))
            steps.append("patch -p1 -i fix.patch")
        }
        steps += try manifest().build.map { $0.map { "'" + $0 + "'" }.joined(separator: " ") }
        steps.append("make -s check")
        let outcome = try await Sandbox.run(
            SandboxJob(
                arguments: ["sh", "-c", steps.joined(separator: "\n")], inputs: inputs, collect: ["decode_file"]), .build)
        let log = outcome.standardOutput.text + outcome.standardError.text
        try #require(outcome.ending == .exited(code: 0), "\(outcome.ending): \(log)")
        return (SandboxInput(try #require(outcome.collected["decode_file"]), isExecutable: true), log)
    }

    /// One replay: the program, the files of the reproducer and nothing else.
    static func replay(_ program: SandboxInput) async throws -> SandboxOutcome {
        let manifest = try manifest()
        let crashing = manifest.files[0].path
        return try await Sandbox.run(
            SandboxJob(
                arguments: manifest.run,
                inputs: ["decode_file": program, crashing: SandboxInput(Array(try data(crashing)))]), .replay)
    }

    /// A compiler with AddressSanitizer, seen from inside.
    static func canBuild() async -> Bool {
        guard await Confined.isAvailable() else { return false }
        let probe = "echo 'int main(void){return 0;}' > a.c && gcc -fsanitize=address a.c -o a && ./a && make -v && patch -v"
        let outcome = try? await Confined.shell(probe, .build)
        if outcome?.ending == .exited(code: 0) { return true }
        print("SKIPPED: no gcc with AddressSanitizer, make and patch on this machine: \(outcome?.standardError.text ?? "")")
        return false
    }
}

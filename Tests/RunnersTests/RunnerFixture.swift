import AdvisoryFormats
import Foundation
import JSONText
import Sandbox
import Testing

@testable import Runners

/// Runs the real tools on sources of our own, and says which are missing.
enum Scanning {
    /// True where sandboxes work and the tool is installed. Says once, clearly, when not.
    static func isAvailable(_ tool: String) async -> Bool {
        guard case .available = await SandboxAvailability.check() else {
            print("SKIPPED: no sandbox on this machine: \(tool) is not run")
            return false
        }
        do {
            _ = try AnalysisTools.runner(tool)
            return true
        } catch {
            print("SKIPPED: \(error); scripts/install-packages and scripts/install-scanners install it")
            return false
        }
    }

    /// Everything a runner says of a directory, unit after unit.
    static func scan(_ tree: SourceTree, by runner: any Runner) async throws -> (result: UnitResult, log: SARIFLog) {
        let packed = try DirectoryPacker.pack(tree.path)
        return try await scan(packed.archive, leftOut: packed.leftOut, by: runner)
    }

    static func scan(
        _ archive: SourceArchive, leftOut: [LeftOut] = [], by runner: any Runner
    ) async throws -> (result: UnitResult, log: SARIFLog) {
        let engine = ScanEngine.sandboxed
        let source = try await engine.source(archive, for: runner)
        var result = UnitResult()
        for unit in ScanPlan(source.listing, for: runner).units {
            result = result + (try await engine.scan(unit, of: source, by: runner))
        }
        let log = SARIFLog(
            driver: runner.driver, target: .init(repository: "https://code.example/tide"), run: "test", result: result,
            leftOut: leftOut + source.listing.leftOut)
        return (result, log)
    }

    /// The log as our own reader takes it, which holds it to the standard's schema.
    static func read(_ log: SARIFLog) throws -> SARIFReport {
        try SARIFReport(parsing: log.json.bytes())
    }
}

/// A directory of sources made for one test.
final class SourceTree: Sendable {
    let path: String

    init(_ files: [String: String] = [:]) throws {
        path = FileManager.default.temporaryDirectory.appending(path: "breakwater-source-\(UUID())").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        for (name, text) in files { try write(name, text) }
    }

    func write(_ name: String, _ text: String) throws {
        let file = path + "/" + name
        let directory = file.split(separator: "/").dropLast().joined(separator: "/")
        try FileManager.default.createDirectory(atPath: "/" + directory, withIntermediateDirectories: true)
        try #require(FileManager.default.createFile(atPath: file, contents: Data(text.utf8)))
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }
}

/// Small programs with weaknesses we know of.
enum WeakSource {
    static let copy = """
        #include <stdio.h>
        #include <stdlib.h>
        #include <string.h>

        char *duplicate(const char *text) {
            char *copy = malloc(8);
            strcpy(copy, text);
            free(copy);
            return copy;
        }

        int last(void) {
            int numbers[4] = {0, 1, 2, 3};
            return numbers[4];
        }

        int length_of(const char *text) {
            int *count = NULL;
            *count = (int)strlen(text);
            return *count;
        }

        int run(char *command) {
            return system(command);
        }

        """

    static let serve = """
        import hashlib
        import pickle
        import subprocess


        def run(command):
            return subprocess.call(command, shell=True)


        def load(data):
            return pickle.loads(data)


        def query(cursor, name):
            return cursor.execute("SELECT * FROM t WHERE name = '%s'" % name)

        """

    static var both: [String: String] { ["src/copy.c": copy, "tools/serve.py": serve, "README": "Nothing to see.\n"] }
}

extension UnitResult {
    /// `file:line CWE`, sorted.
    var places: [String] {
        findings.map { "\($0.path):\($0.line ?? 0) \($0.weaknesses.map(String.init).joined(separator: ","))" }.sorted()
    }
}

import JSONText
import Testing

@testable import Clearinghouse

@Suite struct ReproducerBundleTests {
    @Test func `reads a manifest as it is written`() throws {
        let manifest = try ReproducerManifest(json: Sample.manifest)
        #expect(manifest.target == Sample.package && manifest.repeats == 3 && manifest.artifacts == ["decode_file"])
        #expect(manifest.run == ["./decode_file", "crash.bin"] && manifest.test == [["./test_tide"]])
        #expect(manifest.expectedKind == "heap-buffer-overflow" && manifest.expectedFunction == "tide_expand_levels")
        #expect(manifest.files.map(\.path) == ["crash.bin", "src/tide.c"])
    }

    @Test func `refuses each member that is missing or of another kind, with its place`() {
        let digest = JSONValue.string(String(repeating: "0", count: 64))
        let faults: [(String, JSONValue?, String)] = [
            ("schemaVersion", nil, "/schemaVersion"), ("schemaVersion", 2, "/schemaVersion"),
            ("target", nil, "/target/package"), ("target", ["package": 1], "/target/package"),
            ("files", nil, "/files"), ("files", [], "/files"), ("files", [["path": "a"]], "/files/0"),
            ("files", [["path": "a", "sha256": "xyz"]], "/files/0"),
            ("files", [["path": "../a", "sha256": digest]], "/files/0/path"),
            ("files", [["path": "/a", "sha256": digest]], "/files/0/path"),
            ("files", [["path": "a/./b", "sha256": digest]], "/files/0/path"),
            ("files", [["path": "a", "sha256": digest], ["path": "a", "sha256": digest]], "/files/1/path"),
            ("build", "make", "/build"), ("build", [[]], "/build/0"), ("build", [["a"], ["b", 1]], "/build/1"),
            ("artifacts", "x", "/artifacts"), ("artifacts", [1], "/artifacts"), ("run", nil, "/run"), ("run", [], "/run"),
            ("test", [[""], []], "/test/1"), ("expected", nil, "/expected/kind"), ("expected", [:], "/expected/kind"),
            ("repeats", 0, "/repeats"), ("repeats", 21, "/repeats")
        ]
        for (key, value, place) in faults {
            do {
                _ = try ReproducerManifest(json: Sample.manifest.replacing(key, with: value))
                Issue.record("\(key) = \(String(describing: value)) was taken")
            } catch {
                #expect(error.code == .malformed && error.place == place, "\(key) = \(String(describing: value)): \(error)")
            }
        }
    }

    @Test func `holds exactly the files the manifest names, each with the digest it states`() throws {
        let manifest = try ReproducerManifest(json: Sample.manifest)
        var spoiled = Sample.files
        spoiled["crash.bin"] = [1, 2, 4]
        var short = Sample.files
        short["crash.bin"] = nil
        var long = Sample.files
        long["extra"] = []
        for files in [spoiled, short, long] {
            #expect(throws: Refusal.self) { try ReproducerBundle(manifest: manifest, files: files) }
        }
        var huge = Sample.files
        huge["crash.bin"] = Array(repeating: 0, count: ReproducerBundle.maximumByteCount)
        do {
            _ = try ReproducerBundle(manifest: manifest, files: huge)
            Issue.record("a bundle beyond the limit was taken")
        } catch {
            #expect(error.code == .tooLarge)
        }
    }
}

package import JSONText
package import Sealing

/// A reproducer as a finder hands it in: what to build, what to run, on which input, and what must then happen.
///
/// A validated value: every file is there, has the digest the manifest states and a path that stays inside.
package struct ReproducerBundle: Sendable {
    package let manifest: ReproducerManifest
    package let files: [String: [UInt8]]

    /// The largest bundle, files added up. A small library with its sources is far below; larger targets come as packages.
    package static let maximumByteCount = 8 * 1_024 * 1_024

    /// - Throws: `malformed` naming the file, or `tooLarge`.
    package init(manifest: ReproducerManifest, files: [String: [UInt8]]) throws(Refusal) {
        let size = files.values.reduce(0) { $0 + $1.count }
        guard size <= ReproducerBundle.maximumByteCount else {
            throw Refusal(.tooLarge, "the bundle has \(size) bytes, at most \(ReproducerBundle.maximumByteCount) are taken")
        }
        for file in manifest.files {
            guard let bytes = files[file.path] else {
                throw Refusal(.malformed, "the file \(file.path) is named by the manifest and missing", place: "/files")
            }
            guard Digest(hashing: bytes) == file.sha256 else {
                throw Refusal(.malformed, "the file \(file.path) does not have the SHA-256 the manifest states", place: "/files")
            }
        }
        for path in files.keys where !manifest.files.contains(where: { $0.path == path }) {
            throw Refusal(.malformed, "the file \(path) is not named by the manifest", place: "/files")
        }
        self.manifest = manifest
        self.files = files
    }
}

/// The manifest of a reproducer, `schemaVersion` 1.
package struct ReproducerManifest: Sendable, Hashable {
    package struct File: Sendable, Hashable {
        package let path: String
        package let sha256: Digest
        package let isExecutable: Bool
    }

    static let schemaVersion: Int64 = 1

    /// What is attacked, as a package URL.
    package let target: String
    package let files: [File]
    /// The commands that build, one after the other in the directory the files lie in; none where they are ready to run.
    package let build: [[String]]
    /// What the build leaves behind and a run needs.
    package let artifacts: [String]
    /// The command that must crash.
    package let run: [String]
    /// The project's own tests: run on a fixed build, where there are any.
    package let test: [[String]]
    /// The crash that must appear: its kind as AddressSanitizer names it, or as other tools' crashes are named
    /// (`CrashReport.kind`), and a function of the top frames.
    package let expectedKind: String
    package let expectedFunction: String?
    /// How often the run is repeated before it is called reproduced, flaky or not reproduced.
    package let repeats: Int

    /// More repeats than this prove nothing more and keep the next finding waiting.
    package static let maximumRepeats = 20
}

extension ReproducerManifest {
    /// - Throws: `malformed` with the JSON Pointer of what is wrong.
    package init(json: JSONValue) throws(Refusal) {
        guard json["schemaVersion"]?.integer == ReproducerManifest.schemaVersion else {
            throw Refusal(.malformed, "schemaVersion must be \(ReproducerManifest.schemaVersion)", place: "/schemaVersion")
        }
        guard let target = json["target"]?["package"]?.string else {
            throw Refusal(.malformed, "target.package is missing", place: "/target/package")
        }
        guard let expected = json["expected"]?["kind"]?.string else {
            throw Refusal(.malformed, "expected.kind is missing", place: "/expected/kind")
        }
        let repeats = json["repeats"]?.integer ?? 3
        guard (1...Int64(ReproducerManifest.maximumRepeats)).contains(repeats) else {
            throw Refusal(.malformed, "repeats is 1 to \(ReproducerManifest.maximumRepeats)", place: "/repeats")
        }
        self.target = target
        self.files = try ReproducerManifest.files(json)
        self.build = try ReproducerManifest.commands(json, "build")
        self.artifacts = try ReproducerManifest.words(json, "artifacts", required: false)
        self.run = try ReproducerManifest.words(json, "run", required: true)
        self.test = try ReproducerManifest.commands(json, "test")
        self.expectedKind = expected
        self.expectedFunction = json["expected"]?["function"]?.string
        self.repeats = Int(repeats)
    }

    private static func words(_ json: JSONValue, _ name: String, required: Bool) throws(Refusal) -> [String] {
        guard let value = json[name] else {
            if required { throw Refusal(.malformed, "\(name) is missing", place: "/\(name)") }
            return []
        }
        let words = (value.array ?? []).compactMap(\.string)
        guard words.count == value.array?.count, !(required && words.isEmpty) else {
            throw Refusal(.malformed, "\(name) must be a list of words", place: "/\(name)")
        }
        return words
    }

    private static func commands(_ json: JSONValue, _ name: String) throws(Refusal) -> [[String]] {
        guard let value = json[name] else { return [] }
        guard let list = value.array else { throw Refusal(.malformed, "\(name) must be a list of commands", place: "/\(name)") }
        var commands: [[String]] = []
        for (index, command) in list.enumerated() {
            let words = (command.array ?? []).compactMap(\.string)
            guard !words.isEmpty, words.count == command.array?.count else {
                throw Refusal(.malformed, "a command is a list of words", place: "/\(name)/\(index)")
            }
            commands.append(words)
        }
        return commands
    }

    private static func files(_ json: JSONValue) throws(Refusal) -> [File] {
        guard let list = json["files"]?.array, !list.isEmpty else {
            throw Refusal(.malformed, "files is missing or empty", place: "/files")
        }
        var files: [File] = []
        for (index, entry) in list.enumerated() {
            guard let path = entry["path"]?.string, let digest = entry["sha256"]?.string.flatMap(Digest.init(hex:)) else {
                throw Refusal(.malformed, "a file needs a path and its sha256", place: "/files/\(index)")
            }
            guard isInside(path), !files.contains(where: { $0.path == path }) else {
                throw Refusal(.malformed, "the path \(path) leaves the bundle or is there twice", place: "/files/\(index)/path")
            }
            files.append(File(path: path, sha256: digest, isExecutable: entry["executable"]?.bool ?? false))
        }
        return files
    }

    /// Relative, without `..`, and short: the path names a file of the bundle and nothing else.
    static func isInside(_ path: String) -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        return path.utf8.count <= 200 && !path.utf8.contains(0)
            && parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
    }
}

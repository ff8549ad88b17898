import Foundation

/// The `breakwater` of the same build as these tests, run as its users run it.
struct BuiltProgram: Sendable {
    private let executable: URL
    /// Its home and working directory.
    let directory: String

    struct Ending: Sendable {
        let status: Int32
        let output: String
        let errors: String
    }

    /// Runs `test` with a directory of its own; says so where the program was not built.
    static func with(_ test: (BuiltProgram) async throws -> Void) async throws {
        let place = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
        let executable = place.appendingPathComponent("breakwater")
        guard FileManager.default.isExecutableFile(atPath: executable.path) else {
            print("SKIPPED: \(executable.path) is missing; build the whole package")
            return
        }
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("breakwater-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        try await test(BuiltProgram(executable: executable, directory: directory.path))
    }

    /// Runs to the end. What it wrote goes through files: nothing can be too long for a pipe nobody reads.
    /// - Parameter input: a file of its directory that is its standard input.
    /// - Parameter output: where the output goes; a file of its own, which is read afterwards, where none is named.
    func run(_ arguments: [String], input: String? = nil, output path: String? = nil) async throws -> Ending {
        let (output, errors) = (try path.map { URL(fileURLWithPath: $0) } ?? file(), try file())
        let process = process(arguments)
        if let input { process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: directory + "/" + input)) }
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        let status = try await BuiltProgram.ending(of: process)
        return Ending(
            status: status, output: path == nil ? String(decoding: try Data(contentsOf: output), as: UTF8.self) : "",
            errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self)
        )
    }

    /// Runs until something stands in a file of its directory, and asks it to stop then (SIGTERM).
    /// - Returns: how it ended, and how long after it was asked to.
    func run(_ arguments: [String], stoppedOnceWritten name: String) async throws -> (Ending, Duration) {
        let (output, errors) = (try file(), try file())
        let process = process(arguments)
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        async let ending = BuiltProgram.ending(of: process)
        while ((try? Data(contentsOf: URL(fileURLWithPath: directory + "/" + name))) ?? Data()).isEmpty {
            try await Task.sleep(for: .milliseconds(20))
        }
        let asked = ContinuousClock.now
        process.terminate()
        let status = try await ending
        let time = ContinuousClock.now - asked
        let texts = try [output, errors].map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
        return (Ending(status: status, output: texts[0], errors: texts[1]), time)
    }

    /// Serves on a free port while `body` is given the address that was printed, then asks it to stop.
    /// - Returns: the status it ended with.
    func serving(_ body: (String) async throws -> Void) async throws -> Int32 {
        // Through a file, too: a pipe that is watched and closed at once can take the watching thread of Dispatch with it.
        let output = try file()
        let process = process(["serve", "--port", "0", "--data", "data"])
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = FileHandle.nullDevice
        async let ending = BuiltProgram.ending(of: process)
        var text = ""
        for _ in 0..<3_000 where !text.hasSuffix("\n") {
            try await Task.sleep(for: .milliseconds(20))
            text = String(decoding: try Data(contentsOf: output), as: UTF8.self)
        }
        do {
            guard text.hasPrefix("listening on ") else { throw Unexpected(output: text) }
            try await body(String(text.dropFirst("listening on ".count).prefix { $0 != "\n" }))
        } catch {
            process.terminate()
            _ = try await ending
            throw error
        }
        process.terminate()
        return try await ending
    }

    struct Unexpected: Error {
        let output: String
    }

    private func process(_ arguments: [String]) -> Process {
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: directory)
        // Nothing of the environment the tests run in: it may name a server, a token or a database.
        process.environment = ["HOME": directory, "PATH": "/usr/bin:/bin"]
        process.standardInput = FileHandle.nullDevice
        return process
    }

    private func file() throws -> URL {
        let file = URL(fileURLWithPath: directory).appendingPathComponent("output-\(UUID().uuidString)")
        try Data().write(to: file)
        return file
    }

    /// Waits without holding a thread: servers of other tests need them.
    private static func ending(of process: Process) async throws -> Int32 {
        try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { ended in continuation.resume(returning: ended.terminationStatus) }
            do {
                try process.run()
            } catch {
                process.terminationHandler = nil
                continuation.resume(throwing: error)
            }
        }
    }
}

import Foundation
import Glibc
import Host

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
        let started = try start(arguments, input: input, output: path)
        return try started.ending(await BuiltProgram.status(of: started.process), isOutputRead: path == nil)
    }

    /// Runs until something stands in a file of its directory, and asks it to stop then (SIGTERM).
    /// - Returns: how it ended, and how long after it was asked to.
    func run(_ arguments: [String], stoppedOnceWritten name: String) async throws -> (Ending, Duration) {
        let started = try start(arguments)
        while ((try? Data(contentsOf: URL(fileURLWithPath: directory + "/" + name))) ?? Data()).isEmpty {
            try await Task.sleep(for: .milliseconds(20))
        }
        let asked = ContinuousClock.now
        started.process.send(SIGTERM)
        let status = await BuiltProgram.status(of: started.process)
        let time = ContinuousClock.now - asked
        return (try started.ending(status), time)
    }

    /// Serves on a free port while `body` is given the address that was printed, then asks it to stop.
    /// - Returns: the status it ended with.
    func serving(_ options: [String] = [], _ body: (String) async throws -> Void) async throws -> Int32 {
        let started = try start(["serve", "--port", "0", "--data", "data"] + options)
        var text = ""
        for _ in 0..<3_000 where !text.hasSuffix("\n") {
            try await Task.sleep(for: .milliseconds(20))
            text = String(decoding: try Data(contentsOf: started.output), as: UTF8.self)
        }
        do {
            guard text.hasPrefix("listening on ") else { throw Unexpected(output: text) }
            try await body(String(text.dropFirst("listening on ".count).prefix { $0 != "\n" }))
        } catch {
            started.process.send(SIGTERM)
            _ = await BuiltProgram.status(of: started.process)
            throw error
        }
        started.process.send(SIGTERM)
        return await BuiltProgram.status(of: started.process)
    }

    /// Runs with standard output and standard error in a pipe that nobody reads.
    /// - Returns: the status, or the number of the signal that ended it.
    func run(intoClosedPipe arguments: [String]) async throws -> Int32 {
        let pipe = Pipe()
        try pipe.fileHandleForReading.close()
        let descriptor = pipe.fileHandleForWriting.fileDescriptor
        let process = try HostProcess(
            .init(
                executable.path, arguments, environment: ["HOME": directory, "PATH": "/usr/bin:/bin"], directory: directory,
                output: descriptor, error: descriptor))
        try pipe.fileHandleForWriting.close()
        return await BuiltProgram.status(of: process)
    }

    struct Unexpected: Error {
        let output: String
    }

    private struct Started {
        let process: HostProcess
        let output: URL
        let errors: URL

        func ending(_ status: Int32, isOutputRead: Bool = true) throws -> Ending {
            func text(_ file: URL) throws -> String { String(decoding: try Data(contentsOf: file), as: UTF8.self) }
            return Ending(status: status, output: isOutputRead ? try text(output) : "", errors: try text(errors))
        }
    }

    private func start(_ arguments: [String], input: String? = nil, output path: String? = nil) throws -> Started {
        let (output, errors) = (try path.map { URL(fileURLWithPath: $0) } ?? file(), try file())
        let input = try input.map { try FileHandle(forReadingFrom: URL(fileURLWithPath: directory + "/" + $0)) }
        let (outputFile, errorFile) = (try FileHandle(forWritingTo: output), try FileHandle(forWritingTo: errors))
        defer {
            for file in [input, outputFile, errorFile] { try? file?.close() }
        }
        // Nothing of the environment the tests run in: it may name a server, a token or a database.
        let process = try HostProcess(
            .init(
                executable.path, arguments, environment: ["HOME": directory, "PATH": "/usr/bin:/bin"], directory: directory,
                input: input?.fileDescriptor, output: outputFile.fileDescriptor, error: errorFile.fileDescriptor))
        return Started(process: process, output: output, errors: errors)
    }

    private func file() throws -> URL {
        let file = URL(fileURLWithPath: directory).appendingPathComponent("output-\(UUID().uuidString)")
        try Data().write(to: file)
        return file
    }

    /// Waits without holding a thread of the tests: servers of other tests need them.
    /// - Returns: the status, or the number of the signal that ended it.
    private static func status(of process: HostProcess) async -> Int32 {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                switch process.wait() {
                case .exited(let number), .signalled(let number): continuation.resume(returning: number)
                }
            }
        }
    }
}

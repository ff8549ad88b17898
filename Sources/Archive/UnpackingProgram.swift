import Foundation
import Glibc

/// A program of the system at work, which unpacks a file that is its standard input: names of files have meanings to some programs.
/// Whoever lets go of it before its end stops it.
final class UnpackingProgram {
    let name: String
    private let process = Process()
    /// What it writes.
    let output: FileHandle

    /// What gzip, bzip2, xz and zstd take alike.
    static let arguments = ["-dcq"]

    /// - Parameters:
    ///   - input: where it reads; the caller may close it then.
    ///   - file: what is unpacked, for errors.
    /// - Throws: `ArchiveError` where there is no such program.
    init(_ name: String, _ arguments: [String] = arguments, input: FileHandle, of file: String) throws {
        let pipe = Pipe()
        self.name = name
        output = pipe.fileHandleForReading
        process.executableURL = URL(fileURLWithPath: "/usr/bin/\(name)")
        process.arguments = arguments
        process.standardInput = input
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        do {
            try process.run()
        } catch {
            throw ArchiveError(reason: "\(name) is needed to read \(file); install the package that has it")
        }
    }

    /// The status with which it ended, which it does once everything that it writes was read.
    var status: Int32 {
        process.waitUntilExit()
        return process.terminationStatus
    }

    deinit {
        // A program that waits for a reader, with a signal blocked that it inherited, would never end by itself.
        guard process.isRunning else { return }
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}

package import Foundation
package import Host

/// A program of this machine that a test asks.
package enum Program {
    /// A program that ended otherwise than with status 0.
    package struct Failure: Error {
        package let command: [String]
        package let ending: HostProcess.Ending
    }

    package static func isInstalled(_ name: String) -> Bool {
        if (try? run("sh", ["-c", "command -v " + name])) != nil { return true }
        print("SKIPPED: \(name) is missing")
        return false
    }

    /// What the program wrote to its standard output.
    /// - Parameter input: a file that is its standard input.
    /// - Throws: `Failure` when it ends otherwise than with status 0.
    package static func run(_ name: String, _ arguments: [String], input: URL? = nil) throws -> Data {
        let input = try input.map { try FileHandle(forReadingFrom: $0) }
        defer { try? input?.close() }
        let (output, ending) = try HostProcess.run(.init("/usr/bin/env", [name] + arguments, input: input?.fileDescriptor))
        guard ending == .exited(0) else { throw Failure(command: [name] + arguments, ending: ending) }
        return Data(output)
    }
}

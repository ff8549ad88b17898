package import Foundation

/// A program of this machine that a test asks.
package enum Program {
    /// A program that ended with another status than 0.
    package struct Failure: Error {
        package let command: [String]
        package let status: Int32
    }

    package static func isInstalled(_ name: String) -> Bool {
        if (try? run("sh", ["-c", "command -v " + name])) != nil { return true }
        print("SKIPPED: \(name) is missing")
        return false
    }

    /// What the program wrote to its standard output.
    /// - Throws: `Failure` when it ends with another status than 0.
    package static func run(_ name: String, _ arguments: [String]) throws -> Data {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [name] + arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(command: [name] + arguments, status: process.terminationStatus)
        }
        return data
    }
}

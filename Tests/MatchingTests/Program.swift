import Foundation

/// A program of this machine that a test asks.
enum Program {
    static func isInstalled(_ name: String) -> Bool {
        if (try? run("sh", ["-c", "command -v " + name])) != nil { return true }
        print("SKIPPED: \(name) is missing")
        return false
    }

    static func run(_ name: String, _ arguments: [String]) throws -> Data {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [name] + arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        if process.terminationStatus != 0 { throw CocoaError(.executableLoad) }
        return data
    }
}

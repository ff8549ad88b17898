import Agent
import ArgumentParser
import Client
import Foundation
import JSONText

/// Where the clearinghouse is and who is asking.
struct RemoteOptions: ParsableArguments {
    @Option(name: .long, help: "The clearinghouse's address (or BREAKWATER_URL).")
    var server: String?

    @Option(name: .long, help: "An access token (or BREAKWATER_TOKEN), or @FILE to read it from a file.")
    var token: String?

    func client() throws -> ClearinghouseClient {
        let environment = ProcessInfo.processInfo.environment
        return ClearinghouseClient(
            baseURL: server ?? environment["BREAKWATER_URL"] ?? "http://127.0.0.1:8080",
            token: try (token ?? environment["BREAKWATER_TOKEN"]).map(RemoteOptions.secret)
        )
    }

    /// Without a token, also where the environment has one.
    func anonymousClient() throws -> ClearinghouseClient {
        guard token == nil else { throw ValidationError("an anonymous report and a token exclude each other") }
        return ClearinghouseClient(
            baseURL: server ?? ProcessInfo.processInfo.environment["BREAKWATER_URL"] ?? "http://127.0.0.1:8080"
        )
    }

    /// A token on the command line is seen by every process of the machine, hence the file.
    static func secret(_ text: String) throws -> String {
        guard text.hasPrefix("@") else { return text }
        return String(decoding: try Local.bytes(String(text.dropFirst())), as: UTF8.self)
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }
}

/// Files and output of the command line.
enum Local {
    /// The bytes of a file, or of standard input for `-`.
    /// - Throws: `AgentError` with the reason where it can't be read.
    static func bytes(_ file: String) throws -> [UInt8] { try WholeFile.bytes(file == "-" ? "/dev/stdin" : file) }

    /// The same as text.
    static func text(_ file: String) throws -> String { String(decoding: try bytes(file), as: UTF8.self) }

    /// Writes a file of the command line whole, or not at all.
    /// - Throws: `FileFailure` with the reason.
    static func write(_ bytes: [UInt8], to file: String) throws {
        do {
            try Data(bytes).write(to: URL(fileURLWithPath: file), options: .atomic)
        } catch {
            throw FileFailure("\(file) can't be written: \(FileFailure.words(error))")
        }
    }

    /// Asked before work whose result is to be written there and would be lost.
    /// - Throws: `FileFailure` for a file in a directory that is not there or may not be written to, and for a directory.
    static func requireRoom(for file: String) throws {
        let directory = URL(fileURLWithPath: file).deletingLastPathComponent().path
        guard access(directory, W_OK | X_OK) == 0 else {
            throw FileFailure("\(file) can't be written: \(directory): \(String(cString: strerror(errno)))")
        }
        var isDirectory: ObjCBool = false
        guard !FileManager.default.fileExists(atPath: file, isDirectory: &isDirectory) || !isDirectory.boolValue else {
            throw FileFailure("\(file) can't be written: \(String(cString: strerror(EISDIR)))")
        }
    }

    static func show(_ answer: JSONValue) {
        print(String(decoding: answer.bytes(pretty: true), as: UTF8.self))
    }

    static func object(_ members: [(String, String?)]) -> JSONValue {
        .object(JSONObject(members.compactMap { name, text in text.map { (name, .string($0)) } }))
    }

    /// A value inside a path or query.
    static func escaped(_ text: String) -> String {
        let allowed = CharacterSet(charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
        return text.addingPercentEncoding(withAllowedCharacters: allowed) ?? text
    }
}

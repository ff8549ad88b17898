import ArgumentParser
import Client
import JSONText

struct FederationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "federation", abstract: "Records that finders of a federation exchange, as in-toto statements.",
        subcommands: [Take.self, List.self, Received.self]
    )

    struct Take: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Take in records, one in-toto statement a line: opt-outs and routes become policies of their targets, claims and certificates are kept to be read."
        )
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "The records; - for standard input.") var file: String

        func run() async throws {
            let answer = try await remote.client().bytes(
                .post, "/v1/federation/records", try Local.bytes(file), type: "application/x-ndjson"
            )
            Local.show(try JSONValue(parsing: answer))
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print all opt-outs and routes that are known there, one in-toto statement a line, as take reads them."
        )
        @OptionGroup var remote: RemoteOptions

        func run() async throws {
            try await FederationCommand.printAll("records", of: "/v1/federation/records", remote)
        }
    }

    struct Received: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the claims and certificates that others sent, one a line, latest first."
        )
        @OptionGroup var remote: RemoteOptions

        func run() async throws {
            try await FederationCommand.printAll("statements", of: "/v1/federation/received", remote)
        }
    }

    /// Every entry of a list of pages, one a line.
    private static func printAll(_ name: String, of path: String, _ remote: RemoteOptions) async throws {
        let client = try remote.client()
        var before: Int64?
        repeat {
            let page = try await client.json(.get, path + (before.map { "?before=\($0)" } ?? ""))
            for entry in page[name]?.array ?? [] { print(String(decoding: entry.bytes(), as: UTF8.self)) }
            before = page["next"]?.integer
        } while before != nil
    }
}

import ArgumentParser
import Client
import JSONText

struct FederationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "federation", abstract: "Records that finders of a federation exchange, as in-toto statements.",
        subcommands: [Take.self, List.self]
    )

    struct Take: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take in records, one in-toto statement a line: opt-outs and routes become policies of their targets."
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
            let client = try remote.client()
            var before: Int64?
            repeat {
                let path = "/v1/federation/records" + (before.map { "?before=\($0)" } ?? "")
                let page = try await client.json(.get, path)
                for record in page["records"]?.array ?? [] { print(String(decoding: record.bytes(), as: UTF8.self)) }
                before = page["next"]?.integer
            } while before != nil
        }
    }
}

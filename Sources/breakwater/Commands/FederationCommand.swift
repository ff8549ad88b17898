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
        static let configuration = CommandConfiguration(abstract: "Print the opt-outs and routes that are known there.")
        @OptionGroup var remote: RemoteOptions

        func run() async throws {
            Local.show(try await remote.client().json(.get, "/v1/federation/records"))
        }
    }
}

import ArgumentParser
import Client
import JSONText

struct FederationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "federation", abstract: "Records that finders of a federation exchange, as in-toto statements.",
        subcommands: [Take.self, List.self, Claims.self, Received.self]
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
            abstract:
                "Print all opt-outs, routes and certificates of fixes that are public there, one in-toto statement a line, as take reads them."
        )
        @OptionGroup var remote: RemoteOptions

        func run() async throws {
            try await FederationCommand.printAll("records", of: "/v1/federation/records", remote)
            try await FederationCommand.printAll("records", of: "/v1/federation/certificates", remote)
        }
    }

    struct Claims: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print our own claims, one in-toto statement a line, to be passed on to members of the federation.",
            discussion: """
                A claim is the salted hash of a finding that is not published yet, and the contact; whoever has the salt can find out by \
                trying what a hash is of. Nothing is printed unless the server is given a federation's salt and contact. The lines \
                are sorted: their order does not tell what came when.
                """
        )
        @OptionGroup var remote: RemoteOptions

        func run() async throws {
            let lines = try await FederationCommand.all("records", of: "/v1/federation/claims", remote)
            for line in Set(lines).sorted() { print(line) }
        }
    }

    struct Received: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Print the claims and certificates that others sent, one a line, latest first, with the findings and advisories there that they are about."
        )
        @OptionGroup var remote: RemoteOptions

        func run() async throws {
            try await FederationCommand.printAll("statements", of: "/v1/federation/received", remote)
        }
    }

    private static func printAll(_ name: String, of path: String, _ remote: RemoteOptions) async throws {
        for line in try await all(name, of: path, remote) { print(line) }
    }

    /// Every entry of a list of pages as a line.
    private static func all(_ name: String, of path: String, _ remote: RemoteOptions) async throws -> [String] {
        let client = try remote.client()
        var before: Int64?
        var lines: [String] = []
        repeat {
            let page = try await client.json(.get, path + (before.map { "?before=\($0)" } ?? ""))
            lines += (page[name]?.array ?? []).map { String(decoding: $0.bytes(), as: UTF8.self) }
            before = page["next"]?.integer
        } while before != nil
        return lines
    }
}

import ArgumentParser
import CivilTime
import Clearinghouse
import Client
import Foundation
import JSONText
import Sealing

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Have the clearinghouse's runners look at a source.",
        discussion: """
            Runners are off until the operator names them (serve --runner). A run needs the word of the target's owner: \
            run authorise signs it. For public source a coordinator may sign.
            """,
        subcommands: [Request.self, Show.self, List.self, Cancel.self, Log.self, Authorise.self]
    )

    struct Request: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Upload an archive and ask for a run.")
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "The tool.") var tool: String
        @Argument(help: "The source: a tar archive, bare or compressed, or zip.") var archive: String
        @Option(name: .long, help: "The repository it is from.") var repository: String?
        @Option(name: .long, help: "Its commit.") var commit: String?
        @Option(name: .long, help: "The package URL of what it is.") var package: String?
        @Option(name: .long, help: "The signed authorisation, a file; - for standard input.") var authorisation: String
        @Option(name: .long, help: "The member who signed it.") var authoriser: String

        func run() async throws {
            let client = try remote.client()
            let uploaded = try JSONValue(
                parsing: try await client.bytes(
                    .post, "/v1/sources", try Local.bytes(archive), type: "application/octet-stream"))
            var body =
                Local.object([
                    ("tool", tool), ("repository", repository), ("commit", commit), ("package", package),
                    ("authoriser", authoriser),
                    ("source", uploaded["source"]?.string)
                ]).object ?? JSONObject()
            body["authorisation"] = try JSONValue(parsing: try Local.bytes(authorisation))
            Local.show(try await client.json(.post, "/v1/runs", .object(body)))
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show a run and how far it is.")
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "The run.") var identifier: String

        func run() async throws {
            Local.show(try await remote.client().json(.get, "/v1/runs/\(Local.escaped(identifier))"))
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List runs, latest first, and the runners that are on.")
        @OptionGroup var remote: RemoteOptions
        @Option(name: .long, help: "How many.") var limit = 100

        func run() async throws {
            Local.show(try await remote.client().json(.get, "/v1/runs?limit=\(limit)"))
        }
    }

    struct Cancel: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Stop a run; what it found is not handed in.")
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "The run.") var identifier: String

        func run() async throws {
            Local.show(try await remote.client().json(.delete, "/v1/runs/\(Local.escaped(identifier))"))
        }
    }

    struct Log: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The SARIF log of a run that has ended.")
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "The run.") var identifier: String

        func run() async throws {
            let bytes = try await remote.client().bytes(.get, "/v1/runs/\(Local.escaped(identifier))/sarif")
            print(String(decoding: bytes, as: UTF8.self))
        }
    }

    struct Authorise: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sign that targets of yours may be looked at; prints a DSSE envelope. Nothing is sent.")
        @Option(name: .long, help: "A target: a repository's address or a package URL. May be given again.") var target: [String]
        @Option(name: .long, help: "A tool. May be given again.") var tool: [String]
        @Option(name: .long, help: "Until when, like 2026-12-24T12:00:00Z.") var until: String
        @Flag(name: .long, help: "You are no owner but a coordinator, and the source is public.") var publicSource = false
        @Option(name: .long, help: "The file with your signing key: 64 hexadecimal digits.") var key: String

        func run() async throws {
            guard let end = Timestamp(rfc3339: until) else {
                throw ValidationError("--until is no moment like 2026-12-24T12:00:00Z")
            }
            try ScanAuthorisation.requireUse(of: target, until: end, at: DataDirectory.now())
            for name in tool where !RunnerOptions.names.contains(name) {
                Console.note(
                    "\(name) is no runner of this program (\(RunnerOptions.names.joined(separator: ", "))): for leases of that family"
                )
            }
            let text = String(decoding: try Local.bytes(key), as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
            guard let seed = Hexadecimal.decode(text), seed.count == 32 else {
                throw ValidationError("\(key) does not hold 64 hexadecimal digits")
            }
            let envelope = try ScanAuthorisation.signed(
                targets: target, tools: tool, until: end, publicSource: publicSource, by: try SigningKey(seed: seed))
            print(String(decoding: envelope, as: UTF8.self))
        }
    }
}

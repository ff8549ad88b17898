import ArgumentParser
import Client
import JSONText

struct RelationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "relation", abstract: "What findings are to each other: duplicates, parts, chains and variants.",
        subcommands: [List.self, Show.self, Undo.self, Restore.self]
    )

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List relations with their signals, latest first.")
        @OptionGroup var remote: RemoteOptions
        @Option(name: .long, help: "Only those of this finding.") var finding: String?
        @Option(name: .long, help: "Only those of this vulnerability.") var vulnerability: String?
        @Flag(name: .long, help: "Only duplicates that wait for a person: move the finding, or undo the relation.") var waiting =
            false
        @Option(name: .long, help: "How many, of a finding all.") var limit = 20

        func validate() throws {
            guard [finding != nil, vulnerability != nil, waiting].count(where: { $0 }) < 2 else {
                throw ValidationError("give one of --finding, --vulnerability and --waiting")
            }
        }

        func run() async throws {
            Local.show(try await remote.client().json(.get, path))
        }

        private var path: String {
            if let finding { return "/v1/findings/\(Local.escaped(finding))/relations" }
            if let vulnerability { return "/v1/vulnerabilities/\(Local.escaped(vulnerability))/relations?limit=\(limit)" }
            return "/v1/relations?limit=\(limit)" + (waiting ? "&waiting=true" : "")
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show a relation, and what each signal gave to its score.")
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "The relation.") var relation: String

        func run() async throws {
            Local.show(try await remote.client().json(.get, "/v1/relations/\(Local.escaped(relation))"))
        }
    }

    struct Undo: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take a relation back; a finding that it moved goes back to where it was."
        )
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "The relation.") var relation: String
        @Option(name: .long, help: "Why.") var reason: String

        func run() async throws {
            let path = "/v1/relations/\(Local.escaped(relation))/undo"
            Local.show(try await remote.client().json(.post, path, Local.object([("reason", reason)])))
        }
    }

    struct Restore: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Make an undone relation again.")
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "The relation.") var relation: String
        @Option(name: .long, help: "Why.") var reason: String

        func run() async throws {
            let path = "/v1/relations/\(Local.escaped(relation))/restore"
            Local.show(try await remote.client().json(.post, path, Local.object([("reason", reason)])))
        }
    }
}

import ArgumentParser
import Client
import JSONText

struct TargetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "target", abstract: "How maintainers want to be scanned and reported to.",
        subcommands: [Set.self, Show.self, List.self]
    )

    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Set the policy of a target from a JSON file; it replaces the one before.",
            discussion: """
                Members: maintainer, aliases, criticality (0 to 100), closed, channel, channelVerified, \
                optOut {requestedAt, reason}, pacing {openReports, activeScans, requiresPatch, \
                windows [{weekday, from, until}]}, times in UTC.
                """
        )
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "A package URL or a repository's address.") var target: String
        @Argument(help: "The policy as JSON; - for standard input.") var file: String

        func run() async throws {
            let answer = try await remote.client().bytes(.put, "/v1/targets/\(Local.escaped(target))", try Local.bytes(file))
            Local.show(try JSONValue(parsing: answer))
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show the policy of a target, by any of its names.")
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "A package URL or a repository's address.") var target: String

        func run() async throws {
            Local.show(try await remote.client().json(.get, "/v1/targets/\(Local.escaped(target))"))
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List targets with a policy, latest change first.")
        @OptionGroup var remote: RemoteOptions

        func run() async throws {
            Local.show(try await remote.client().json(.get, "/v1/targets"))
        }
    }
}

struct CoverageCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "coverage", abstract: "What was searched, with what and when; and where nobody looked.",
        subcommands: [Show.self, Gaps.self]
    )

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the complete searches of a target, latest first.")
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "A package URL or a repository's address.") var target: String

        func run() async throws {
            Local.show(try await remote.client().json(.get, "/v1/coverage?target=\(Local.escaped(target))"))
        }
    }

    struct Gaps: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Where to look next: the most critical targets without coverage first."
        )
        @OptionGroup var remote: RemoteOptions
        @Option(help: "Only searches for this class count.") var bugClass: String?
        @Option(help: "Only searches by this family count.") var toolFamily: String?
        @Option(help: "How many.") var limit = 50

        func run() async throws {
            let parts = [("bugClass", bugClass), ("toolFamily", toolFamily)].compactMap { name, text in
                text.map { "&\(name)=\(Local.escaped($0))" }
            }
            Local.show(try await remote.client().json(.get, "/v1/coverage/gaps?limit=\(limit)\(parts.joined())"))
        }
    }
}

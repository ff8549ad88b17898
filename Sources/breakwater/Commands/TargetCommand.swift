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
            abstract: "Set the policy of a target from a JSON file; what the file leaves out stays as it is.",
            discussion: """
                A member that is null takes away what is set, an opt-out included. \
                Members: maintainer, aliases, criticality (0 to 100), closed, channel, channelVerified, \
                optOut {requestedAt, reason}, pacing {openReports, activeScans, requiresPatch, \
                windows [{weekday, from, until}]}, times in UTC.
                """
        )
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "A package URL or a repository's address.") var target: String
        @Argument(help: "The policy as JSON; - for standard input.") var file: String

        func run() async throws {
            let (client, path) = (try remote.client(), "/v1/targets/\(Local.escaped(target))")
            let wishes = try JSONValue(parsing: try Local.bytes(file))
            guard let changes = wishes.object else { throw ValidationError("the policy must be a JSON object") }
            let known = try await Set.known(at: path, client)
            let kept = known?.object?.members.filter { !Set.answerOnly.contains($0.key) && changes[$0.key] == nil } ?? []
            let policy = JSONValue.object(JSONObject((kept + changes.members).map { ($0.key, $0.value) }))
            let sequence = known?["sequence"]?.integer.map { ["If-Match": "\"\($0)\""] } ?? [:]
            Local.show(try await client.json(.put, path, policy, headers: sequence))
        }

        /// What the answer says of a policy that is none of its wishes.
        private static let answerOnly = ["governed", "liftedOptOut", "sequence", "target"]

        /// Nil where nothing is set yet.
        private static func known(at path: String, _ client: ClearinghouseClient) async throws -> JSONValue? {
            do {
                return try await client.json(.get, path)
            } catch let problem as ClientProblem where problem.status == 404 {
                return nil
            }
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

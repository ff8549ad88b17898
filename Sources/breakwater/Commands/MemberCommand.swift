import ArgumentParser
import Client
import JSONText

struct MemberCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "member", abstract: "Members and their access tokens.",
        subcommands: [Add.self, List.self, Token.self, Revoke.self, Withdraw.self]
    )

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Record a member.")
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "The member's handle, like lab-a.") var id: String
        @Option(name: .long, help: "The organisation's name.") var name: String
        @Option(
            name: .long, parsing: .upToNextOption,
            help: "finder, vendor, coordinator, validator, operator, agency, developer, auditor.")
        var role: [String]
        @Option(name: .long, help: "The Ed25519 key it signs with, in hexadecimal.") var key: String?

        func run() async throws {
            let body: JSONValue = [
                "id": .string(id), "name": .string(name), "roles": .array(role.map { .string($0) }),
                "verificationKey": key.map { .string($0) } ?? .null
            ]
            Local.show(try await remote.client().json(.post, "/v1/members", body))
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the members.")
        @OptionGroup var remote: RemoteOptions

        func run() async throws {
            Local.show(try await remote.client().json(.get, "/v1/members"))
        }
    }

    struct Token: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Issue a token; its secret is shown once.")
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "The member.") var id: String
        @Option(name: .long, parsing: .upToNextOption, help: "Scopes; those of its roles unless told.") var scope: [String] = []
        @Option(name: .long, help: "Days until it expires.") var days = 30

        func run() async throws {
            var members: [(String, JSONValue)] = [("lifetimeInSeconds", .number(JSONNumber(Int64(days) * 86_400)))]
            if !scope.isEmpty { members.append(("scopes", .array(scope.map { .string($0) }))) }
            let path = "/v1/members/\(Local.escaped(id))/tokens"
            Local.show(try await remote.client().json(.post, path, .object(JSONObject(members))))
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Revoke a token by its id.")
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "The member.") var id: String
        @Argument(help: "The token's id (the middle part of the token).") var tokenID: String

        func run() async throws {
            let path = "/v1/members/\(Local.escaped(id))/tokens/\(Local.escaped(tokenID))"
            Local.show(try await remote.client().json(.delete, path))
        }
    }

    struct Withdraw: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Leave for good: tokens end, and what it reported becomes unreadable here."
        )
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "The member.") var id: String
        @Option(name: .long, help: "Why.") var reason: String

        func run() async throws {
            let path = "/v1/members/\(Local.escaped(id))/withdrawal"
            Local.show(try await remote.client().json(.post, path, Local.object([("reason", reason)])))
        }
    }
}

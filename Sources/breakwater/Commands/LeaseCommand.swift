import ArgumentParser
import Client
import Foundation
import JSONText

/// Scan leases, targets and coverage over the API.
struct LeaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lease", abstract: "Say what you scan before you scan it, so that nobody does it twice.",
        subcommands: [Claim.self, Heartbeat.self, Release.self, Revoke.self, Show.self, List.self]
    )

    struct Claim: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Claim a scan; exits with 3 where it is not granted, or the lease of its key no longer lives.",
            discussion: "Where others are at it, the answer says until when. Keep the lease and its token."
        )
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "A package URL, or a repository's address, with @ and a commit behind it.") var target: String
        @Option(help: "A directory or file; without it, everything.") var subsystem: String?
        @Option(help: "A CWE or a family such as memory-safety; without it, every class.") var bugClass: String?
        @Option(help: "fuzzer, static-analysis, model-agent, …; without it, every tool.") var toolFamily: String?
        @Option(help: "Whose model it is.") var modelFamily: String?
        @Flag(help: "Only this very revision is meant.") var revisionOnly = false
        @Option(help: "routine, urgent or emergency.") var priority: String?
        @Option(help: "Seconds the lease lives without a heartbeat.") var ttl: Int64?
        @Option(help: "When the scan ends at the latest, like 2026-12-24T12:00:00Z.") var windowEnd: String?
        @Flag(help: "Others who agree too may be told who holds the lease.") var named = false
        @Option(help: "Nothing is granted where the same was searched in vain within so many seconds.") var skipCovered: Int64?
        @Option(help: "What you mean to spend, like 5000000:tokens.") var budget: String?
        @Option(help: "The owner's signed authorisation, for closed targets: a file.") var authorisation: String?
        @Option(help: "A claim repeated under its key is answered with its lease as it stands now.") var key: String?

        func run() async throws {
            var body =
                Local.object([
                    ("target", target), ("subsystem", subsystem), ("bugClass", bugClass), ("toolFamily", toolFamily),
                    ("modelFamily", modelFamily), ("priority", priority), ("windowEnd", windowEnd)
                ]).object ?? JSONObject()
            if revisionOnly { body["revisionOnly"] = .bool(true) }
            if named { body["mayBeNamed"] = .bool(true) }
            if let ttl { body["ttlSeconds"] = .number(JSONNumber(ttl)) }
            if let skipCovered { body["skipCoveredSeconds"] = .number(JSONNumber(skipCovered)) }
            if let budget { body["budget"] = try LeaseCommand.amount(budget) }
            if let authorisation { body["authorisation"] = try JSONValue(parsing: try Local.bytes(authorisation)) }
            var headers = ["Content-Type": "application/json"]
            headers["Idempotency-Key"] = key
            let answer = try await remote.client().exchange(
                .post, "/v1/leases", JSONValue.object(body).bytes(), headers: headers, patience: .seconds(60), limit: 1 << 20
            )
            let lease = try JSONValue(parsing: answer.body)
            Local.show(lease)
            switch answer.status {
            // `lease claim --key k … && scan` must not scan on a lease that ended since it was first claimed.
            case 201 where lease["state"]?.string == "live": return
            case 201, 409: throw ExitCode(3)
            default: throw ExitCode(1)
            }
        }
    }

    struct Heartbeat: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Keep a lease alive.")
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "The lease.") var lease: String
        @Argument(help: "Its fencing token.") var token: Int64

        func run() async throws {
            let body: JSONValue = ["token": .number(JSONNumber(token))]
            Local.show(try await remote.client().json(.post, "/v1/leases/\(Local.escaped(lease))/heartbeat", body))
        }
    }

    struct Release: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "End a lease and say what came of it.")
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "The lease.") var lease: String
        @Argument(help: "Its fencing token.") var token: Int64
        @Flag(help: "The whole scope was searched.") var complete = false
        @Option(help: "How many findings came of it.") var findings: Int64 = 0
        @Option(help: "The revision that was searched in the end.") var revision: String?
        @Option(help: "What was spent, like 5000000:tokens.") var spent: String?

        func run() async throws {
            var body = Local.object([("revision", revision)]).object ?? JSONObject()
            body["token"] = .number(JSONNumber(token))
            body["complete"] = .bool(complete)
            body["findings"] = .number(JSONNumber(findings))
            if let spent { body["spent"] = try LeaseCommand.amount(spent) }
            let path = "/v1/leases/\(Local.escaped(lease))/release"
            Local.show(try await remote.client().json(.post, path, .object(body)))
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "End another's lease, as a coordinator.")
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "The lease.") var lease: String
        @Option(help: "Why; kept with the lease.") var reason: String

        func run() async throws {
            let path = "/v1/leases/\(Local.escaped(lease))/revoke"
            Local.show(try await remote.client().json(.post, path, ["reason": .string(reason)]))
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show a lease.")
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "The lease.") var lease: String

        func run() async throws {
            Local.show(try await remote.client().json(.get, "/v1/leases/\(Local.escaped(lease))"))
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List your leases, latest first.")
        @OptionGroup var remote: RemoteOptions

        func run() async throws {
            Local.show(try await remote.client().json(.get, "/v1/leases"))
        }
    }

    private static func amount(_ text: String) throws -> JSONValue {
        let parts = text.split(separator: ":", maxSplits: 1)
        guard parts.count == 2, let amount = Int64(parts[0]) else {
            throw ValidationError("\(text) is no amount with its unit, like 5000000:tokens")
        }
        return ["amount": .number(JSONNumber(amount)), "unit": .string(String(parts[1]))]
    }
}

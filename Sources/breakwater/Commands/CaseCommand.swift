import ArgumentParser
import Client
import JSONText

struct VulnerabilityCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vulnerability", abstract: "Show a vulnerability, its findings, and why each belongs to it."
    )
    @OptionGroup var remote: RemoteOptions
    @Argument(help: "The vulnerability.") var vulnerability: String

    func run() async throws {
        Local.show(try await remote.client().json(.get, "/v1/vulnerabilities/\(Local.escaped(vulnerability))"))
    }
}

struct ValidationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validation", abstract: "Replays in the sandbox.", subcommands: [Request.self, Show.self]
    )

    struct Request: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Ask for a replay of a finding's reproducer.")
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "The finding.") var finding: String
        @Option(name: .long, help: "Replay with this fix applied.") var fix: String?

        func run() async throws {
            let path = "/v1/findings/\(Local.escaped(finding))/validations"
            Local.show(try await remote.client().json(.post, path, Local.object([("fix", fix)])))
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show a replay and its signed verdict.")
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "The validation.") var validation: String

        func run() async throws {
            Local.show(try await remote.client().json(.get, "/v1/validations/\(Local.escaped(validation))"))
        }
    }
}

struct CaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "case", abstract: "Cases, their embargo and their publication.",
        subcommands: [Open.self, List.self, Show.self, Embargo.self, Publish.self]
    )

    struct Open: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Open the case of a vulnerability.")
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "The vulnerability.") var vulnerability: String
        @Option(name: .long, help: "The vendor's member id.") var vendor: String
        @Option(name: .long, help: "What to call it.") var title: String
        @Option(
            name: .long,
            help: "The embargo's end, like 2026-12-24T12:00:00Z; what the policy says for so many finders unless told."
        ) var embargoUntil: String?
        @Option(name: .long, help: "Why the embargo lasts longer than the policy says.") var longerBecause: String?
        @Option(name: .long, help: "A patch (a unified diff, -p1), for maintainers who take reports with one only.") var patch:
            String?
        @Option(name: .long, help: "The version that will carry the patch.") var fixedVersion: String?

        func validate() throws {
            guard (patch == nil) == (fixedVersion == nil) else {
                throw ValidationError("--patch and --fixed-version go together")
            }
        }

        func run() async throws {
            let body = Local.object([
                ("vulnerability", vulnerability), ("vendor", vendor), ("title", title), ("embargoUntil", embargoUntil),
                ("longerBecause", longerBecause), ("patch", try patch.map(Local.text)), ("fixedVersion", fixedVersion)
            ])
            Local.show(try await remote.client().json(.post, "/v1/cases", body))
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the cases you may see.")
        @OptionGroup var remote: RemoteOptions

        func run() async throws {
            Local.show(try await remote.client().json(.get, "/v1/cases"))
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show one case.")
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "The case.") var identifier: String

        func run() async throws {
            Local.show(try await remote.client().json(.get, "/v1/cases/\(Local.escaped(identifier))"))
        }
    }

    struct Embargo: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Move the embargo's end.")
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "The case.") var identifier: String
        @Option(name: .long, help: "The new end.") var until: String
        @Option(name: .long, help: "Why.") var reason: String

        func run() async throws {
            let path = "/v1/cases/\(Local.escaped(identifier))/embargo"
            Local.show(try await remote.client().json(.put, path, Local.object([("until", until), ("reason", reason)])))
        }
    }

    struct Publish: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Publish a case as OSV and CSAF 2.0 from a JSON file with summary, details, package, ecosystem, name, introduced."
        )
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "The case.") var identifier: String
        @Argument(help: "The publication as JSON; - for standard input.") var file: String

        func run() async throws {
            let path = "/v1/cases/\(Local.escaped(identifier))/publication"
            let answer = try await remote.client().bytes(.post, path, try Local.bytes(file))
            Local.show(try JSONValue(parsing: answer))
        }
    }
}

struct FixCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fix", abstract: "Fixes of a case.", subcommands: [Attach.self, Judge.self]
    )

    struct Attach: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Attach a unified diff (-p1).")
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "The case.") var identifier: String
        @Argument(help: "The patch.") var patch: String
        @Option(name: .long, help: "The version that carries it.") var fixedVersion: String

        func run() async throws {
            let text = try Local.text(patch)
            let path = "/v1/cases/\(Local.escaped(identifier))/fixes"
            let body = Local.object([("patch", text), ("fixedVersion", fixedVersion)])
            Local.show(try await remote.client().json(.post, path, body))
        }
    }

    struct Judge: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Judge a fix by a validation that ran with it.")
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "The fix.") var fix: String
        @Option(name: .long, help: "The validation.") var validation: String

        func run() async throws {
            let path = "/v1/fixes/\(Local.escaped(fix))/judgement"
            Local.show(try await remote.client().json(.post, path, Local.object([("validation", validation)])))
        }
    }
}

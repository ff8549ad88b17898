import AdvisoryFormats
import ArgumentParser
import Client
import Foundation
import JSONText

struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Report without a token, and follow a report with its claim code.",
        subcommands: [
            Submit.self, Show.self, Add.self, Credit.self, Withdraw.self, List.self, Read.self, Answer.self, Destroy.self
        ]
    )

    /// The code of one report.
    struct CodeOption: ParsableArguments {
        @Option(name: .long, help: "The claim code (or BREAKWATER_CLAIM_CODE), or @FILE to read it from a file.")
        var code: String?

        func header() throws -> [String: String] {
            guard let text = code ?? ProcessInfo.processInfo.environment["BREAKWATER_CLAIM_CODE"] else {
                throw ValidationError("give the claim code: --code, or BREAKWATER_CLAIM_CODE")
            }
            return ["Claim-Code": try RemoteOptions.secret(text)]
        }
    }

    struct Submit: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Hand in one finding (JSON, text or mail) without a token. The claim code is shown once: keep it."
        )
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "The file; - for standard input.") var file: String
        @OptionGroup var document: DocumentOptions

        func run() async throws {
            let bytes = try Local.bytes(file)
            let format = try document.format(of: bytes)
            // Without the token that may stand in the environment: whoever reports anonymously does not want it sent along.
            let query = document.subject.isEmpty ? "" : "?" + document.subject.joined(separator: "&")
            let answer = try await remote.anonymousClient().bytes(.post, "/v1/reports" + query, bytes, type: format.mediaType)
            Local.show(try JSONValue(parsing: answer))
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "What became of a report, and what was answered.")
        @OptionGroup var remote: RemoteOptions
        @OptionGroup var code: CodeOption

        func run() async throws {
            Local.show(try await remote.anonymousClient().json(.get, "/v1/report", headers: code.header()))
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Add a message to a report.")
        @OptionGroup var remote: RemoteOptions
        @OptionGroup var code: CodeOption
        @Argument(help: "The message.") var text: String

        func run() async throws {
            let body: JSONValue = ["text": .string(text)]
            Local.show(try await remote.anonymousClient().json(.post, "/v1/report/messages", body, headers: code.header()))
        }
    }

    struct Credit: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Claim the credit for a report, for the member whose token is given. This ends the anonymity."
        )
        @OptionGroup var remote: RemoteOptions
        @OptionGroup var code: CodeOption

        func run() async throws {
            Local.show(try await remote.client().json(.post, "/v1/report/credit", headers: code.header()))
        }
    }

    struct Withdraw: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Take a report back. Nobody can read it any more.")
        @OptionGroup var remote: RemoteOptions
        @OptionGroup var code: CodeOption

        func run() async throws {
            Local.show(try await remote.anonymousClient().json(.delete, "/v1/report", headers: code.header()))
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List anonymous reports, latest first, as a coordinator.")
        @OptionGroup var remote: RemoteOptions
        @Option(name: .long, help: "How many.") var limit = 20

        func run() async throws {
            Local.show(try await remote.client().json(.get, "/v1/reports?limit=\(limit)"))
        }
    }

    struct Read: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Read an anonymous report and its messages, as a coordinator.")
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "The report.") var report: String

        func run() async throws {
            Local.show(try await remote.client().json(.get, "/v1/reports/\(Local.escaped(report))"))
        }
    }

    struct Answer: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Answer an anonymous reporter, as a coordinator.")
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "The report.") var report: String
        @Argument(help: "The answer.") var text: String

        func run() async throws {
            let path = "/v1/reports/\(Local.escaped(report))/messages"
            Local.show(try await remote.client().json(.post, path, ["text": .string(text)]))
        }
    }

    struct Destroy: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Destroy an anonymous report, as a coordinator.")
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "The report.") var report: String
        @Option(name: .long, help: "Why; kept in the clear.") var reason: String

        func run() async throws {
            let path = "/v1/reports/\(Local.escaped(report))?reason=\(Local.escaped(reason))"
            Local.show(try await remote.client().json(.delete, path))
        }
    }
}

import AdvisoryFormats
import ArgumentParser
import Client
import Foundation
import JSONText
import Sealing

struct FindingCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "finding", abstract: "Hand findings in and follow them.",
        subcommands: [Submit.self, Bulk.self, List.self, Show.self, Review.self, Move.self, Reproducer.self]
    )

    struct Submit: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Hand in findings: our own JSON, or another format, which is told from the content."
        )
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "The file; - for standard input.") var file: String
        @OptionGroup var document: DocumentOptions
        @Option(name: .long, help: "Repeating with the same key never makes a second finding.") var key: String?

        func run() async throws {
            let bytes = try Local.bytes(file)
            let said = try document.format(of: bytes)
            let query = ["format=\(said.rawValue)"] + document.subject
            let answer = try await remote.client().bytes(
                .post, "/v1/findings?" + query.joined(separator: "&"), bytes, type: said.mediaType,
                headers: key.map { ["Idempotency-Key": $0] } ?? [:]
            )
            let told = try JSONValue(parsing: answer)
            Local.show(told)
            for text in (told["leftOut"]?.array ?? []).compactMap(\.string) { Console.note("left out: \(text)") }
        }
    }

    struct Bulk: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Hand in findings as NDJSON. With --results, only the lines are sent that no earlier transfer handed in."
        )
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "The NDJSON file.") var file: String
        @Option(name: .long, help: "Answers are kept here, one a line, each with the SHA-256 of the line it answers.")
        var results: String?

        func run() async throws {
            var kept = try results.map(BulkResults.init)
            let lines = BulkLine.all(in: try Local.bytes(file))
            let rest = lines.filter { kept?.holds($0) != true }
            let (stream, feed) = AsyncStream.makeStream(of: [UInt8].self, bufferingPolicy: .unbounded)
            for line in rest { feed.yield(line.bytes + [UInt8(ascii: "\n")]) }
            feed.finish()
            var (taken, refused) = (0, 0)
            try await remote.client().forEachLine(.post, "/v1/findings/bulk", body: stream) { line in
                guard taken + refused < rest.count else {
                    throw ValidationError("the server answered more lines than were sent")
                }
                let answer = try rest[taken + refused].answered(line)
                if answer.isTaken { taken += 1 } else { refused += 1 }
                if kept == nil { try Console.write(answer.bytes) } else { try kept?.add(answer.bytes) }
            }
            Console.note("\(taken) taken, \(refused) refused, \(lines.count - rest.count) taken before")
            guard taken + refused == rest.count else {
                throw FileFailure("\(rest.count - taken - refused) lines were not answered; the same command goes on there")
            }
            if refused > 0 { throw ExitCode.failure }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the findings you may see, latest first.")
        @OptionGroup var remote: RemoteOptions
        @Option(name: .long, help: "How many.") var limit = 20
        @Option(name: .long, help: "true or false: whether a person has to read them yet.") var needsReview: String?
        @Option(name: .long, help: "The exact name of the model that found them.") var model: String?
        @Option(name: .long, help: "The exact name of the program that ran the model or the analysis.") var harness: String?
        @Option(name: .long, help: "true or false: whether their finder says that a person looked at them.")
        var humanReviewed: String?

        func run() async throws {
            let filter = [
                ("needsReview", needsReview), ("model", model), ("harness", harness), ("humanReviewed", humanReviewed)
            ].compactMap { name, value in value.map { "&\(name)=\(Local.escaped($0))" } }.joined()
            Local.show(try await remote.client().json(.get, "/v1/findings?limit=\(limit)\(filter)"))
        }
    }

    struct Review: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say that a person compared a finding read from free text with its original."
        )
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "The finding.") var finding: String

        func run() async throws {
            Local.show(try await remote.client().json(.post, "/v1/findings/\(Local.escaped(finding))/review"))
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show one finding.")
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "The finding.") var finding: String

        func run() async throws {
            Local.show(try await remote.client().json(.get, "/v1/findings/\(Local.escaped(finding))"))
        }
    }

    struct Move: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Move a finding to another vulnerability, or to one of its own; moving back is the same call."
        )
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "The finding.") var finding: String
        @Option(name: .long, help: "The vulnerability; one of its own unless told.") var to: String?
        @Option(name: .long, help: "Why.") var reason: String

        func run() async throws {
            let path = "/v1/findings/\(Local.escaped(finding))/vulnerability"
            Local.show(try await remote.client().json(.post, path, Local.object([("vulnerability", to), ("reason", reason)])))
        }
    }

    struct Reproducer: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Attach a reproducer: its manifest and the files it names.")
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "The finding.") var finding: String
        @Argument(help: "The manifest.") var manifest: String
        @Option(name: .long, help: "The directory the manifest's paths start from; the manifest's own unless told.") var root:
            String?

        func run() async throws {
            let bundle = try ReproducerFiles(manifest: manifest, root: root)
            let path = "/v1/findings/\(Local.escaped(finding))/reproducer"
            Local.show(try await remote.client().json(.put, path, bundle.request))
        }
    }
}

/// A reproducer on disk, as the API takes it.
struct ReproducerFiles {
    let request: JSONValue

    init(manifest: String, root: String?) throws {
        let json = try JSONValue(parsing: try Local.bytes(manifest))
        let directory = root ?? URL(fileURLWithPath: manifest).deletingLastPathComponent().path
        let files = try (json["files"]?.array ?? []).compactMap { entry -> (String, JSONValue)? in
            guard let path = entry["path"]?.string else { return nil }
            return (path, .string(Base64.encode(try Local.bytes("\(directory)/\(path)"))))
        }
        request = ["manifest": json, "files": .object(JSONObject(files))]
    }
}

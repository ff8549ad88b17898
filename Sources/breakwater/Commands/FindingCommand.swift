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
        @Option(name: .long, help: "The format, where the content does not show it: \(Self.formats).") var format: String?
        @Option(name: .long, help: "The package URL the document is about.") var package: String?
        @Option(name: .long, help: "The repository the document is about.") var repository: String?
        @Option(name: .long, help: "Repeating with the same key never makes a second finding.") var key: String?

        func run() async throws {
            let bytes = try Local.bytes(file)
            let said = try said(of: bytes)
            let query = [("format", said.rawValue), ("package", package), ("repository", repository)].compactMap { name, value in
                value.map { "\(name)=\(Local.escaped($0))" }
            }
            let answer = try await remote.client().bytes(
                .post, "/v1/findings?" + query.joined(separator: "&"), bytes, type: said.mediaType,
                headers: key.map { ["Idempotency-Key": $0] } ?? [:]
            )
            Local.show(try JSONValue(parsing: answer))
        }

        private static var formats: String { FindingFormat.allCases.map(\.rawValue).joined(separator: ", ") }

        private func said(of bytes: [UInt8]) throws -> FindingFormat {
            guard let format else { return FindingFormat(guessing: bytes) }
            guard let said = FindingFormat(rawValue: format) else {
                throw ValidationError("\(format) is no format of findings, which are \(Self.formats)")
            }
            return said
        }
    }

    struct Bulk: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Hand in findings as NDJSON. With --results, a broken transfer goes on after the last answered line."
        )
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "The NDJSON file.") var file: String
        @Option(name: .long, help: "Answers are kept here, one a line.") var results: String?

        func run() async throws {
            // Empty lines are neither sent nor answered; the others keep the numbers they have in the file.
            let lines = try Local.bytes(file).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
                .enumerated().filter { !$0.element.isEmpty }
            let before = try results.map(Bulk.answers) ?? []
            let answered = before.count
            let refusedBefore = before.count { $0["status"]?.integer != 201 }
            guard answered <= lines.count, zip(before, lines).allSatisfy({ $0["line"]?.integer == Int64($1.offset + 1) }) else {
                throw ValidationError("\(results ?? "") holds the answers of another file than \(file)")
            }
            let rest = lines.dropFirst(answered)
            let (stream, feed) = AsyncStream.makeStream(of: [UInt8].self, bufferingPolicy: .unbounded)
            for line in rest { feed.yield(Array(line.element) + [UInt8(ascii: "\n")]) }
            feed.finish()
            let output = try results.map(Bulk.appending)
            var (taken, refused) = (0, 0)
            try await remote.client().forEachLine(.post, "/v1/findings/bulk", body: stream) { line in
                guard taken + refused < rest.count else {
                    throw ValidationError("the server answered more lines than were sent")
                }
                let number = rest[rest.startIndex + taken + refused].offset + 1
                var answer = try JSONValue(parsing: Array(line)).object ?? JSONObject([])
                answer["line"] = .number(JSONNumber(Int64(number)))
                if answer["status"]?.integer == 201 { taken += 1 } else { refused += 1 }
                let text = JSONValue.object(answer).bytes() + [UInt8(ascii: "\n")]
                if let output { try output.write(contentsOf: Data(text)) } else { FileHandle.standardOutput.write(Data(text)) }
            }
            let earlier = "\(answered) answered before" + (refusedBefore > 0 ? ", \(refusedBefore) of them refused" : "")
            FileHandle.standardError.write(Data("\(taken) taken, \(refused) refused, \(earlier)\n".utf8))
            if refused + refusedBefore > 0 { throw ExitCode.failure }
        }

        /// The answers a file holds so far. Half a line, left by a transfer that was killed, is taken out and asked for again.
        private static func answers(in file: String) throws -> [JSONValue] {
            guard let text = FileManager.default.contents(atPath: file) else { return [] }
            let end = text.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
            if end < text.count, let handle = FileHandle(forWritingAtPath: file) { try handle.truncate(atOffset: UInt64(end)) }
            do {
                return try text[..<end].split(separator: UInt8(ascii: "\n")).map { try JSONValue(parsing: Array($0)) }
            } catch {
                throw ValidationError("\(file) does not hold answers of a bulk transfer: \(error)")
            }
        }

        private static func appending(_ file: String) throws -> FileHandle {
            if !FileManager.default.fileExists(atPath: file) { _ = FileManager.default.createFile(atPath: file, contents: nil) }
            guard let handle = FileHandle(forWritingAtPath: file) else { throw ValidationError("\(file) can't be written") }
            _ = try handle.seekToEnd()
            return handle
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

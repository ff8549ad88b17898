import Agent
import Archive
import ArgumentParser
import Foundation
import Matching

struct IndexCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "index", abstract: "Indexes of advisories, for matching without a server.",
        subcommands: [Add.self, Show.self]
    )

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add advisories to an index; they replace those of the same identifier.",
            discussion: """
                A document's format is told by its content: OSV, CVE records (5.x), CSAF (2.0, 2.1), GitHub's advisories (REST, \
                GraphQL), and the files of RubySec, FriendsOfPHP and the Node.js security working group. CISA's catalogue of known \
                exploited vulnerabilities (KEV: JSON, CSV) and EPSS scores (CSV) are kept beside them, the newest edition of each, \
                and shown with what is affected. A source is a document (.json, .yml, .yaml, .csv), a file of lines (.jsonl, .ndjson), \
                a .tar or .zip of documents, or a directory with any of them at any depth; all but a zip may be packed (.gz, .bz2, .xz, \
                .zst). Nothing is unpacked to disk. The index is made where there is none.

                What was taken is not read again: a file that did not change is passed, a .jsonl that only grew is read from its old \
                end, and after an interruption the same command goes on where it was. Documents that are refused are named with \
                the reason, and tried again after an hour, then after twice as long each time, at most a week; a changed file at once. \
                The first ones are printed; --refusals has them all. A file or directory that can't be read is named, and the rest \
                goes on. SIGINT and SIGTERM end it within about a second; what can't be put into the index by then is read again by the \
                next run. Exit code 1 where it was stopped, where a file or directory could not be read, or where nothing could; that \
                documents were refused changes none.
                """
        )
        @Argument(help: "The directory of the index.") var index: String
        @Option(name: .long, parsing: .upToNextOption, help: "Advisories, KEV, EPSS.") var advisories: [String]
        @Flag(name: .long, help: "Try what was refused before its time.") var retry = false
        @Option(
            name: .long,
            help: """
                A file for everything that this run refuses, one JSON object a line, with every reason; - for standard error. With --retry \
                that is everything that is refused.
                """
        )
        var refusals: String?

        func run() async throws {
            let directory = IndexDirectory(path: index)
            let output = try refusals.map(Self.output)
            // The index on disk is whole at every moment, and its ledger claims nothing that is not in it (decision 12).
            StopSignal.listen()
            var intake = try IndexIntake(
                addingTo: directory, now: DataDirectory.now(), isRetry: retry, isStopped: StopSignal.isRaised,
                onRefusal: { refusal in try output?.write(contentsOf: refusal.line) }
            )
            var line = ProgressLine()
            for source in try advisories.flatMap({ try AdvisoryArchive.sources(at: $0, isDeep: true) })
            where !StopSignal.isRaised() {
                try intake.read(source) { summary in
                    line.show("\(summary.documentCount) documents read, \(summary.refusedCount) refused: \(source.name)")
                }
            }
            try intake.flush()
            let summary = intake.summary
            print(summary.text)
            guard !StopSignal.isRaised() else { throw AgentError(.storage, "stopped; the same command goes on from here") }
            guard summary.isOfUse else {
                throw AgentError(.malformed, "none of the documents is an advisory")
            }
            let opened = try directory.openForIntake()
            print("\(summary.sums); the index holds \(opened.advisoryCount) in \(opened.byteCount) bytes")
            if summary.unreadCount > 0 {
                throw AgentError(.storage, "\(summary.unreadCount) files or directories could not be read to their end")
            }
        }

        private static func output(_ path: String) throws -> FileHandle {
            if path == "-" { return .standardError }
            guard FileManager.default.createFile(atPath: path, contents: nil), let handle = FileHandle(forWritingAtPath: path)
            else {
                throw ValidationError("\(path) can't be written")
            }
            return handle
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Open an index, check it and say what it holds.",
            discussion: "Exit code 1 where it can't be read: make it anew then."
        )
        @Argument(help: "The directory of the index.") var index: String
        @Flag(
            help: """
                What was refused and is still known of it, one JSON object a line: of each file the first \(SourceRecord.maximumListed), \
                and how many more. index add --retry --refusals has them all, with every reason.
                """
        )
        var refusals = false

        func run() async throws {
            let start = ContinuousClock.now
            let directory = IndexDirectory(path: index)
            guard !refusals else {
                return try directory.ledger().writeRefusals(to: Console.write)
            }
            let (opened, signals) = (try directory.open(), try directory.signals())
            let time = (ContinuousClock.now - start).formatted(.units(allowed: [.milliseconds], fractionalPart: .show(length: 2)))
            print(
                "\(opened.advisoryCount) advisories, \(opened.segmentSizes.count) segments, \(opened.byteCount) bytes; opened in \(time)"
            )
            for line in signals.lines + (try directory.ledger()).lines { print(line) }
        }
    }
}

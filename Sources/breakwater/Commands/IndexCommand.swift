import AdvisoryFormats
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
            abstract: "Add advisories in OSV format to an index; they replace those of the same identifier.",
            discussion: """
                A source is a file of lines (.jsonl, .ndjson, also .zst), a .zip as osv.dev distributes it, a .json file, or a \
                directory of them. The index is made where there is none. Records that are refused are named with the reason; \
                exit code 1 where nothing could be read.
                """
        )
        @Argument(help: "The directory of the index.") var index: String
        @Option(name: .long, parsing: .upToNextOption, help: "Advisories.") var advisories: [String]

        func run() async throws {
            let directory = IndexDirectory(path: index)
            var intake = IndexIntake(addingTo: directory.exists ? try directory.open() : nil)
            for source in try advisories.flatMap({ try AdvisoryArchive.sources(at: $0) }) { try intake.read(source) }
            for document in intake.refused.prefix(Self.shownCount) { print("  refused \(document.name): \(document.reason)") }
            if intake.refused.count > Self.shownCount { print("  and \(intake.refused.count - Self.shownCount) more") }
            for (source, count) in intake.foreign { print("  skipped \(count) documents of \(source): not in OSV format") }
            guard intake.takenCount + intake.olderCount > 0 else {
                throw AgentError(.malformed, "none of the documents is an advisory")
            }
            if intake.takenCount > 0 { try directory.add(intake.segment) }
            let opened = try directory.open()
            let older = intake.olderCount > 0 ? "\(intake.olderCount) known in a later revision, " : ""
            print(
                "\(intake.takenCount) advisories taken, \(older)\(intake.refused.count) refused; the index holds "
                    + "\(opened.advisoryCount) in \(opened.byteCount) bytes"
            )
        }

        /// Refusals that are printed; a source of another format refuses every line.
        private static let shownCount = 20
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Open an index, check it and say what it holds.",
            discussion: "Exit code 1 where it can't be read: make it anew then."
        )
        @Argument(help: "The directory of the index.") var index: String

        func run() async throws {
            let start = ContinuousClock.now
            let opened = try IndexDirectory(path: index).open()
            let time = (ContinuousClock.now - start).formatted(.units(allowed: [.milliseconds], fractionalPart: .show(length: 2)))
            print(
                "\(opened.advisoryCount) advisories, \(opened.segmentSizes.count) segments, \(opened.byteCount) bytes; opened in \(time)"
            )
        }
    }
}

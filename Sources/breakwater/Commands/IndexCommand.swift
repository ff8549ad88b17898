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
            abstract: "Add advisories to an index; they replace those of the same identifier.",
            discussion: """
                A document's format is told by its content: OSV, CVE records (5.x), CSAF (2.0, 2.1), GitHub's advisories (REST, \
                GraphQL), and the files of RubySec, FriendsOfPHP and the Node.js security working group. A source is a document \
                (.json, .yml, .yaml), a file of lines (.jsonl, .ndjson, also .zst), a .zip as osv.dev distributes it, or a directory \
                with any of them at any depth. The index is made where there is none. Documents that are refused are named with the \
                reason; exit code 1 where nothing could be read. After an interruption run it again.
                """
        )
        @Argument(help: "The directory of the index.") var index: String
        @Option(name: .long, parsing: .upToNextOption, help: "Advisories.") var advisories: [String]

        func run() async throws {
            let directory = IndexDirectory(path: index)
            var intake = try IndexIntake(addingTo: directory)
            for source in try advisories.flatMap({ try AdvisoryArchive.sources(at: $0, isDeep: true) }) {
                try intake.read(source)
            }
            try intake.flush()
            for document in intake.refused.prefix(Self.shownCount) { print("  refused \(document.name): \(document.reason)") }
            if intake.refusedCount > Self.shownCount { print("  and \(intake.refusedCount - Self.shownCount) more") }
            for (source, count) in intake.foreign { print("  skipped \(count) documents of \(source): not advisories") }
            guard intake.takenCount + intake.olderCount > 0 else {
                throw AgentError(.malformed, "none of the documents is an advisory")
            }
            let formats = intake.formats.sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0.value) \($0.key.rawValue)" }
            print("read \(formats.joined(separator: ", "))")
            if intake.emptyCount > 0 {
                print("\(intake.emptyCount) advisories name no package, product or version that can be matched")
            }
            let opened = try directory.open()
            let older = intake.olderCount > 0 ? "\(intake.olderCount) known in a later revision, " : ""
            print(
                "\(intake.takenCount) advisories taken, \(older)\(intake.refusedCount) refused; the index holds "
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

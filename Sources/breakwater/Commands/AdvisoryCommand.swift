import ArgumentParser
import Clearinghouse
import Client
import Foundation
import JSONText

struct AdvisoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "advisory", abstract: "Advisories.", subcommands: [List.self, Show.self, Import.self, Adoption.self]
    )

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List advisories, latest first.")
        @OptionGroup var remote: RemoteOptions
        @Option(name: .long, help: "How many.") var limit = 20
        @Option(name: .long, help: "Only this source.") var source: String?

        func run() async throws {
            let filter = source.map { "&source=\(Local.escaped($0))" } ?? ""
            Local.show(try await remote.client().json(.get, "/v1/advisories?limit=\(limit)\(filter)"))
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Print an advisory as OSV or CSAF, byte for byte.")
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "The advisory.") var advisory: String
        @Flag(name: .long, help: "CSAF 2.0 instead of OSV.") var csaf = false

        func run() async throws {
            let path = "/v1/advisories/\(Local.escaped(advisory))/\(csaf ? "csaf" : "osv")"
            try Console.write(try await remote.client().bytes(.get, path))
        }
    }

    struct Adoption: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "How many operators report an advisory done.")
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "The advisory.") var advisory: String

        func run() async throws {
            Local.show(try await remote.client().json(.get, "/v1/advisories/\(Local.escaped(advisory))/adoption"))
        }
    }

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Import OSV records from files, directories or archives into a data directory, also beside a running server.",
            discussion: """
                What the clearinghouse publishes again is OSV, byte for byte as it came. Advisories of other formats are refused by the name \
                of their format; breakwater index add takes them for matching. In a directory, documents of other kinds are left out, \
                which is said. What can't be read is named, and the rest goes on. Exit code 1 if something was refused or could not be \
                read, or nothing was there to import.
                """
        )
        @OptionGroup var directory: DataOptions
        @Argument(help: "Files or directories: .json, .jsonl, .zip, .tar; also packed (.gz, .bz2, .xz, .zst).") var paths:
            [String]

        func run() async throws {
            let data = try await directory.open()
            try await data.bootstrap()
            let summary = try await AdvisoryImporter(rooms: data.rooms).run(paths)
            print(summary.text)
            print(ProcessMemory.line(database: data.database))
            for line in summary.unread { Console.note("not read: \(line)") }
            guard summary.tally.refused.isEmpty, summary.unread.isEmpty, summary.tally.total > 0 else { throw ExitCode.failure }
        }
    }
}

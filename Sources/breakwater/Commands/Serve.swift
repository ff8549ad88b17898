import ArgumentParser
import Foundation
import Journal
import Server

/// What every command that opens a data directory is told.
struct DataOptions: ParsableArguments {
    @Option(name: .long, help: "The data directory; made where it is missing.")
    var data = ".breakwater"

    @Option(name: .long, help: "The clearinghouse's name, fixed when the directory is made: the origin of its log.")
    var origin = "breakwater.localhost"

    @Option(
        name: .long,
        help: """
            A PostgreSQL database that holds the journal instead of the directory (or BREAKWATER_DATABASE): \
            postgresql://USER@HOST/NAME. Servers that share it have the same keys in their directories.
            """
    )
    var database: String?

    func open() async throws -> DataDirectory {
        try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
        // A password on the command line is seen by every process of the machine, hence the variable.
        let url = database ?? ProcessInfo.processInfo.environment["BREAKWATER_DATABASE"].flatMap { $0.isEmpty ? nil : $0 }
        return try await DataDirectory(path: data, origin: origin, databaseURL: url)
    }
}

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Serve the API and the pages until told to stop.")

    @OptionGroup var directory: DataOptions

    @Option(name: .long, help: "The address to listen on.")
    var host = "127.0.0.1"

    @Option(name: .long, help: "The port; 0 takes a free one.")
    var port = 8_080

    func run() async throws {
        let data = try await directory.open()
        try await data.bootstrap()
        let host = host
        try await BreakwaterServer(rooms: data.rooms).run(host: host, port: port) { port in
            print("listening on http://\(host):\(port)")
            fflush(nil)
        }
    }
}

struct Rebuild: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Derive every table again from the journal. The journal itself is not touched."
    )

    @OptionGroup var directory: DataOptions

    func run() async throws {
        let start = ContinuousClock.now
        let count = try await directory.open().rooms.journal.rebuild()
        print("replayed \(count) records in \(seconds(since: start))")
    }
}

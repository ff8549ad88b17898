import ArgumentParser
import Clearinghouse
import Foundation
import Journal
import Server

/// What every command that opens a data directory is told.
struct DataOptions: ParsableArguments {
    @Option(name: .long, help: "The data directory; made where it is missing.")
    var data = ".breakwater"

    @Option(
        name: .long,
        help:
            "The clearinghouse's name, fixed when the directory is made: the origin of its log (breakwater.localhost unless told)."
    )
    var origin: String?

    @Option(
        name: .long,
        help: """
            A PostgreSQL database that holds the journal instead of the directory (or BREAKWATER_DATABASE): \
            postgresql://USER@HOST/NAME. Servers that share it have the same keys in their directories.
            """
    )
    var database: String?

    /// Before anything is written: the name is part of the keys, and a directory made with a wrong one opens never again.
    func validate() throws {
        guard origin.map(LogIdentity.isOrigin) != false else {
            throw ValidationError(
                "--origin is a name like clearinghouse.example: without spaces, plus signs or control characters")
        }
    }

    /// - Parameter existing: true where a directory that is not there is a mistyped one.
    func open(existing: Bool = false, scans: ScanSettings = .off) async throws -> DataDirectory {
        if existing, !FileManager.default.fileExists(atPath: data + "/keys/origin") {
            throw OpeningFailure(reason: "\(data) is no data directory")
        }
        do {
            try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
        } catch {
            throw OpeningFailure(reason: "the directory \(data) can't be made")
        }
        // A password on the command line is seen by every process of the machine, hence the variable.
        let url = database ?? ProcessInfo.processInfo.environment["BREAKWATER_DATABASE"].flatMap { $0.isEmpty ? nil : $0 }
        return try await DataDirectory(path: data, origin: origin, databaseURL: url, scans: scans)
    }
}

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Serve the API and the pages until told to stop.")

    @OptionGroup var directory: DataOptions
    @OptionGroup var runners: RunnerOptions

    @Option(name: .long, help: "The address to listen on.")
    var host = "127.0.0.1"

    @Option(name: .long, help: "The port; 0 takes a free one.")
    var port = 8_080

    @Flag(name: .long, help: "Take reports of people without a token, so many an hour; they get a claim code.")
    var anonymousReports = false

    @Option(
        name: .long,
        help: "A file with the salt of a scrutineer federation; with a contact it turns POST /claim-check and our own claims on."
    )
    var federationSalt: String?

    @Option(name: .long, help: "How members of the federation reach you.")
    var federationContact: String?

    func validate() throws {
        try PortNumber.require(port)
        guard (federationSalt == nil) == (federationContact == nil) else {
            throw ValidationError("a federation needs both --federation-salt and --federation-contact")
        }
    }

    /// - Throws: `OpeningFailure` for an empty salt or contact.
    private func federation() throws -> Federation? {
        guard let federationSalt, let federationContact else { return nil }
        let salt = String(decoding: try Local.bytes(federationSalt), as: UTF8.self)
            .trimmingCharacters(in: .whitespacesAndNewlines)
        guard let federation = Federation(salt: salt, contact: federationContact) else {
            throw OpeningFailure(reason: "the federation's salt or contact is empty")
        }
        return federation
    }

    func run() async throws {
        let data = try await directory.open(scans: try runners.settings())
        try await data.bootstrap()
        let host = host
        let rooms = anonymousReports ? data.rooms.takingAnonymousReports() : data.rooms
        try await BreakwaterServer(rooms: rooms, federation: try federation()).run(host: host, port: port) { port in
            print("listening on http://\(host):\(port)")
            fflush(nil)
        }
    }
}

/// Checks a port of the command line: a larger number would be taken modulo 65,536.
enum PortNumber {
    static func require(_ port: Int) throws {
        guard (0...65_535).contains(port) else { throw ValidationError("a port is a number from 0 to 65535") }
    }
}

struct Rebuild: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Derive every table again from the journal. The journal itself is not touched."
    )

    @OptionGroup var directory: DataOptions

    func run() async throws {
        let start = ContinuousClock.now
        let count = try await directory.open(existing: true).rooms.journal.rebuild()
        print("replayed \(count) records in \(seconds(since: start))")
    }
}

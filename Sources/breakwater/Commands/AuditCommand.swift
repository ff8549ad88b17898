import ArgumentParser
import Audit
import Clearinghouse

struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract:
            "Check a data directory offline: every commitment, tile, checkpoint and derived table. Exit 1 if anything is wrong."
    )

    @Argument(help: "The data directory.")
    var directory: String

    @Flag(name: .long, help: "Print the report as JSON.")
    var json = false

    func run() async throws {
        let report = try Audit.run(directory: directory, projections: Projections.all)
        print(json ? String(decoding: report.json, as: UTF8.self) : report.text)
        if !report.isClean { throw ExitCode.failure }
    }
}

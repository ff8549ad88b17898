import ArgumentParser

struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Check a data directory offline: every commitment, tile, checkpoint and derived table. Exit 1 if anything is wrong."
    )

    @Argument(help: "The data directory.")
    var directory: String

    func run() async throws {
        throw CleanExit.message("not wired yet")
    }
}

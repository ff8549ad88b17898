import ArgumentParser

/// The one executable: the server, the auditor, the operator's agent, and a command for every operation of the API.
@main
struct Breakwater: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "breakwater",
        abstract: "The AI cybersecurity clearinghouse.",
        discussion: """
            Exit codes: 0 done, 1 refused or not clean (the reason is printed), 2 what match --fail-on asks for \
            was found, 64 a wrong command line.
            """,
        subcommands: [
            Serve.self, Demo.self, AuditCommand.self, Rebuild.self, MemberCommand.self, FindingCommand.self,
            VulnerabilityCommand.self, ValidationCommand.self, CaseCommand.self, FixCommand.self, AdvisoryCommand.self,
            LogCommand.self, AgentCommand.self, VersionsCommand.self, PurlCommand.self, RangeCommand.self,
            SBOMCommand.self, IndexCommand.self, MatchCommand.self, InventoryCommand.self
        ]
    )
}

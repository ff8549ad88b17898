import ArgumentParser

@main
enum Main {
    static func main() async {
        do {
            var command = try Breakwater.parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            try Console.finish()
        } catch {
            Breakwater.exit(withError: FileFailure(error) ?? error)
        }
    }
}

/// The one executable: the server, the auditor, the operator's agent, and a command for every operation of the API.
struct Breakwater: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "breakwater",
        abstract: "The AI cybersecurity clearinghouse.",
        discussion: """
            Exit codes: 0 done, 1 refused or not clean (the reason is printed), 2 what match --fail-on asks for \
            was found, 3 a lease was not granted or no longer lives, 64 a wrong command line, 141 nobody reads the \
            output any more.
            """,
        subcommands: [
            Serve.self, Demo.self, AuditCommand.self, Rebuild.self, MemberCommand.self, FindingCommand.self,
            AttachmentCommand.self, ReportCommand.self,
            VulnerabilityCommand.self, RelationCommand.self, ValidationCommand.self, CaseCommand.self, FixCommand.self,
            AdvisoryCommand.self,
            LogCommand.self, AgentCommand.self, VersionsCommand.self, PurlCommand.self, RangeCommand.self,
            SBOMCommand.self, IndexCommand.self, MatchCommand.self, InventoryCommand.self, CrashCommand.self,
            CorrelateCommand.self, EvaluateCommand.self, LeaseCommand.self, TargetCommand.self, CoverageCommand.self,
            FederationCommand.self,
            ScanCommand.self, RunCommand.self, AskCommand.self,
            QuestionCommand.self
        ]
    )
}

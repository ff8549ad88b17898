import ArgumentParser
import Foundation

@main
enum Main {
    static func main() async {
        await Breakwater.main()
        // What was printed may still wait in a buffer; where the disk is full, it is lost here.
        if fflush(nil) == 0 { return }
        FileHandle.standardError.write(Data("Error: the output could not be written: \(String(cString: strerror(errno)))\n".utf8))
        exit(1)
    }
}

/// The one executable: the server, the auditor, the operator's agent, and a command for every operation of the API.
struct Breakwater: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "breakwater",
        abstract: "The AI cybersecurity clearinghouse.",
        discussion: """
            Exit codes: 0 done, 1 refused or not clean (the reason is printed), 2 what match --fail-on asks for \
            was found, 3 a lease was not granted or no longer lives, 64 a wrong command line.
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

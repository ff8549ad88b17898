import Agent
import ArgumentParser
import Foundation
import Matching
import PackageIdentity

/// Which of these components are affected, by an index on this machine; nothing is sent.
struct MatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "match", abstract: "Match inventories against an index of advisories. Nothing is sent.",
        discussion: """
            Without --index the advisories are those that the agent pulled. What VEX suppresses is listed apart and is not affected. \
            Where the index has KEV or EPSS, what is known to be exploited and how likely it is stands beside the vulnerability, under \
            any of its names; the order is that of the inventories. A CycloneDX document that breaks its schema is named on standard error \
            with the first place, and asked all the same; with --strict it counts as one that can't be read. Entries that can't be compared, and ecosystems that the index knows \
            no advisory of, are counted and named in every format.

            Exit codes: 0 matched, whatever was found; 1 the index can't be read, or an inventory or a VEX document (the others count \
            all the same, and the report names it), or there was nothing to compare: no component, or none of an ecosystem that the index knows; 2 what \
            --fail-on asks for was found, and everything was read; 64 a wrong command line.
            """
    )

    enum Format: String, ExpressibleByArgument, CaseIterable { case table, json, sarif, cyclonedx }

    /// What makes the exit code another one. Codes as grype has them; trivy and osv-scanner use 1 for what is an error here.
    enum Finding: String, ExpressibleByArgument, CaseIterable {
        case affected, undecided

        func isIn(_ counts: MatchCounts) -> Bool { counts.affected > 0 || self == .undecided && counts.undecided > 0 }
    }

    @OptionGroup var agent: AgentCommand.Options
    @OptionGroup var vex: VEXOptions
    @OptionGroup var input: InventoryFormatOption
    @Argument(help: "Inventories: SBOMs, lock files, lists of packages; - for standard input.") var inventories: [String] = []
    @Option(name: .long, help: "The directory of the index; breakwater index add makes one.") var index: String?
    @Option(name: .long, help: "table, json, sarif, or cyclonedx (a VEX document).") var format: Format = .table
    @Option(name: .long, help: "The release that dpkg, apk or rpm lists are from, such as Debian:12 or Alpine:v3.20.")
    var release: String?
    @Flag(help: "Look at this machine's own packages too.") var machine = false
    @Option(name: .long, help: "Exit code 2 where a component is affected; undecided: also where it can't be decided.")
    var failOn: Finding?
    @Flag(help: "Refuse a CycloneDX document that breaks its schema instead of asking what it lists.") var strict = false

    func run() async throws {
        guard !inventories.isEmpty || machine else { throw ValidationError("name an inventory, or --machine") }
        let release = try release.map { try Self.distribution($0) }
        let (index, signals) = try advisories()
        var statements = try vex.collection()
        let read = read(concernedBy: index, release: release, linkedBy: statements)
        statements.noteLinks(followedInto: read)
        VEXOptions.say(statements)
        let matching = InventoryMatching(against: index, vex: statements, signals: signals)
        try requireComparison(of: read, with: index)
        let counts = try write(read, matching)
        let isCompared = read.contains { $0.comparability.ecosystems.keys.contains { index.knows($0) } }
        let isRead = statements.failures.isEmpty && read.allSatisfy { $0.failure == nil }
        if !isCompared || !isRead { throw ExitCode.failure }
        if let failOn, failOn.isIn(counts) { throw ExitCode(2) }
    }

    /// All of them; what can't be read is said on standard error, and takes nothing of the others with it.
    private func read(concernedBy index: AdvisoryIndex, release: Ecosystem?, linkedBy statements: VEXCollection) -> [Inventory] {
        let named = inventories.map { file in
            do {
                let inventory = try SBOMInventory.read(
                    file: file == "-" ? "/dev/stdin" : file, format: input.inventoryFormat, release: release, concernedBy: index,
                    linkedBy: statements
                )
                if strict { try inventory.requireValid() }
                inventory.showInvalidity(nevertheless: "its components were asked all the same")
                return inventory
            } catch {
                let isUnknown = (error as? AgentError)?.code == .unknownFormat
                let reason = "\(error)" + (isUnknown ? InventoryFormatOption.hint : "")
                Console.note("Error: \(reason)")
                return Inventory(source: file, failure: reason)
            }
        }
        return named + (machine ? [MachineInventory.dpkg(), MachineInventory.python()] : [])
    }

    /// "Nothing is known to be affected" must not be said by somebody who knows nothing, or has looked at nothing.
    private func requireComparison(of inventories: [Inventory], with index: AdvisoryIndex) throws {
        guard index.advisoryCount > 0 else {
            throw AgentError(
                .storage,
                self.index.map { "the index \($0) has no advisory that stands" }
                    ?? "there are no advisories yet; pull them (breakwater agent pull) or name an --index"
            )
        }
        guard inventories.contains(where: { $0.failure == nil }) else { throw ExitCode.failure }
        guard inventories.contains(where: { $0.componentCount > 0 }) else {
            let problem = inventories.lazy.compactMap(\.problems.first).first.map { ": " + $0 } ?? ""
            throw AgentError(.malformed, "nothing was examined: none of these names a component that can be compared\(problem)")
        }
    }

    private func write(_ inventories: [Inventory], _ matching: InventoryMatching) throws -> MatchCounts {
        var matching = matching
        let counts: MatchCounts
        switch format {
        case .table:
            var report = MatchReport(matching)
            for inventory in inventories { report.add(inventory) }
            try Console.write(Array(report.table.utf8))
            counts = report.counts
        case .json: counts = try matching.writeJSON(of: inventories, to: Console.write)
        case .sarif: counts = try matching.writeSARIF(of: inventories, to: Console.write)
        case .cyclonedx: counts = try matching.writeCycloneDX(of: inventories, to: Console.write)
        }
        print()
        return counts
    }

    /// A name that nobody knows would be a clean bill of health.
    private static func distribution(_ text: String) throws -> Ecosystem {
        let release = Ecosystem(text)
        guard release.isDistribution else {
            throw ValidationError(
                "--release \(text) names no distribution that is known, such as Debian:12, Alpine:v3.20 or AlmaLinux:9")
        }
        return release
    }

    private func advisories() throws -> (AdvisoryIndex, Signals) {
        guard let index else {
            let directory = try agent.open()
            let (index, _) = try directory.index.upToDate(with: directory.advisoriesPath)
            return (index, try directory.index.signals())
        }
        let directory = IndexDirectory(path: index)
        return (try directory.open(), try directory.signals())
    }

}

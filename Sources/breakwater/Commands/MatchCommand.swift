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
            Without --index the advisories are those that the agent pulled. Exit code 0 whatever was found, or 1 with --fail where \
            something is affected; 1 as well where an inventory or a VEX document can't be read. What VEX suppresses is listed apart \
            and is not affected. Where the index has KEV or EPSS, what is known to be exploited and how likely it is stands beside the \
            vulnerability, under any of its names; the order is that of the inventories.
            """
    )

    enum Format: String, ExpressibleByArgument, CaseIterable { case table, json, sarif, cyclonedx }

    @OptionGroup var agent: AgentCommand.Options
    @OptionGroup var vex: VEXOptions
    @Argument(help: "Inventories: SBOMs, lock files, lists of packages; - for standard input.") var inventories: [String] = []
    @Option(name: .long, help: "The directory of the index; breakwater index add makes one.") var index: String?
    @Option(name: .long, help: "table, json, sarif, or cyclonedx (a VEX document).") var format: Format = .table
    @Option(name: .long, help: "The release that dpkg, apk or rpm lists are from, such as Debian:12 or Alpine:v3.20.")
    var release: String?
    @Flag(help: "Look at this machine's own packages too.") var machine = false
    @Flag(help: "Exit code 1 where a component is affected.") var fail = false

    func run() async throws {
        guard !inventories.isEmpty || machine else { throw ValidationError("name an inventory, or --machine") }
        let release = try release.map { try Self.distribution($0) }
        let (index, signals) = try advisories()
        var report = MatchReport(against: index, vex: try vex.collection(), signals: signals)
        for file in inventories {
            let path = file == "-" ? "/dev/stdin" : file
            report.add(try SBOMInventory.read(file: path, release: release, concernedBy: index))
        }
        if machine { for inventory in [MachineInventory.dpkg(), MachineInventory.python()] { report.add(inventory) } }
        // "Nothing is known to be affected" must not be said by somebody who knows nothing, or has looked at nothing.
        guard report.advisoryCount > 0 else {
            throw AgentError(.storage, "there are no advisories yet; pull them (breakwater agent pull) or name an --index")
        }
        guard report.sources.contains(where: { $0.componentCount > 0 }) else {
            let problem = report.sources.lazy.compactMap(\.problems.first).first.map { ": " + $0 } ?? ""
            throw AgentError(.malformed, "nothing was examined: none of these names a component that can be compared\(problem)")
        }
        switch format {
        case .table: print(report.table)
        case .json: try report.writeJSON(to: Self.write)
        case .sarif: try Self.write(report.sarif)
        case .cyclonedx: try Self.write(report.cycloneDX)
        }
        if format != .table { print() }
        if fail, !report.affected.isEmpty { throw ExitCode.failure }
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
            return (try directory.index.upToDate(with: directory.advisoriesPath).index, .none)
        }
        let directory = IndexDirectory(path: index)
        return (try directory.open(), try directory.signals())
    }

    private static func write(_ bytes: [UInt8]) throws { try FileHandle.standardOutput.write(contentsOf: bytes) }
}

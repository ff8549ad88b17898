import Agent
import ArgumentParser
import Client
import Foundation
import JSONText
import Sealing

struct AgentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agent", abstract: "The operator's agent: verifies, matches here, and reports only what you sign.",
        subcommands: [Key.self, Pull.self, Signals.self, Match.self, Done.self]
    )

    struct Options: ParsableArguments {
        @Option(name: .long, help: "The agent's directory.")
        var directory = (ProcessInfo.processInfo.environment["HOME"] ?? NSHomeDirectory()) + "/.breakwater-agent"

        func open() throws -> AgentDirectory { try AgentDirectory(path: directory) }
    }

    struct Key: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Print the operator's verification key, to register with.")
        @OptionGroup var options: Options

        func run() async throws {
            let key = try options.open().signingKey(random: DataDirectory.random)
            print(Hexadecimal.encode(key.verificationKey.bytes))
        }
    }

    struct Pull: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Fetch and verify new advisories.")
        @OptionGroup var remote: RemoteOptions
        @OptionGroup var options: Options

        func run() async throws {
            let summary = try await FeedPull(client: try remote.client(), directory: try options.open()).run()
            print("\(summary.taken) new advisories, each verified against a log of \(summary.logSize) entries")
        }
    }

    struct Signals: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Keep what is known of exploitation, to show it beside the verified advisories.",
            discussion: """
                CISA's catalogue of known exploited vulnerabilities (KEV: JSON, CSV) and EPSS scores (CSV), compressed or not; an edition \
                takes the place of an older one. They come from you and not from the clearinghouse, and are not verified by its log.
                """
        )
        @OptionGroup var options: Options
        @Argument(help: "KEV, EPSS.") var files: [String]

        func run() async throws {
            for line in try options.open().keepSignals(files) { print(line) }
        }
    }

    struct Match: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Match this machine's packages and the given SBOMs against the verified advisories. Nothing is sent."
        )
        @OptionGroup var options: Options
        @OptionGroup var vex: VEXOptions
        @Option(name: .long, parsing: .upToNextOption, help: "SBOMs: CycloneDX JSON, SPDX 2 as JSON or text.") var sbom:
            [String] = []
        @Flag(
            inversion: .prefixedNo, help: "Whether the systems can be reached from the internet; without it a date may stay open."
        )
        var exposed: Bool?
        @Flag(name: .customLong("only-sboms"), help: "Do not look at this machine's own packages.") var onlySBOMs = false

        func run() async throws {
            var statements = try vex.collection()
            var inventories = try sbom.map { try SBOMInventory.read(file: $0, linkedBy: statements) }
            statements.noteLinks(followedInto: inventories)
            VEXOptions.say(statements)
            let matching = try LocalMatching(options.open(), vex: statements)
            if matching.damagedLineCount > 0 {
                print("\(matching.damagedLineCount) damaged lines in \(try options.open().path)/advisories.ndjson; pull again")
            }
            if !onlySBOMs { inventories += [MachineInventory.dpkg(), MachineInventory.python()] }
            for inventory in inventories {
                print(InventoryLine.text(inventory))
                inventory.showInvalidity(nevertheless: "its components were asked all the same")
            }
            // "Nothing is known to be affected" must not be said by somebody who knows nothing, or has looked at nothing.
            guard matching.advisoryCount > 0 else {
                throw AgentError(.storage, "there are no advisories yet; fetch them first: breakwater agent pull")
            }
            guard inventories.contains(where: { !$0.components.isEmpty }) else {
                throw AgentError(.malformed, "nothing was examined: none of these names a component that can be compared")
            }
            let card = Card(inventories.flatMap(matching.matches), isPubliclyExposed: exposed)
            print("\n\(card.text)\n")
            for line in card.others(limit: 20) { print("  also \(line)") }
            if !card.suppressed.isEmpty { print("\nNot affected, by VEX:") }
            for line in card.suppressed { print("  \(line)") }
            if !statements.failures.isEmpty { throw ExitCode.failure }
        }
    }

    struct Done: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Sign and send that an advisory is dealt with.")
        @OptionGroup var remote: RemoteOptions
        @OptionGroup var options: Options
        @Argument(help: "The advisory.") var advisory: String
        @Option(name: .long, help: "done, mitigated or not-done.") var status = "done"

        func validate() throws {
            guard ["done", "mitigated", "not-done"].contains(status) else {
                throw ValidationError("a status is done, mitigated or not-done")
            }
        }

        func run() async throws {
            let client = try remote.client()
            let directory = try options.open()
            let osv = try await client.bytes(.get, "/v1/advisories/\(Local.escaped(advisory))/osv")
            try directory.requireVerified(osv, as: advisory)
            let key = try directory.signingKey(random: DataDirectory.random)
            let report = try AdoptionReport(
                advisory: advisory, osv: osv, status: status, at: DataDirectory.now(), signedBy: key
            )
            let count = try await report.send(to: client)
            print("reported \(status); \(count) \(count == 1 ? "operator reports" : "operators report") \(advisory) done")
        }
    }
}

/// One line on what an inventory held.
enum InventoryLine {
    static func text(_ inventory: Inventory) -> String {
        let problems = inventory.problems.isEmpty ? "" : ", \(inventory.problems.count) entries not comparable"
        return "\(inventory.source): \(inventory.components.count) components\(problems)"
    }
}

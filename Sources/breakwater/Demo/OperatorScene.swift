import AdvisoryFormats
import Agent
import Clearinghouse
import Client
import Foundation
import Sealing
import Server

/// The operator's side: pull, verify, match here, act, sign.
struct OperatorScene: Sendable {
    let url: String
    let data: DataDirectory
    let sboms: [String]

    func play() async throws {
        heading("The operator")
        let directory = try AgentDirectory(path: data.path + "/operator-agent")
        let key = try directory.signingKey(random: DataDirectory.random)
        let administrator = ClearinghouseClient(baseURL: url, token: try data.administratorToken())
        let hospital = try await WalkMember(url: url, administrator: administrator).client(
            "harbour-hospital", "Harbour Hospital", "operator", key: Hexadecimal.encode(key.verificationKey.bytes)
        )
        try await pull(ClearinghouseClient(baseURL: url), directory)
        let matches = try match(directory)
        // The hospital's gateway decodes frames from the internet.
        let card = Card(matches, isPubliclyExposed: true)
        say("\n\(card.text)\n")
        say(
            "\(card.affectedComponentCount) components affected, \(card.undecidedCount) undecided; nothing of this left the machine"
        )
        for line in card.others(limit: 8) { say("  also \(line)") }
        try await reportDone(matches, key: key, as: hospital)
    }

    private func pull(_ client: ClearinghouseClient, _ directory: AgentDirectory) async throws {
        let start = ContinuousClock.now
        let target = try await data.rooms.distribution.advisoryCount()
        // What was published a moment ago is in the feed once the log has it.
        var summary = try await FeedPull(client: client, directory: directory).run()
        var taken = summary.taken
        for _ in 0..<20 {
            guard try LocalMatching(directory).advisoryCount < Int(target) else { break }
            try await Task.sleep(for: .milliseconds(250))
            summary = try await FeedPull(client: client, directory: directory).run()
            taken += summary.taken
        }
        say(
            "7  pulled      \(taken) new advisories in \(seconds(since: start)), signatures and inclusion in a log of \(summary.logSize) entries verified"
        )
    }

    private func match(_ directory: AgentDirectory) throws -> [LocalMatch] {
        let matching = try LocalMatching(directory)
        let inventories = sboms.compactMap(readable) + [MachineInventory.dpkg(), MachineInventory.python()]
        let start = ContinuousClock.now
        let matches = inventories.flatMap(matching.matches)
        let components = inventories.reduce(0) { $0 + $1.components.count }
        for inventory in inventories { say("               \(InventoryLine.text(inventory))") }
        say(
            "   matched     \(components) components against \(matching.advisoryCount) advisories here in \(seconds(since: start))"
        )
        return matches
    }

    /// Nil, with the reason said, for a file that is no SBOM we read: the others are matched all the same.
    private func readable(_ file: String) -> Inventory? {
        do {
            return try SBOMInventory.read(file: file)
        } catch {
            say("               not matched: \(error)")
            return nil
        }
    }

    private func reportDone(_ matches: [LocalMatch], key: SigningKey, as hospital: ClearinghouseClient) async throws {
        guard let advisory = matches.first(where: { $0.advisory.id.hasPrefix("x_BREAKWATER-") })?.advisory.id else { return }
        let osv = try await hospital.bytes(.get, "/v1/advisories/\(advisory)/osv")
        let report = try AdoptionReport(advisory: advisory, osv: osv, status: "done", at: DataDirectory.now(), signedBy: key)
        let done = try await report.send(to: hospital)
        say("8  done        Harbour Hospital signs \"done\" for \(advisory); \(done) operator\(done == 1 ? "" : "s") done")
    }
}

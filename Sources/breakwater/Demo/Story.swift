import Agent
import Client
import Foundation
import JSONText
import Server

/// What happens, in the order it happens, with figures. Every step of the walk goes through the HTTP API, as anyone's would.
struct Story: Sendable {
    let options: Demo
    let data: DataDirectory

    func tell(at url: String) async throws {
        let administrator = ClearinghouseClient(baseURL: url, token: try data.administratorToken())
        say("Breakwater at \(url), data in \(data.path)")
        try await importAdvisories()
        let walk = Walk(
            url: url, administrator: administrator, example: options.example, agentPath: data.path + "/operator-agent")
        if let advisory = try await walk.publishedBefore() {
            heading("The walk")
            say("\(advisory) was published by an earlier start; everything recorded then is still here.")
        } else {
            try await walk.run()
        }
        try await OperatorScene(url: url, data: data, sboms: sboms).play()
    }

    func farewell(_ url: String) {
        heading("Look around")
        say("pages      \(url)/          (sign in at \(url)/sign-in with the token in \(data.path)/admin.token)")
        say("API        \(url)/openapi.json")
        if data.database.file != nil { say("audit      .build-release/release/breakwater audit \(data.path)") }
        say("The server stays until you press Ctrl-C; a second start keeps all data.")
    }

    private var sboms: [String] {
        options.sbom.isEmpty ? ["\(options.example)/operator/hospital.cdx.json"] : options.sbom
    }

    private func importAdvisories() async throws {
        heading("Advisories")
        let sources = try await AdvisorySources(named: options.advisories, cache: data.path + "/downloads").paths()
        guard !sources.isEmpty else { return say("none given and none found; give --advisories") }
        let summary = try await AdvisoryImporter(rooms: data.rooms).run(sources)
        say(summary.text)
        say(ProcessMemory.line(database: data.database))
    }
}

func heading(_ text: String) { print("\n\(text)\n\(String(repeating: "-", count: text.count))") }

/// Like `2.3 s`.
func seconds(since start: ContinuousClock.Instant) -> String {
    (ContinuousClock.now - start).formatted(.units(allowed: [.seconds], width: .narrow, fractionalPart: .show(length: 1)))
}

/// Shown at once, also where the output is a pipe.
func say(_ text: String) {
    print(text)
    fflush(nil)
}

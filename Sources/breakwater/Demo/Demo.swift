import ArgumentParser
import Client
import Foundation
import Server

/// `make run`: the main job on real input, told as a story, then a server that stays.
struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Import advisories, walk one finding all the way to a fixed operator, match this machine, and stay as a server."
    )

    @OptionGroup var directory: DataOptions

    @Option(
        name: .long, parsing: .upToNextOption,
        help: "OSV sources: files, directories, or names of OSV.dev ecosystems to download.")
    var advisories: [String] = []

    @Option(
        name: .long, parsing: .upToNextOption, help: "SBOMs (CycloneDX JSON, SPDX 2) to match beside this machine's packages.")
    var sbom: [String] = []

    @Option(name: .long, help: "The example project whose bug is walked.")
    var example = "Examples/libtide"

    @Option(name: .long, help: "The port; 0 takes a free one.")
    var port = 8_080

    @Flag(name: .long, help: "Stop after the story instead of serving.")
    var exit = false

    func validate() throws {
        try PortNumber.require(port)
        guard FileManager.default.fileExists(atPath: "\(example)/reproducer/manifest.json") else {
            throw ValidationError("\(example) is not the example project; run from the checkout or give --example")
        }
    }

    func run() async throws {
        let data = try await directory.open()
        try await data.bootstrap()
        let (ports, announce) = AsyncStream.makeStream(of: Int.self)
        let server = BreakwaterServer(rooms: data.rooms, logLevel: exit ? "critical" : "notice")
        let (story, port) = (Story(options: self, data: data), port)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { announce.finish() }
                try await server.run(host: "127.0.0.1", port: port) { port in announce.yield(port) }
            }
            guard let bound = await ports.first(where: { _ in true }) else {
                return try await group.waitForAll()
            }
            let url = "http://127.0.0.1:\(bound)"
            try await story.tell(at: url)
            if exit {
                group.cancelAll()
                return
            }
            story.farewell(url)
            try await group.waitForAll()
        }
    }
}

import ArgumentParser
import Client
import Foundation

struct LogCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log", abstract: "Print the latest signed checkpoint of the transparency log."
    )
    @OptionGroup var remote: RemoteOptions

    func run() async throws {
        print(String(decoding: try await remote.client().bytes(.get, "/log/checkpoint"), as: UTF8.self), terminator: "")
    }
}

import Foundation
import Testing

@Suite struct AskCommandTests {
    private static let finding = """
        {"title":"x","repository":"https://git.example/a/b","weakness":"CWE-79","location":{"file":"a.c","function":"f"}}
        """

    @Test(.timeLimit(.minutes(5)))
    func `the salt is on disk before anything is sent, and is drawn once`() async throws {
        try await BuiltProgram.with { program in
            let (file, kept) = (program.directory + "/f.json", program.directory + "/f.json.ask")
            try Self.finding.write(toFile: file, atomically: true, encoding: .utf8)
            // Nobody answers there.
            let arguments = ["ask", file, "--server", "http://127.0.0.1:1", "--token", "x"]
            #expect(try await program.run(arguments).status == 1)
            let first = try Data(contentsOf: URL(fileURLWithPath: kept))
            #expect(String(decoding: first, as: UTF8.self).contains("salt"))
            #expect(try await program.run(arguments).status == 1)
            #expect(try Data(contentsOf: URL(fileURLWithPath: kept)) == first)
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: program.directory).filter { $0.contains(".ask") }.count == 1)
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func `what is there and can't be read is not taken for nothing`() async throws {
        try await BuiltProgram.with { program in
            let (file, kept) = (program.directory + "/f.json", program.directory + "/f.json.ask")
            try Self.finding.write(toFile: file, atomically: true, encoding: .utf8)
            // A directory can't be read as a file, by root neither.
            try FileManager.default.createDirectory(atPath: kept, withIntermediateDirectories: false)
            let ending = try await program.run(["ask", file, "--server", "http://127.0.0.1:1", "--token", "x"])
            #expect(ending.status == 1 && ending.errors.contains("can't be kept"), "\(ending.errors)")
            #expect(try FileManager.default.contentsOfDirectory(atPath: kept).isEmpty)
        }
    }
}

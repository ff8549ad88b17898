import Foundation

/// Our own side of `Benchmarks/matching`, in process: one JSON object a line for each figure.
///
///     MatchingBenchmark matching SEGMENT SBOM      an index file (`N.segment`) and a CycloneDX document
///     MatchingBenchmark versions SCHEME PAIRS      a file of lines, two versions each with a tab between them
///
/// Inputs come from the caller, so that the peers get the same. Everything runs on one thread.
@main
struct MatchingBenchmark {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 4 else { return usage() }
        switch arguments[1] {
        case "matching":
            let bench = try MatchingFigures(segment: arguments[2], inventory: try bytes(arguments[3]))
            for figure in try bench.figures() { print(figure.json) }
        case "versions":
            let bench = try VersionFigures(scheme: arguments[2], pairs: try bytes(arguments[3]))
            for figure in bench.figures() { print(figure.json) }
        default: usage()
        }
    }

    private static func bytes(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: path))) }

    private static func usage() {
        FileHandle.standardError.write(Data("usage: MatchingBenchmark matching SEGMENT SBOM | versions SCHEME PAIRS\n".utf8))
        exit(2)
    }
}

import Foundation

/// Our own side of `Benchmarks/deposits`, in process: one JSON object a line for each figure.
///
///     DepositsBenchmark fill DATABASE PACKAGES INVENTORIES SEED    adds inventories up to this number, 1,000 components each
///     DepositsBenchmark ask DATABASE ADVISORIES ROUNDS             asks each OSV record of a file, one a line
///
/// A database is the path of a SQLite file or a `postgresql://` string. Packages are lines: ecosystem, name, and versions in any order, with tabs between them, the most common package first.
@main
struct DepositsBenchmark {
    static func main() async throws {
        let arguments = CommandLine.arguments
        switch (arguments.dropFirst().first, arguments.count) {
        case ("fill", 6):
            guard let count = Int(arguments[4]), let seed = UInt64(arguments[5]) else { return usage() }
            let population = Population(packages: try bytes(arguments[3]), seed: seed)
            try await DepositTable(arguments[2]).fill(upTo: count, from: population)
        case ("ask", 5):
            guard let rounds = Int(arguments[4]) else { return usage() }
            let questions = ScanFigures(advisories: try bytes(arguments[3]))
            try await questions.run(on: DepositTable(arguments[2]), rounds: rounds)
        default: usage()
        }
    }

    private static func bytes(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: path))) }

    private static func usage() {
        let text = "usage: DepositsBenchmark fill DATABASE PACKAGES INVENTORIES SEED | ask DATABASE ADVISORIES ROUNDS\n"
        FileHandle.standardError.write(Data(text.utf8))
        exit(2)
    }
}

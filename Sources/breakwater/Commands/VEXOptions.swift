import Agent
import ArgumentParser
import Foundation

/// The VEX documents that are heeded in matching: those that are named, and no others.
struct VEXOptions: ParsableArguments {
    @Option(
        name: .long,
        help: """
            A VEX document (OpenVEX, CSAF, or CycloneDX), compressed or not, or a directory of them; may be repeated. What it \
            says counts for all inventories. An inventory's own analyses count where it is named here.
            """
    )
    var vex: [String] = []
    @Option(
        name: .long,
        help: """
            What the inventories are of, where they don't say it: a package URL, a CPE name, or the identifier in the VEX documents; may \
            be repeated. Statements about a part of a product count in that product only.
            """
    )
    var product: [String] = []

    func validate() throws {
        guard product.isEmpty || !vex.isEmpty else { throw ValidationError("--product is for statements of --vex documents") }
    }

    /// The documents.
    func collection() throws -> VEXCollection { try VEXCollection(files: vex, products: product) }

    /// Says on standard error which documents can't be read, and what in the others counts for nothing.
    static func say(_ collection: VEXCollection) {
        let problems = collection.sources.flatMap { source in source.problems.map { "\(source.name): \($0)" } }
        let more = problems.count - shownCount
        for failure in collection.failures { Console.note("Error: \(failure)") }
        for line in problems.prefix(shownCount) + (more > 0 ? ["and \(more) more problems in VEX documents"] : []) {
            Console.note("\(line)")
        }
    }

    /// Problems that are printed; advisories of some publishers identify no product. The report in JSON has all of them.
    private static let shownCount = 20
}

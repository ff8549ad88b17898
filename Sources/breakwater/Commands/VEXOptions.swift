import Agent
import ArgumentParser
import Foundation

/// The VEX documents that are heeded in matching: those that are named, and no others.
struct VEXOptions: ParsableArguments {
    @Option(
        name: .long,
        help: """
            A VEX document (OpenVEX, CSAF, or CycloneDX JSON), compressed or not, or a directory of them; may be repeated. What it \
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

    /// The documents; what in them counts for nothing is said on standard error.
    func collection() throws -> VEXCollection {
        let collection = try VEXCollection(files: vex, products: product)
        for source in collection.sources {
            for problem in source.problems { FileHandle.standardError.write(Data("\(source.name): \(problem)\n".utf8)) }
        }
        return collection
    }
}

import AdvisoryFormats
import ArgumentParser
import Foundation
import JSONText

struct SBOMCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sbom", abstract: "Inventories of software.", subcommands: [Summary.self]
    )

    struct Summary: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Count what an inventory lists: CycloneDX JSON, SPDX 2.2 and 2.3 as JSON or text.",
            discussion: "Exit code 1 with every place that is wrong where the file is no valid inventory."
        )
        @Argument(help: "The file, or - for standard input.") var file: String
        @Flag(help: "One JSON line instead of words.") var json = false

        func run() async throws {
            let inventory: InventoryDocument
            do {
                inventory = try InventoryDocument(parsing: Local.bytes(file))
            } catch let refusal as FormatRefusal {
                if json { print(String(decoding: Summary.answer(refusal).bytes(), as: UTF8.self)) }
                FileHandle.standardError.write(Data("\(file): \(refusal)\n".utf8))
                throw ExitCode.failure
            }
            print(json ? String(decoding: Summary.answer(inventory).bytes(), as: UTF8.self) : words(inventory))
        }

        private func words(_ inventory: InventoryDocument) -> String {
            let version = inventory.specVersion.map { " " + $0 } ?? ""
            return """
                \(file): \(inventory.format)\(version), \(inventory.components.count) components, \(inventory.purlCount) package URLs, \
                \(inventory.vulnerabilityCount) vulnerabilities
                """
        }

        private static func answer(_ inventory: InventoryDocument) -> JSONValue {
            [
                "format": .string(inventory.format.description),
                "specVersion": inventory.specVersion.map { .string($0) } ?? .null,
                "components": .number(JSONNumber(Int64(inventory.components.count))),
                "purls": .number(JSONNumber(Int64(inventory.purlCount))),
                "vulnerabilities": .number(JSONNumber(Int64(inventory.vulnerabilityCount)))
            ]
        }

        private static func answer(_ refusal: FormatRefusal) -> JSONValue {
            let violations = refusal.violations.map { violation -> JSONValue in
                [
                    "code": .string(violation.code.description), "place": .string(violation.pointer),
                    "byte": .number(JSONNumber(Int64(violation.byteOffset))), "reason": .string(violation.reason)
                ]
            }
            return ["error": "no valid inventory", "violations": .array(violations)]
        }
    }
}

import AdvisoryFormats
import Archive
import ArgumentParser
import Foundation
import JSONText

struct SBOMCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sbom", abstract: "Inventories of software.", subcommands: [Summary.self]
    )

    struct Summary: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Count what an inventory lists: an SBOM, lock file, package database or list of packages.",
            discussion:
                "SBOMs are CycloneDX as JSON or XML, SPDX 2 as JSON or text, SPDX 3 as JSON-LD, whatever their name; other "
                + "files are told by theirs, like yarn.lock. The file may be compressed by gzip, bzip2, xz or zstd. CycloneDX is held "
                + "to the schema of its version, SPDX 2 as JSON to what the schema of 2.3 requires: what it lacks are warnings, for many "
                + "tools write such. Single entries that can't be read, and warnings, are shown and change no exit code. "
                + "Exit code 1 with every place that is wrong where the file is no inventory or breaks its schema."
        )
        @OptionGroup var input: InventoryFormatOption
        @Argument(help: "The file, or - for standard input.") var file: String
        @Flag(help: "One JSON line instead of words.") var json = false

        func run() async throws {
            let inventory: InventoryDocument
            do {
                let bytes = try PackedDocument.unpacked(Local.bytes(file), name: file)
                let name = PackedDocument.unpackedName(file)
                inventory = try InventoryDocument(parsing: bytes, fileName: name, format: input.inventoryFormat, validating: true)
            } catch let refusal as FormatRefusal {
                if json { print(String(decoding: Summary.answer(refusal).bytes(), as: UTF8.self)) }
                let hint = refusal.isOfUnknownInventory ? InventoryFormatOption.hint : ""
                Console.note("\(file): \(refusal)\(hint)")
                throw ExitCode.failure
            }
            print(json ? String(decoding: Summary.answer(inventory).bytes(), as: UTF8.self) : words(inventory))
            if !json {
                for warning in inventory.warnings { Console.note("\(file): warning: \(warning)") }
            }
            guard inventory.violations.isEmpty else { throw ExitCode.failure }
        }

        private func words(_ inventory: InventoryDocument) -> String {
            let version = inventory.specVersion.map { " " + $0 } ?? ""
            return """
                \(file): \(inventory.format)\(version), \(inventory.components.count) components, \(inventory.purlCount) package URLs, \
                \(inventory.vulnerabilityCount) vulnerabilities
                """ + inventory.problems.map { "\n\(file): unread: \($0)" }.joined()
                    + inventory.violations.map { "\n\(file): invalid: \($0)" }.joined()
        }

        private static func answer(_ inventory: InventoryDocument) -> JSONValue {
            [
                "format": .string(inventory.format.description),
                "specVersion": inventory.specVersion.map { .string($0) } ?? .null,
                "components": .number(JSONNumber(Int64(inventory.components.count))),
                "purls": .number(JSONNumber(Int64(inventory.purlCount))),
                "vulnerabilities": .number(JSONNumber(Int64(inventory.vulnerabilityCount))),
                "problems": answer(inventory.problems), "valid": .bool(inventory.violations.isEmpty),
                "warnings": answer(inventory.warnings), "violations": answer(inventory.violations)
            ]
        }

        private static func answer(_ refusal: FormatRefusal) -> JSONValue {
            ["error": "no valid inventory", "valid": false, "violations": answer(refusal.violations)]
        }

        private static func answer(_ violations: [FormatViolation]) -> JSONValue {
            .array(
                violations.map { violation -> JSONValue in
                    [
                        "code": .string(violation.code.description), "place": .string(violation.pointer),
                        "byte": .number(JSONNumber(Int64(violation.byteOffset))), "reason": .string(violation.reason)
                    ]
                })
        }
    }
}

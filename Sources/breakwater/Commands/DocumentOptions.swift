import AdvisoryFormats
import ArgumentParser
import JSONText

/// What is said beside a document that is handed in.
struct DocumentOptions: ParsableArguments {
    @Option(name: .long, help: "The format, where the content does not show it: \(Self.formats).") var format: String?
    @Option(name: .long, help: "The package URL the document is about.") var package: String?
    @Option(name: .long, help: "The repository the document is about.") var repository: String?

    private static var formats: String { FindingFormat.allCases.map(\.rawValue).joined(separator: ", ") }

    /// As parts of a query.
    var subject: [String] {
        [("package", package), ("repository", repository)].compactMap { name, value in
            value.map { "\(name)=\(Local.escaped($0))" }
        }
    }

    /// What was said, or else what the content looks like.
    /// - Throws: `ValidationError` for a word that is no format, and for findings a line, which another command hands in.
    func format(of bytes: [UInt8]) throws -> FindingFormat {
        let known = try said() ?? FindingFormat(guessing: bytes)
        if known == .finding { try requireOne(in: bytes) }
        return known
    }

    private func said() throws -> FindingFormat? {
        guard let format else { return nil }
        guard let said = FindingFormat(rawValue: format) else {
            throw ValidationError("\(format) is no format of findings, which are \(Self.formats)")
        }
        return said
    }

    /// NDJSON is no JSON document; what it is then refused for does not say where it belongs.
    private func requireOne(in bytes: [UInt8]) throws {
        let lines = BulkLine.all(in: bytes).prefix(2)
        let isEachOne = lines.allSatisfy { (try? JSONValue(parsing: $0.bytes))?.object != nil }
        guard lines.count < 2 || !isEachOne else {
            throw ValidationError("these are findings one a line (NDJSON), which finding bulk hands in")
        }
    }
}

import Agent
import Archive
import ArgumentParser
import Correlation
import Foundation
import JSONText

/// `breakwater correlate`: which findings or advisories of a file are one vulnerability.
struct CorrelateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "correlate", abstract: "Propose which findings or advisories of a file are one vulnerability, with reasons.",
        discussion: """
            The file has one JSON object a line: an OSV record, a CVE record 5, or a record with id and any of database, listing, \
            finder, run, aliases, title, description, packages, repositories, fixed, commits, references, weaknesses, symbols, locations, \
            renames, entry, sink, patch, crash and fingerprints. It may be compressed by gzip, bzip2, xz or zstd. Relations are duplicate, \
            subsumed, chain and variant; what reaches a score of 0.5 is a duplicate. Lines that can't be read are named and cost \
            only themselves. Exit code 1 if there were any.
            """
    )
    @Argument(help: "The file, or - for standard input.") var file: String
    @Flag(help: "JSON lines instead of words: one a relation, then one a vulnerability.") var json = false
    @Flag(help: "Compare no identifiers: neither ids nor aliases.") var hideIdentifiers = false

    func run() async throws {
        var correlation = CorrelationRun(comparesIdentifiers: !hideIdentifiers)
        let malformations = try CorrelationFile.read(file) { correlation.add($0) }
        let index = correlation.index()
        let relations = index.relations()
        if relations.isEmpty, !json { print("nothing proposed among \(index.count) records") }
        for relation in relations {
            let answer = correlation.answer(relation, in: index)
            print(json ? String(decoding: answer.bytes(), as: UTF8.self) : words(relation, correlation, index))
        }
        for cluster in VulnerabilityClusters(of: index).clusters {
            let collisions = VulnerabilityClusters.collisionCount(of: cluster, in: index)
            let names = cluster.map { correlation.ids[Int($0)] }.joined(separator: " ")
            print(
                json
                    ? String(decoding: correlation.answer(cluster: cluster, in: index).bytes(), as: UTF8.self)
                    : "vulnerability of \(cluster.count) records, \(collisions) independent: \(names)".oneLine)
        }
        if !malformations.isEmpty { throw ExitCode.failure }
    }

    private func words(_ relation: Relation, _ correlation: CorrelationRun, _ index: CorrelationIndex) -> String {
        let reasons = index.explanation(relation.first, relation.second).prefix(4)
            .map { "\($0.signal.name) \(PrecisionCurve.decimal(Double(abs($0.logOdds)), 1))\($0.logOdds < 0 ? " against" : "")" }
        let score = PrecisionCurve.decimal(Double(relation.score), 3)
        let (first, second) = (correlation.ids[Int(relation.first)], correlation.ids[Int(relation.second)])
        return "\(relation.kind.name) \(score): \(first) \(second) (\(reasons.joined(separator: ", ")))".oneLine
    }
}

/// A file of records, with what is wrong in it told on standard error.
enum CorrelationFile {
    /// - Returns: the lines that can't be read.
    static func read(_ file: String, _ visit: (CorrelationRecord) -> Void) throws -> [CorrelationRecord.Malformation] {
        let bytes = try PackedDocument.unpacked(Local.bytes(file), name: file)
        return tell(CorrelationRecord.reading(lines: bytes, visit: visit), of: file)
    }

    static func tell(_ malformations: [CorrelationRecord.Malformation], of file: String) -> [CorrelationRecord.Malformation] {
        for fault in malformations { Console.note("\(file): \(fault)".oneLine) }
        return malformations
    }
}

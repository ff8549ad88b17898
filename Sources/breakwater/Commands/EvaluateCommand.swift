import Archive
import ArgumentParser
import Correlation
import Foundation
import JSONText

/// `breakwater evaluate`: our judgements against known answers.
struct EvaluateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate", abstract: "Hold judgements against known answers.", subcommands: [OfCorrelation.self]
    )

    struct OfCorrelation: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "correlation", abstract: "Precision and recall of proposed duplicates at every threshold.",
            discussion: """
                RECORDS is what `breakwater correlate` takes. GROUPS has one JSON object a line: {"members": [ids]} for records that are \
                one vulnerability, {"unjudged": [ids]} for records about which nobody knows, {"judgedAmong": [ids]} for records that are \
                judged among themselves only. A record that no line names is a vulnerability of its own. Identifiers are hidden: \
                neither ids nor aliases are compared, identifiers are cut out of texts, and references that name one or lead to an \
                entry of a database of vulnerabilities are left out.
                """
        )
        @Argument(help: "The records.") var records: String
        @Argument(help: "The groups.") var groups: String
        @Option(help: "Only groups of this half, 0 or 1; the weights were learned on half 0 of dedupe-groundtruth.") var half:
            Int?
        @Option(help: "Write the curve of both halves and of all as an SVG document.") var svg: String?
        @Flag(help: "One JSON object with the whole curve.") var json = false

        func validate() throws {
            if let half, half != 0, half != 1 { throw ValidationError("--half is 0 or 1") }
        }

        func run() async throws {
            if let svg { try Local.requireRoom(for: svg) }
            var run = CorrelationRun(comparesIdentifiers: false)
            var malformations = try CorrelationFile.read(records) { run.add($0) }
            var judged = JudgedGroups()
            let bytes = try PackedDocument.unpacked(Local.bytes(groups), name: groups)
            malformations += CorrelationFile.tell(judged.read(lines: bytes), of: groups)
            let relations = run.index().relations()
            let curve = PrecisionCurve(relations, ids: run.ids, groups: judged, half: half)
            if let svg { try write(svg, relations, run, judged) }
            print(json ? String(decoding: curve.answer(threshold: Self.threshold).bytes(), as: UTF8.self) : words(curve))
            if !malformations.isEmpty { throw ExitCode.failure }
        }

        /// Scores are shifted so that the default threshold is here.
        private static let threshold: Float = 0.5

        private func write(_ path: String, _ relations: [Relation], _ run: CorrelationRun, _ judged: JudgedGroups) throws {
            let curves = [(name: "all", half: Int?.none), ("half 0 (learned)", 0), ("half 1 (held out)", 1)].map { part in
                (name: part.name, curve: PrecisionCurve(relations, ids: run.ids, groups: judged, half: part.half))
            }
            let drawing = PrecisionCurve.drawing(curves, threshold: Self.threshold)
            try Local.write(Array(drawing.utf8), to: path)
        }

        private func words(_ curve: PrecisionCurve) -> String {
            func line(_ what: String, _ point: PrecisionCurve.Point?) -> String {
                guard let point else { return "\(what): never" }
                let (precision, recall) = (PrecisionCurve.decimal(point.precision, 4), PrecisionCurve.decimal(point.recall, 4))
                return
                    "\(what): precision \(precision), recall \(recall), score from \(PrecisionCurve.decimal(Double(point.threshold), 3))"
            }
            let goals = [0.999, 0.998, 0.995, 0.99, 0.98].map {
                line("best recall at precision \(PrecisionCurve.decimal($0, 3))", curve.point(precision: $0))
            }
            return
                ([
                    "\(curve.truePairCount) true pairs, \(curve.unjudgedCount) proposals not judged",
                    line("default threshold", curve.point(at: Self.threshold))
                ] + goals).joined(separator: "\n")
        }
    }
}

/// Reads an EPSS feed (CSV) in chunks of any size, with memory for one line.
///
/// A line that is no score is named and passed over; `consume` returns what the chunk completed, in order.
///
///     var reader = EPSSReader()
///     for chunk in chunks { index(reader.consume(chunk).scores) }
///     index(reader.finish().scores)
public struct EPSSReader: Sendable {
    /// Greatest length of a line in bytes; real lines have 40, the comment 60. What is longer is passed over as one fault.
    public static let maximumLineLength = 4096

    /// What a chunk gave.
    public struct Output: Sendable, Hashable {
        /// Scores in the order of the feed.
        public var scores: [EPSSScore] = []
        /// Lines that were passed over.
        public var faults: [EPSSFault] = []

        /// Nothing yet.
        public init() {}
    }

    /// What the comment said; complete with the first score.
    public private(set) var header = EPSSFeedHeader()
    /// Lines completed so far, all of them.
    public private(set) var lineCount = 0

    private var line: [UInt8] = []
    private var isTooLong = false
    private var columns = Columns()

    /// Which column is what; until the header line says otherwise, as FIRST writes them.
    private struct Columns {
        var cve: Int?
        var probability: Int?
        var percentile: Int?
        var isKnown: Bool { cve != nil && probability != nil }
    }

    /// A reader at the start of a feed.
    public init() {}

    /// Takes the next bytes of the feed.
    public mutating func consume(_ chunk: [UInt8]) -> Output {
        var output = Output()
        var rest = chunk[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            keep(rest[..<end])
            endLine(&output)
            rest = rest[(end + 1)...]
        }
        keep(rest)
        return output
    }

    /// Ends the feed: its last line need not end with a line feed. A feed without a header line is a fault.
    public mutating func finish() -> Output {
        var output = Output()
        if !line.isEmpty || isTooLong { endLine(&output) }
        if !columns.isKnown {
            output.faults.append(EPSSFault(line: lineCount, reason: "the feed ends before a header line with cve and epss"))
        }
        return output
    }

    private mutating func keep(_ bytes: ArraySlice<UInt8>) {
        if isTooLong { return }
        if line.count + bytes.count > Self.maximumLineLength {
            isTooLong = true
            line.removeAll(keepingCapacity: true)
        } else {
            line += bytes
        }
    }

    private mutating func endLine(_ output: inout Output) {
        lineCount += 1
        if isTooLong {
            output.faults.append(EPSSFault(line: lineCount, reason: "longer than \(Self.maximumLineLength) bytes"))
        } else if let reason = readLine(&output) {
            output.faults.append(EPSSFault(line: lineCount, reason: reason))
        }
        line.removeAll(keepingCapacity: true)
        isTooLong = false
    }

    /// Reads the line and says what is wrong with it.
    private mutating func readLine(_ output: inout Output) -> String? {
        let start = lineCount == 1 && line.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        if line.dropFirst(start).first == UInt8(ascii: "#") {
            readComment(line[(start + 1)...])
            return nil
        }
        var reader = CSVReader(line)
        guard let row = reader.next() else { return nil }
        if let fault = row.fault { return fault.reason }
        guard let texts = reader.texts(of: row) else { return "not UTF-8" }
        if !columns.isKnown { return readHeader(texts) }
        switch score(texts) {
        case .success(let score): output.scores.append(score)
        case .failure(let failure): return failure.reason
        }
        return nil
    }

    /// `model_version:v2026.06.15,score_date:2026-09-29T12:00:22Z`
    private mutating func readComment(_ text: ArraySlice<UInt8>) {
        for part in text.split(separator: UInt8(ascii: ",")) {
            guard let colon = part.firstIndex(of: UInt8(ascii: ":")),
                let name = String(validating: part[..<colon], as: UTF8.self),
                let value = String(validating: part[(colon + 1)...].filter { $0 != UInt8(ascii: "\r") }, as: UTF8.self)
            else { continue }
            switch name.filter({ $0 != " " }) {
            case "model_version": header.modelVersion = value
            case "score_date": header.scoreDate = value
            default: break
            }
        }
    }

    private mutating func readHeader(_ names: [String]) -> String? {
        columns = Columns(
            cve: names.firstIndex(of: "cve"), probability: names.firstIndex(of: "epss"),
            percentile: names.firstIndex(of: "percentile")
        )
        return columns.isKnown ? nil : "not a header line with cve and epss, which comes first"
    }

    private struct Failure: Error {
        let reason: String
    }

    private func score(_ texts: [String]) -> Result<EPSSScore, Failure> {
        guard let cveColumn = columns.cve, let probabilityColumn = columns.probability,
            let last = [cveColumn, probabilityColumn, columns.percentile].compactMap({ $0 }).max(), texts.count > last
        else { return .failure(Failure(reason: "too few fields")) }
        guard let cve = CVEID(texts[cveColumn]) else {
            return .failure(Failure(reason: "the first column is no identifier like CVE-2026-12345"))
        }
        guard let probability = Self.share(texts[probabilityColumn]) else {
            return .failure(Failure(reason: "the score of \(cve) is no number from 0 to 1"))
        }
        guard let percentileColumn = columns.percentile else {
            return .success(EPSSScore(cve: cve, probability: probability, percentile: nil))
        }
        guard let percentile = Self.share(texts[percentileColumn]) else {
            return .failure(Failure(reason: "the percentile of \(cve) is no number from 0 to 1"))
        }
        return .success(EPSSScore(cve: cve, probability: probability, percentile: percentile))
    }

    /// Digits with a point or an exponent, as JSON writes numbers: no hexadecimal, no infinity, no NaN.
    private static func share(_ text: String) -> Double? {
        guard let first = text.utf8.first, CSAFSyntax.isDigit(first) || first == UInt8(ascii: "."),
            text.utf8.allSatisfy({ CSAFSyntax.isDigit($0) || ".eE+-".utf8.contains($0) }), let value = Double(text),
            0...1 ~= value
        else { return nil }
        return value
    }
}

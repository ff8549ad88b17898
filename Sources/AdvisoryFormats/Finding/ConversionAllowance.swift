/// What the findings of one document may come to. A document can say of a few bytes that they belong to each of its findings
/// (the text of a rule, a note of every product), so that what it means may be far longer than what it is.
struct ConversionAllowance {
    /// Findings of one document: they are recorded in one transaction, while which every other writer waits. As many results as
    /// GitHub takes in a run of a SARIF log; the longest public logs have 3,000.
    static let maximumFindingCount = 25_000
    /// Bytes of all texts of the findings of one document: as many as the longest document has that is taken, for texts that
    /// findings share are recorded with each.
    static let maximumByteCount = 64 * 1_024 * 1_024
    /// Bytes of a text that is put together of parts: written as JSON, with its escapes, it fits in one finding.
    static let maximumTextByteCount = 128 * 1_024

    private let format: String
    private var count = 0
    private var byteCount = 0

    init(of format: String) { self.format = format }

    /// Takes one finding more into account.
    /// - Throws: `FormatRefusal` with `.tooLarge` at the finding's place where it is one too many.
    mutating func take(_ finding: ReportedFinding) throws(FormatRefusal) {
        count += 1
        byteCount += finding.byteCount
        if count > Self.maximumFindingCount {
            throw refusal(finding.place, "a document gives at most \(Self.maximumFindingCount) findings")
        }
        if byteCount > Self.maximumByteCount {
            throw refusal(
                finding.place, "the findings of a document have at most \(Self.maximumByteCount) bytes of text together")
        }
    }

    func refusal(_ place: String, _ reason: String) -> FormatRefusal {
        FormatRefusal(
            format: format, violations: [FormatViolation(code: .tooLarge, pointer: place, byteOffset: 0, reason: reason)])
    }
}

extension ReportedFinding {
    /// Bytes of its texts.
    fileprivate var byteCount: Int {
        let texts =
            [
                document.title, document.description, document.repository, document.location?.file, document.location?.function,
                document.patch, document.crash, document.entry, document.sink
            ]
            .compactMap { $0 } + document.renames.flatMap { [$0.from, $0.to] } + vectors + references + credits + doubts
            + document.fingerprints.flatMap { [$0.key, $0.value] }
        let extras = document.extra + (document.provenance?.extra ?? [])
        return texts.reduce(0) { $0 + $1.utf8.count } + extras.reduce(0) { $0 + $1.name.utf8.count + $1.value.bytes.count }
    }
}

import Clearinghouse

/// OSV records that arrive as lines, gathered into transactions of bounded memory.
struct OSVLines {
    private let source: String
    private var number = 0
    private var byteCount = 0
    private(set) var documents: [OSVDocument] = []
    /// Lines that were too long to be kept.
    private(set) var refused: [RefusedDocument] = []

    /// Bytes of one transaction: some hundred real records, so that a few long lines do not fill the memory.
    private static let batchByteCount = 16 * 1_024 * 1_024

    init(source: String) {
        self.source = source
    }

    var isFull: Bool { documents.count >= Distribution.importBatchSize || byteCount >= OSVLines.batchByteCount }

    /// Empty lines are counted and otherwise passed over.
    mutating func add(_ line: LineSplitter.Line) {
        number += 1
        let name = "\(source) line \(number)"
        switch line {
        case .bytes(let bytes) where bytes.isEmpty: break
        case .bytes(let bytes):
            byteCount += bytes.count
            documents.append(OSVDocument(name: name, bytes: bytes))
        case .tooLong:
            refused.append(RefusedDocument(name: name, reason: "the line is longer than \(BodyLimit.report) bytes"))
        }
    }

    mutating func removeAll() {
        (documents, byteCount) = ([], 0)
    }
}

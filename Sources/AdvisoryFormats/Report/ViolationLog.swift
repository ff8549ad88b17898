import JSONText

/// Collects violations by byte offset while a document is read; their pointers are computed at the end, in one scan.
struct ViolationLog {
    /// A hostile document could break the rules a million times; nobody reads beyond this many.
    static let maximumCount = 100

    private struct Entry {
        var code: FormatViolation.Code
        var offset: Int
        var reason: String
    }

    private var entries: [Entry] = []
    private let limit: Int

    /// A log that keeps this many violations and drops the rest.
    init(limit: Int = Self.maximumCount) { self.limit = limit }

    /// Whether the document broke no rule so far.
    var isEmpty: Bool { entries.isEmpty }

    @inline(never)
    mutating func add(_ code: FormatViolation.Code, at offset: Int, _ reason: String) {
        guard entries.count < limit else { return }
        entries.append(Entry(code: code, offset: offset, reason: reason))
    }

    /// Takes over what another log has.
    mutating func add(contentsOf other: ViolationLog) {
        entries.append(contentsOf: other.entries.prefix(max(0, limit - entries.count)))
    }

    /// The violations in byte order, with their places named.
    func violations(in bytes: UnsafeBufferPointer<UInt8>) -> [FormatViolation] {
        let sorted = entries.sorted { $0.offset < $1.offset }
        let pointers = JSONText.pointers(toByteOffsets: sorted.map(\.offset), in: bytes)
        return zip(sorted, pointers).map { entry, pointer in
            FormatViolation(code: entry.code, pointer: pointer, byteOffset: entry.offset, reason: entry.reason)
        }
    }

    /// The violations of a text without a tree, in byte order, each with the number of its line.
    func violations(inLinesOf bytes: [UInt8]) -> [FormatViolation] {
        var (line, position) = (1, 0)
        return entries.sorted { $0.offset < $1.offset }.map { entry in
            let end = min(max(entry.offset, position), bytes.count)
            while position < end {
                if bytes[position] == UInt8(ascii: "\n") { line += 1 }
                position += 1
            }
            return FormatViolation(code: entry.code, pointer: "line \(line)", byteOffset: entry.offset, reason: entry.reason)
        }
    }
}

extension FormatViolation {
    /// The violation that stands for bytes that are no JSON document.
    init(_ error: JSONError, in bytes: UnsafeBufferPointer<UInt8>) {
        self.init(
            code: .notJSON, pointer: JSONText.pointer(toByteOffset: error.byteOffset, in: bytes),
            byteOffset: error.byteOffset, reason: error.reason
        )
    }
}

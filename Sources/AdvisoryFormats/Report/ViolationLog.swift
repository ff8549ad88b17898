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

    /// How many violations were noted, none counted beyond the limit.
    var count: Int { entries.count }

    /// Whether one of the violations is of the whole value, which has the wrong type.
    func hasWrongType(at offset: Int) -> Bool { entries.contains { $0.code == .wrongType && $0.offset == offset } }

    /// Takes over what another log has; where that is of a part that was read by itself, the part begins at an offset.
    mutating func add(contentsOf other: ViolationLog, movedBy offset: Int = 0) {
        for entry in other.entries { add(entry.code, at: entry.offset + offset, entry.reason) }
    }

    /// The violations in byte order, with their places named by JSON Pointers.
    func violations(in bytes: UnsafeBufferPointer<UInt8>) -> [FormatViolation] {
        violations { JSONText.pointers(toByteOffsets: $0, in: bytes) }
    }

    /// The violations of a text without a tree, in byte order, each with the number of its line.
    func violations(inLinesOf bytes: [UInt8]) -> [FormatViolation] {
        violations { Self.lines(toByteOffsets: $0, in: bytes) }
    }

    /// The violations in byte order, with the places that a function names for offsets.
    func violations(places: (_ offsets: [Int]) -> [String]) -> [FormatViolation] {
        let sorted = entries.sorted { $0.offset < $1.offset }
        return zip(sorted, places(sorted.map(\.offset))).map { entry, place in
            FormatViolation(code: entry.code, pointer: place, byteOffset: entry.offset, reason: entry.reason)
        }
    }

    /// The lines in which ascending offsets stand.
    private static func lines(toByteOffsets offsets: [Int], in bytes: [UInt8]) -> [String] {
        var (line, position) = (1, 0)
        return offsets.map { offset in
            let end = min(max(offset, position), bytes.count)
            while position < end {
                if bytes[position] == UInt8(ascii: "\n") { line += 1 }
                position += 1
            }
            return "line \(line)"
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

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

    init() {}

    /// Whether the document broke no rule so far.
    var isEmpty: Bool { entries.isEmpty }

    @inline(never)
    mutating func add(_ code: FormatViolation.Code, at offset: Int, _ reason: String) {
        guard entries.count < Self.maximumCount else { return }
        entries.append(Entry(code: code, offset: offset, reason: reason))
    }

    /// The violations in byte order, with their places named.
    func violations(in bytes: UnsafeBufferPointer<UInt8>) -> [FormatViolation] {
        let sorted = entries.sorted { $0.offset < $1.offset }
        let pointers = JSONText.pointers(toByteOffsets: sorted.map(\.offset), in: bytes)
        return zip(sorted, pointers).map { entry, pointer in
            FormatViolation(code: entry.code, pointer: pointer, byteOffset: entry.offset, reason: entry.reason)
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

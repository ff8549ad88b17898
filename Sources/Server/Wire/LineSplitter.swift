/// Splits a stream of bytes into lines; `\n` ends a line, a `\r` before it belongs to the ending.
///
/// A line over the limit is passed over and reported in its place, so that one bad line costs no memory and hides no other.
struct LineSplitter {
    enum Line {
        case bytes([UInt8])
        case tooLong
    }

    private let maximumLineByteCount: Int
    private var current: [UInt8] = []
    private var isTooLong = false

    init(maximumLineByteCount: Int) {
        self.maximumLineByteCount = maximumLineByteCount
    }

    /// The lines these bytes complete.
    mutating func split(_ bytes: some Collection<UInt8>) -> [Line] {
        var lines: [Line] = []
        var rest = bytes[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            append(rest[..<end])
            lines.append(take())
            rest = rest[rest.index(after: end)...]
        }
        append(rest)
        return lines
    }

    /// The last line, where the stream does not end with a line break.
    mutating func finish() -> Line? {
        current.isEmpty && !isTooLong ? nil : take()
    }

    private mutating func append(_ bytes: some Collection<UInt8>) {
        guard !isTooLong else { return }
        guard current.count + bytes.count <= maximumLineByteCount else {
            isTooLong = true
            current = []
            return
        }
        current.append(contentsOf: bytes)
    }

    private mutating func take() -> Line {
        defer {
            current.removeAll(keepingCapacity: true)
            isTooLong = false
        }
        if isTooLong { return .tooLong }
        if current.last == UInt8(ascii: "\r") { current.removeLast() }
        return .bytes(current)
    }
}

/// The lines of a batch of newline-delimited JSON: each line one document, empty lines passed over.
///
/// A carriage return before the line feed belongs to the line end. The last line needs no line feed.
public struct FindingLines: Sequence, IteratorProtocol, Sendable {
    /// A line and where it stands.
    public struct Line: Sendable {
        /// From 1.
        public let number: Int
        /// The bytes without the line end; the slice's indices are offsets in the batch.
        public let bytes: ArraySlice<UInt8>
    }

    private let bytes: [UInt8]
    private var index = 0
    private var number = 0

    /// The lines of these bytes.
    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    public mutating func next() -> Line? {
        while index < bytes.count {
            let end = bytes[index...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            var line = bytes[index..<end]
            index = end + 1
            number += 1
            if line.last == UInt8(ascii: "\r") { line.removeLast() }
            if line.contains(where: { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }) {
                return Line(number: number, bytes: line)
            }
        }
        return nil
    }
}

import JSONText

/// A report that is handed over while it is written, so that its text is never held whole.
extension JSONWriter {
    /// What is handed over at once, and the last value that goes beyond it.
    static let partByteCount = 1 << 20

    /// A writer with room for a part.
    static func ofParts() -> JSONWriter { JSONWriter(reservingCapacity: 2 * partByteCount) }

    /// Hands over what was written once it is a part; called after each value that can be any number of times there.
    mutating func flushPart(_ output: ([UInt8]) throws -> Void) rethrows {
        if bytes.count >= Self.partByteCount { try flush(output) }
    }
}

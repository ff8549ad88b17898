/// Something a conversion could not carry over, so that nothing is lost in silence.
public struct Misfit: Sendable, Hashable, CustomStringConvertible {
    /// JSON Pointer (RFC 6901) into the document that was converted.
    public let pointer: String
    /// One short sentence: what did not fit, and what was done.
    public let reason: String

    /// A misfit at a place.
    public init(pointer: String, reason: String) {
        self.pointer = pointer
        self.reason = reason
    }

    public var description: String { "\(pointer.isEmpty ? "/" : pointer): \(reason)" }
}

/// Keeps the first and the last part of a stream of any length in bounded memory: a sanitizer report stands at the
/// end, the reason a build failed at the beginning.
struct OutputBuffer {
    private let headCapacity: Int
    private let tailCapacity: Int
    private var head: [UInt8] = []
    private var tail: [UInt8] = []
    private var dropped = 0

    init(limitInBytes: Int) {
        headCapacity = limitInBytes - limitInBytes / 2
        tailCapacity = limitInBytes / 2
    }

    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        let headRoom = min(headCapacity - head.count, bytes.count)
        head.append(contentsOf: bytes.prefix(headRoom))
        tail.append(contentsOf: bytes.dropFirst(headRoom))
        // Trimming only when twice over keeps the cost of a byte constant.
        if tail.count > 2 * tailCapacity + 4_096 { trimTail() }
    }

    private mutating func trimTail() {
        let excess = tail.count - tailCapacity
        guard excess > 0 else { return }
        tail.removeFirst(excess)
        dropped += excess
    }

    consuming func captured() -> CapturedOutput {
        trimTail()
        return CapturedOutput(bytes: head + tail, omittedByteCount: dropped)
    }
}

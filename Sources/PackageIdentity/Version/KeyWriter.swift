/// Writes one version key, byte by byte, into memory that the caller lends.
///
/// The pieces that all schemes share:
///
/// - **number**: any string of ASCII digits, ordered by value, leading zeros ignored. One lead byte from `0x10` to `0x3D`:
///   `0x10 + n` for a value n of 0…35; `0x34 + k` and then k big-endian bytes (k = 1…8, no leading zero byte) for greater
///   values below 2⁶⁴; `0x3D`, the number of digits as a number, and the ASCII digits for all others.
///   Values of different size differ in the lead byte, so comparing bytes compares values.
/// - **text**: the bytes of a string with `0x00` written as `01 01` and `0x01` as `01 02`, then the terminator `0x00`.
///   Comparing bytes compares the strings bytewise, a prefix before its extensions.
///
/// Both are self-delimiting. Single bytes below `0x10` and above `0x3D` are left to the schemes as markers.
///
/// Writing past the capacity is refused and remembered in `isFull`: a wrong bound must not become a wrong memory access.
struct KeyWriter: ~Copyable {
    static let greatestSmallNumber: UInt64 = 35
    static let smallNumberLead: UInt8 = 0x10
    static let sizedNumberLead: UInt8 = 0x34
    static let hugeNumberLead: UInt8 = 0x3D
    /// The number zero.
    static let zero: UInt8 = smallNumberLead

    private let base: UnsafeMutablePointer<UInt8>
    private let capacity: Int
    private(set) var count = 0
    private(set) var isFull = false

    /// - Parameter memory: more than `padding` bytes, alive as long as the writer; nil where it is empty.
    init?(_ memory: UnsafeMutableBufferPointer<UInt8>) {
        guard let base = memory.baseAddress, memory.count > Self.padding else { return nil }
        self.base = base
        capacity = max(0, memory.count - Self.padding)
    }

    /// Bytes behind the capacity that stay free for zeros, so that a short key can be read as whole words.
    private static let padding = 24

    var written: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: base, count: count) }

    /// The first 24 bytes of the key, big-endian and padded with zeros.
    @inline(__always)
    func firstWords() -> (UInt64, UInt64, UInt64) {
        let raw = UnsafeMutableRawPointer(base)
        for offset in 0..<3 { raw.storeBytes(of: 0, toByteOffset: count + 8 * offset, as: UInt64.self) }
        return (word(raw, 0), word(raw, 8), word(raw, 16))
    }

    @inline(__always)
    private func word(_ raw: UnsafeMutableRawPointer, _ offset: Int) -> UInt64 {
        raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self).bigEndian
    }

    @inline(__always)
    mutating func append(_ byte: UInt8) {
        if count < capacity {
            base[count] = byte
            count += 1
        } else {
            isFull = true
        }
    }

    /// The memory of the key, where this many bytes fit behind what is written: for a loop that keeps its place to itself, and
    /// tells it with `advance(to:)`. Nil, and the key is full, where they do not.
    @inline(__always)
    mutating func memory(forMore room: Int) -> UnsafeMutablePointer<UInt8>? {
        if room <= capacity - count { return base }
        isFull = true
        return nil
    }

    /// Takes over what was written to `memory(forMore:)`.
    @inline(__always)
    mutating func advance(to end: Int) { count = min(end, capacity) }

    /// Writes `byte` as many times as `count` says and leaves 0 in it, for what had to wait for its successor.
    @inline(__always)
    mutating func append(_ byte: UInt8, times count: inout Int) {
        while count > 0 {
            append(byte)
            count -= 1
        }
    }

    var last: UInt8? { count > 0 ? base[count - 1] : nil }

    /// Forgets everything written after the first `length` bytes.
    @inline(__always)
    mutating func shorten(to length: Int) { if length < count { count = length } }

    /// Writes the digits from `start` to before `end` as a number; no digits are the number 0.
    @inline(__always)
    mutating func appendNumber(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) {
        if end - start == 1 {
            append(Self.smallNumberLead &+ (bytes[start] &- 0x30))
        } else if end - start == 2 {
            let value = (bytes[start] &- 0x30) &* 10 &+ (bytes[start + 1] &- 0x30)
            let isSmall = value <= UInt8(Self.greatestSmallNumber)
            append(isSmall ? Self.smallNumberLead &+ value : Self.sizedNumberLead &+ 1)
            if !isSmall { append(value) }
        } else {
            appendLongNumber(bytes, start, end)
        }
    }

    private mutating func appendLongNumber(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) {
        var start = start
        while start < end, bytes[start] == 0x30 { start += 1 }
        // 19 digits always fit; the few 20-digit values below 2⁶⁴ take the long form, whose lead byte is greater anyway.
        if end - start > 19 { return appendHugeNumber(bytes, start, end) }
        var value: UInt64 = 0
        while start < end {
            value = value &* 10 &+ UInt64(bytes[start] &- 0x30)
            start += 1
        }
        appendNumber(value)
    }

    @inline(__always)
    mutating func appendNumber(_ value: UInt64) {
        let end = Self.write(value, base, count, capacity)
        if end > capacity { isFull = true } else { count = end }
    }

    /// Writes a number from `start` on, where it fits. Returns where it ends.
    ///
    /// The bytes of the value are written at once, eight with those that come to nothing: `padding` has room for them.
    @inline(__always)
    static func write(_ value: UInt64, _ base: UnsafeMutablePointer<UInt8>, _ start: Int, _ capacity: Int) -> Int {
        let isSmall = value <= greatestSmallNumber
        let size = isSmall ? 0 : (71 &- value.leadingZeroBitCount) / 8
        let end = start &+ 1 &+ size
        if end > capacity { return end }
        base[start] =
            isSmall ? smallNumberLead &+ UInt8(truncatingIfNeeded: value) : sizedNumberLead &+ UInt8(truncatingIfNeeded: size)
        let bytes = (value &<< UInt64(truncatingIfNeeded: 64 &- 8 &* size)).bigEndian
        UnsafeMutableRawPointer(base + start + 1).storeBytes(of: bytes, as: UInt64.self)
        return end
    }

    private mutating func appendHugeNumber(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) {
        append(Self.hugeNumberLead)
        appendNumber(UInt64(end - start))
        for index in start..<end { append(bytes[index]) }
    }

    /// Writes the bytes from `start` to before `end` as text.
    mutating func appendText(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int, lowercased: Bool = false) {
        for index in start..<end { appendTextByte(lowercased ? bytes[index].asciiLowercased : bytes[index]) }
        append(0x00)
    }

    @inline(__always)
    mutating func appendTextByte(_ byte: UInt8) {
        if byte > 0x01 { return append(byte) }
        append(0x01)
        append(byte &+ 1)
    }
}

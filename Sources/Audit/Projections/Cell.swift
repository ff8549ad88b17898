import Sealing

/// One value of one row in 16 bytes, so that a table of any width is held in little memory and compared column by column.
///
/// The first byte says what follows: nothing, an integer, up to 15 bytes of text or blob as they are, or the first 15 bytes of
/// the SHA-256 of longer ones. Different values give different cells, but for a second preimage of 120 bits of SHA-256.
struct Cell: Hashable {
    private let high: UInt64
    private let low: UInt64

    private enum Tag {
        static let null: UInt8 = 0x00
        static let integer: UInt8 = 0x01
        /// Plus the length.
        static let text: UInt8 = 0x10
        static let blob: UInt8 = 0x20
        static let longText: UInt8 = 0x30
        static let longBlob: UInt8 = 0x31
    }

    private static let inlineByteCount = 15

    static let null = Cell(high: UInt64(Tag.null) << 56, low: 0)

    private init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    init(_ number: Int64) {
        self.init(high: UInt64(Tag.integer) << 56, low: UInt64(bitPattern: number))
    }

    init(text: UnsafeRawBufferPointer) {
        self.init(text, tag: Tag.text, longTag: Tag.longText)
    }

    init(blob: UnsafeRawBufferPointer) {
        self.init(blob, tag: Tag.blob, longTag: Tag.longBlob)
    }

    private init(_ bytes: UnsafeRawBufferPointer, tag: UInt8, longTag: UInt8) {
        guard bytes.count > Cell.inlineByteCount else {
            self.init(tag + UInt8(bytes.count), bytes)
            return
        }
        self = Digest(hashing: bytes).withUnsafeBytes { Cell(longTag, UnsafeRawBufferPointer(rebasing: $0[..<15])) }
    }

    /// The tag and up to 15 bytes.
    private init(_ tag: UInt8, _ bytes: UnsafeRawBufferPointer) {
        var (high, low) = (UInt64(tag) << 56, UInt64(0))
        for (index, byte) in bytes.enumerated() {
            if index < 7 {
                high |= UInt64(byte) << UInt64(48 - 8 * index)
            } else {
                low |= UInt64(byte) << UInt64(112 - 8 * index)
            }
        }
        self.init(high: high, low: low)
    }
}

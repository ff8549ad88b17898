import Journal

/// Where the values of one statement's parameters lie while SQLite reads them.
///
/// SQLite would otherwise allocate and copy each by itself, hundreds of thousands of times a second during an import. The
/// memory is reused: what was laid down for one statement is gone with the next `begin`.
final class ParameterMemory {
    private var memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 16 * 1_024, alignment: 1)
    private var used = 0

    deinit { memory.deallocate() }

    /// Makes room for all these values at once, so that none of them moves while the others are laid down.
    func begin(_ values: [SQLValue]) {
        used = 0
        // One byte more, so that an empty value has an address too: SQLite takes a value without one for NULL.
        let needed = values.reduce(1) { $0 + $1.byteCount }
        guard needed > memory.count else { return }
        memory.deallocate()
        memory = .allocate(byteCount: max(needed, 2 * memory.count), alignment: 1)
    }

    /// - Returns: the bytes at their place, valid until the next `begin`.
    func lay(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        let place = UnsafeMutableRawBufferPointer(rebasing: memory[used..<(used + bytes.count)])
        place.copyMemory(from: bytes)
        used += bytes.count
        return UnsafeRawBufferPointer(place)
    }
}

extension SQLValue {
    /// Bytes that lie outside the statement itself.
    fileprivate var byteCount: Int {
        switch self {
        case .null, .integer: 0
        case .text(let text): text.utf8.count
        case .blob(let bytes): bytes.count
        }
    }
}

/// The names seen so far in every open object, to refuse duplicates as they arrive.
///
/// One stack serves all open objects, so a document costs a few allocations and not one per object. Up to
/// `linearLimit` names are compared with each other; beyond that a hash table takes over. Its hash is the standard
/// library's `Hasher`, seeded per process, so that nobody can prepare names that collide.
struct KeyRegister {
    /// Above this many names the pairwise comparison costs more than hashing.
    static let linearLimit = 16

    struct Entry {
        var fingerprint: UInt64
        var key: JSONStringToken
    }

    private(set) var entries: [Entry] = []

    init() { entries.reserveCapacity(64) }

    /// Where the names of the next object begin.
    var mark: Int { entries.count }

    /// Forgets the names of the object that began at `mark`.
    @inline(__always)
    mutating func release(to mark: Int) {
        entries.removeLast(entries.count - mark)
    }

    /// Remembers `key`; false when the object that began at `mark` already has it.
    @inline(__always)
    mutating func insert(_ key: JSONStringToken, mark: Int, large: inout KeyTable) -> Bool {
        let entry = Entry(fingerprint: Self.fingerprint(key), key: key)
        let fresh: Bool
        if entries.count - mark < Self.linearLimit {
            fresh = isFresh(entry, mark: mark)
        } else {
            fresh = large.insert(entry, at: entries.count, among: entries, mark: mark)
        }
        entries.append(entry)
        return fresh
    }

    @inline(__always)
    private func isFresh(_ entry: Entry, mark: Int) -> Bool {
        entries.withUnsafeBufferPointer { seen in
            var index = mark
            while index < seen.count {
                if seen[index].fingerprint == entry.fingerprint, Self.areEqual(seen[index].key, entry.key) {
                    return false
                }
                index += 1
            }
            return true
        }
    }

    /// A cheap digest of the decoded name: its first bytes, its last bytes and its length.
    @inline(__always)
    private static func fingerprint(_ key: JSONStringToken) -> UInt64 {
        guard !key.hasEscapes else {
            return key.withDecodedBytes { bytes in
                bytes.baseAddress.map { fingerprint($0, bytes.count) } ?? 0
            }
        }
        return fingerprint(key.start, key.length)
    }

    @inline(__always)
    private static func fingerprint(_ start: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
        let raw = UnsafeRawPointer(start)
        if count >= 8 {
            let head = raw.loadUnaligned(as: UInt64.self)
            let tail = raw.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
            return head &+ (tail &* 0x9E37_79B9_7F4A_7C15) &+ UInt64(truncatingIfNeeded: count)
        }
        if count >= 4 {
            let head = UInt64(raw.loadUnaligned(as: UInt32.self))
            let tail = UInt64(raw.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self))
            return head | tail << 32
        }
        if count == 0 { return 0 }
        return UInt64(start[0]) | UInt64(start[count / 2]) << 8 | UInt64(start[count - 1]) << 16 | 1 << 24
    }

    static func areEqual(_ a: JSONStringToken, _ b: JSONStringToken) -> Bool {
        if !a.hasEscapes, !b.hasEscapes { return a.length == b.length && equalBytes(a.start, b.start, a.length) }
        return a.decodedBytes() == b.decodedBytes()
    }
}

/// The hash table of one object with many names; empty, and free, until the object needs it.
struct KeyTable {
    private struct Slot {
        var hash = 0
        var index = -1
    }

    private var slots: [Slot] = []
    private var count = 0

    init() {}

    /// Adds the entry that will stand at `index`; false when an equal name is already among the entries from `mark`.
    mutating func insert(
        _ entry: KeyRegister.Entry, at index: Int, among entries: [KeyRegister.Entry], mark: Int
    ) -> Bool {
        if slots.isEmpty {
            slots = [Slot](repeating: Slot(), count: 64)
            for earlier in mark..<entries.count { place(Self.hash(entries[earlier].key), earlier) }
        } else if count * 2 >= slots.count {
            grow()
        }
        let hash = Self.hash(entry.key)
        if contains(entry, hash, entries) { return false }
        place(hash, index)
        return true
    }

    private func contains(_ entry: KeyRegister.Entry, _ hash: Int, _ entries: [KeyRegister.Entry]) -> Bool {
        var position = hash & (slots.count - 1)
        while slots[position].index >= 0 {
            if slots[position].hash == hash, KeyRegister.areEqual(entries[slots[position].index].key, entry.key) {
                return true
            }
            position = (position + 1) & (slots.count - 1)
        }
        return false
    }

    private mutating func place(_ hash: Int, _ index: Int) {
        var position = hash & (slots.count - 1)
        while slots[position].index >= 0 { position = (position + 1) & (slots.count - 1) }
        slots[position] = Slot(hash: hash, index: index)
        count += 1
    }

    private mutating func grow() {
        let old = slots
        slots = [Slot](repeating: Slot(), count: old.count * 2)
        count = 0
        for slot in old where slot.index >= 0 { place(slot.hash, slot.index) }
    }

    private static func hash(_ key: JSONStringToken) -> Int {
        var hasher = Hasher()
        key.withDecodedBytes { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        return hasher.finalize()
    }
}

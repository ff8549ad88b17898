/// Which records have a key. A key that too many have is no key any more: it proposes nothing, for good. Where a key decides
/// alone, the first of too many records stands for all instead: whoever comes later is compared with it only.
///
/// An open-addressing table of 32-bit keys over linked postings, in four arrays. Two keys of one hash share a bucket; all
/// that costs is a comparison.
struct KeyBuckets {
    /// Pairs are proposed among at most so many records of a key, so one record is compared with at most its keys times this.
    static let limit = 32
    /// For keys that decide alone.
    static let decisiveLimit = 256

    private var keys: [UInt32]
    /// 0 is an empty slot, `dead` a key that is none any more, else a posting and one.
    private var heads: [UInt32]
    private var used = 0
    /// Decisive keys of which one record stands for all.
    private var crowded: Set<UInt32> = []
    private var records: [UInt32] = []
    private var nexts: [UInt32] = []
    private var free: UInt32 = 0

    private static let dead = UInt32.max

    init(expectedKeys: Int = 1 << 12) {
        var size = 1 << 12
        while size * 3 / 4 < expectedKeys { size *= 2 }
        keys = [UInt32](repeating: 0, count: size)
        heads = [UInt32](repeating: 0, count: size)
    }

    private func slot(_ key: UInt32) -> Int {
        let mask = keys.count - 1
        var slot = Int((UInt64(key) &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
        while heads[slot] != 0, keys[slot] != key { slot = (slot + 1) & mask }
        return slot
    }

    /// Adds a record to a key.
    /// - Returns: the records that had the key, where it is one too many and the key died of it; else nothing.
    mutating func insert(_ record: UInt32, under key: CandidateKeys.Key) -> [UInt32] {
        if used * 4 >= keys.count * 3 { grow() }
        let slot = slot(key.hash)
        let head = heads[slot]
        if head == Self.dead { return [] }
        if head == 0 {
            used += 1
            keys[slot] = key.hash
        } else {
            let limit = key.strength == .decisive ? crowded.contains(key.hash) ? 1 : Self.decisiveLimit : Self.limit
            var (count, at) = (0, head)
            while at != 0 {
                if records[Int(at) - 1] != Self.dead { count += 1 }
                at = nexts[Int(at) - 1]
            }
            if count >= limit {
                guard key.strength == .decisive else { return kill(slot) }
                if crowded.insert(key.hash).inserted { keepFirst(slot) }
                return []
            }
        }
        heads[slot] = post(record, before: head)
        return []
    }

    private mutating func post(_ record: UInt32, before next: UInt32) -> UInt32 {
        if free != 0 {
            let place = free
            free = nexts[Int(place) - 1]
            records[Int(place) - 1] = record
            nexts[Int(place) - 1] = next
            return place
        }
        records.append(record)
        nexts.append(next)
        return UInt32(records.count)
    }

    /// What was found among the others stays: they have the key still.
    private mutating func keepFirst(_ slot: Int) {
        // The newest stands first in a bucket.
        if let first = kill(slot).last { heads[slot] = post(first, before: 0) }
    }

    private mutating func kill(_ slot: Int) -> [UInt32] {
        var members: [UInt32] = []
        var at = heads[slot]
        while at != 0 {
            if records[Int(at) - 1] != Self.dead { members.append(records[Int(at) - 1]) }
            let next = nexts[Int(at) - 1]
            nexts[Int(at) - 1] = free
            free = at
            at = next
        }
        heads[slot] = Self.dead
        return members
    }

    /// A dead key stays dead; a key that loses its last record is forgotten only by `grow`.
    mutating func remove(_ record: UInt32, under key: CandidateKeys.Key) {
        let slot = slot(key.hash)
        guard heads[slot] != 0, heads[slot] != Self.dead else { return }
        var previous: UInt32 = 0
        var at = heads[slot]
        while at != 0, records[Int(at) - 1] != record { (previous, at) = (at, nexts[Int(at) - 1]) }
        guard at != 0 else { return }
        let next = nexts[Int(at) - 1]
        if previous != 0 {
            nexts[Int(previous) - 1] = next
        } else if next != 0 {
            heads[slot] = next
        } else {
            // An empty bucket would end the probing of others: it keeps its slot by a posting of nobody.
            records[Int(at) - 1] = Self.dead
            return
        }
        nexts[Int(at) - 1] = free
        free = at
    }

    func isAlive(_ key: CandidateKeys.Key) -> Bool {
        let head = heads[slot(key.hash)]
        return head != 0 && head != Self.dead
    }

    @inline(__always) func forEach(under key: CandidateKeys.Key, _ body: (UInt32) -> Void) {
        var at = heads[slot(key.hash)]
        if at == Self.dead { return }
        while at != 0 {
            let record = records[Int(at) - 1]
            if record != Self.dead { body(record) }
            at = nexts[Int(at) - 1]
        }
    }

    private mutating func grow() {
        var bigger = KeyBuckets(expectedKeys: keys.count)
        for place in keys.indices where heads[place] != 0 {
            let slot = bigger.slot(keys[place])
            bigger.keys[slot] = keys[place]
            bigger.heads[slot] = heads[place]
        }
        keys = bigger.keys
        heads = bigger.heads
    }
}

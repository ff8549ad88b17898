/// Texts that were seen, told apart by their bytes. Each is hashed once, where a `Set` hashes all of them again whenever it grows: half
/// of what a long lock file's packages cost in one.
struct SeenTexts {
    private struct Slot {
        var hash = 0
        /// The text's number in `texts`; -1 where there is none.
        var number = -1
    }

    private var texts: [String] = []
    /// As many as a power of two, and never more than half of them taken.
    private var slots: [Slot] = []

    /// Adds a text; false where it was seen before.
    mutating func insert(_ text: String) -> Bool {
        if texts.count * 2 >= slots.count { grow() }
        let hash = Self.hash(text)
        var position = hash & (slots.count - 1)
        while slots[position].number >= 0 {
            if slots[position].hash == hash, texts[slots[position].number].utf8.elementsEqual(text.utf8) { return false }
            position = (position + 1) & (slots.count - 1)
        }
        slots[position] = Slot(hash: hash, number: texts.count)
        texts.append(text)
        return true
    }

    private mutating func grow() {
        let old = slots
        slots = [Slot](repeating: Slot(), count: max(64, old.count * 2))
        for slot in old where slot.number >= 0 {
            var position = slot.hash & (slots.count - 1)
            while slots[position].number >= 0 { position = (position + 1) & (slots.count - 1) }
            slots[position] = slot
        }
    }

    /// Seeded for each process by the standard library, so that nobody can prepare texts that collide.
    private static func hash(_ text: String) -> Int {
        var hasher = Hasher()
        text.utf8Span.span.withUnsafeBufferPointer { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        return hasher.finalize()
    }
}

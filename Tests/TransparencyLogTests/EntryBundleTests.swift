import Sealing
import Testing
import TransparencyLog

@Suite struct EntryBundleTests {
    @Test func `writes each entry after its length in two bytes, and reads it back`() throws {
        let coordinate = try EntryBundleCoordinate(index: 0, width: 3)
        let long = [UInt8](repeating: 7, count: 65_535)
        let bundle = try EntryBundle(coordinate, entries: [[1, 2], [], long])
        #expect(bundle.bytes == [0, 2, 1, 2, 0, 0, 0xFF, 0xFF] + long)
        #expect(try EntryBundle(coordinate, parsing: bundle.bytes) == bundle)
        #expect(bundle.tile.hashes == [MerkleHash.leaf([1, 2]), MerkleHash.leaf([]), MerkleHash.leaf(long)])
        #expect(bundle.tile.coordinate == (try TileCoordinate(level: 0, index: 0, width: 3)))
    }

    @Test func `refuses entries that are too long, too many, too few or cut off`() throws {
        let two = try EntryBundleCoordinate(index: 0, width: 2)
        let tooLong = [UInt8](repeating: 7, count: 65_536)
        #expect(refusal { _ = try EntryBundle(two, entries: [[], tooLong]) } == .entryTooLong)
        #expect(refusal { _ = try EntryBundle(two, entries: [[]]) } == .malformedEntryBundle)
        let good: [UInt8] = [0, 1, 9, 0, 2, 8, 7]
        _ = try EntryBundle(two, parsing: good)
        for count in 0..<good.count {
            #expect(refusal { _ = try EntryBundle(two, parsing: Array(good[..<count])) } == .malformedEntryBundle)
        }
        for more in [[0], [0, 0], [0, 1, 5]] as [[UInt8]] {
            #expect(refusal { _ = try EntryBundle(two, parsing: good + more) } == .malformedEntryBundle)
        }
    }
}

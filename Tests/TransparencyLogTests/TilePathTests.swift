import TestSupport
import Testing
import TransparencyLog

@Suite struct TilePathTests {
    @Test func `writes and reads paths`() throws {
        let cases: [(TileResource, String)] = [
            (.tile(try TileCoordinate(level: 0, index: 0)), "tile/0/000"),
            (.tile(try TileCoordinate(level: 5, index: 1_234_067)), "tile/5/x001/x234/067"),
            (.tile(try TileCoordinate(level: 63, index: 999, width: 255)), "tile/63/999.p/255"),
            (.tile(try TileCoordinate(level: 1, index: 1000, width: 1)), "tile/1/x001/000.p/1"),
            (.tile(try TileCoordinate(level: 0, index: 1_000_000)), "tile/0/x001/x000/000"),
            (.tile(try TileCoordinate(level: 0, index: .max)), "tile/0/x018/x446/x744/x073/x709/x551/615"),
            (.entries(try EntryBundleCoordinate(index: 0)), "tile/entries/000"),
            (.entries(try EntryBundleCoordinate(index: 1_234_067, width: 8)), "tile/entries/x001/x234/067.p/8")
        ]
        for (resource, path) in cases {
            #expect(resource.path == path)
            #expect(try TileResource(path: path) == resource, "\(path)")
        }
    }

    @Test func `refuses every other way to write them`() {
        for path in [
            "", "tile", "tile/0", "tile/0/", "tile/00/000", "tile/01/000", "tile/-1/000", "tile/64/000", "tile//000",
            "tile/+1/000", "tile/0/0", "tile/0/00", "tile/0/0000", "tile/0/x000", "tile/0/x000/000", "tile/0/x000/001",
            "tile/0/x000/x001/000", "tile/0/001/000", "tile/0/x001/x000", "tile/0/x01/000", "tile/0/x0001/000",
            "tile/0/X001/000", "tile/0/xx01/000", "tile/0/x001/00a", "tile/0/000.p", "tile/0/000.p/", "tile/0/000.p/0",
            "tile/0/000.p/256", "tile/0/000.p/01", "tile/0/000.p/1/2", "tile/0/000/1", "tile/0/.p/1", "tile/0/000p/1",
            "tile/0/x001.p/1", "tile/0/x001/000.p/1.p/1", "tile/0/000.p/x", "tile/0/000.p/1 ", " tile/0/000",
            "/tile/0/000", "tile/0/000/", "tile/entries", "tile/entries/", "tile/entries/00", "tile/entries/000.p/256",
            "tile/data/000", "tile/Entries/000", "Tile/0/000", "checkpoint", "tile/0/../0/000", "tile/0/００１",
            "tile/0/x018/x446/x744/x073/x709/x551/616", "tile/0/x001/x018/x446/x744/x073/x709/x551/615",
            "tile/99999999999999999999/000", "tile/0/000\n", "tile/0/000\0", "tile/ 0/000"
        ] {
            #expect(refusal { _ = try TileResource(path: path) } == .malformedPath, "\(path.debugDescription)")
        }
    }

    @Test func `whatever path is read is the one that would be written`() {
        var random = SeededGenerator(seed: 0x711E)
        let pieces = ["tile", "/", "0", "1", "000", "x", "x001", "067", ".p", "/8", "entries", "9", "255", "256", "63"]
        var accepted = 0
        for _ in 0..<100_000 {
            let count = Int.random(in: 1...7, using: &random)
            let path = "tile/" + (0..<count).map { _ in pieces[Int.random(in: 0..<pieces.count, using: &random)] }.joined()
            guard let resource = try? TileResource(path: path) else { continue }
            #expect(resource.path == path)
            accepted += 1
        }
        #expect(accepted > 100, "seed 0x711E makes some that are right")
    }

    @Test func `a tile has a level up to 63 and a width up to 256`() {
        for (level, width) in [(-1, 1), (64, 1), (0, 0), (0, 257), (0, -1)] {
            #expect(refusal { _ = try TileCoordinate(level: level, index: 0, width: width) } == .malformedPath)
        }
        for width in [0, 257] {
            #expect(refusal { _ = try EntryBundleCoordinate(index: 0, width: width) } == .malformedPath)
        }
    }
}

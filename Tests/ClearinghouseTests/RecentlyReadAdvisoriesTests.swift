import Matching
import PackageIdentity
import Testing

@testable import Clearinghouse

@Suite struct `What was read for questions` {
    private func read(_ digests: String...) throws -> ReadAdvisories {
        ReadAdvisories(
            advisories: digests.map { .init(identifier: "A-" + $0, modified: "2026-01-01T00:00:00Z", digest: $0) },
            index: try AdvisoryIndex(of: digests.map { IndexedAdvisory(id: "A-" + $0) })
        )
    }

    @Test func `is found again by the records it was made from, all of them in their order`() throws {
        let recent = RecentlyReadAdvisories()
        recent.keep(try read("1", "2"))
        #expect(recent[["1", "2"]]?.advisories.map(\.identifier) == ["A-1", "A-2"])
        #expect(recent[["1"]] == nil && recent[["2", "1"]] == nil && recent[["1", "3"]] == nil)
    }

    @Test func `makes room by what was not asked for the longest`() throws {
        let size = try read("1").byteCount
        let recent = RecentlyReadAdvisories(maximumByteCount: 2 * size)
        recent.keep(try read("1"))
        recent.keep(try read("2"))
        recent.keep(try read("2"))
        #expect(recent[["1"]] != nil)
        recent.keep(try read("3"))
        #expect(recent[["1"]] != nil && recent[["2"]] == nil && recent[["3"]] != nil)
        recent.keep(try read("4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15"))
        #expect(recent[["1"]] != nil && recent[["3"]] != nil, "what is larger than the room pushes nothing out")
    }
}

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
        let recent = RecentlyReadAdvisories(maximumByteCount: 4 * size)
        for digest in ["1", "2", "2", "3", "4"] { recent.keep(try read(digest)) }
        #expect(recent[["1"]] != nil)
        recent.keep(try read("5"))
        #expect(["1", "2", "3", "4", "5"].map { recent[[$0]] != nil } == [true, false, false, true, true])
        recent.keep(try read("6"))
        #expect(["1", "4", "5", "6"].allSatisfy { recent[[$0]] != nil }, "there was room")
        let large = (10..<50).map { "\($0)" }
        recent.keep(
            ReadAdvisories(advisories: large.map { .init(identifier: $0, modified: "", digest: $0) }, index: try read("1").index))
        #expect(recent[["1"]] != nil && recent[large] == nil, "what is larger than the room pushes nothing out")
    }
}

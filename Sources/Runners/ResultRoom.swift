import JSONText

/// How much of what a runner says is kept. A source can make a tool talk without end (a file of nothing but `eval(x)`); what is
/// kept must fit a SARIF log that everybody's reader takes.
package struct ResultRoom: Sendable, Hashable {
    package var findingCount: Int
    package var noticeCount: Int
    /// Of findings and notices together, as they are kept.
    package var byteCount: Int

    package init(findingCount: Int, noticeCount: Int, byteCount: Int) {
        self.findingCount = findingCount
        self.noticeCount = noticeCount
        self.byteCount = byteCount
    }

    /// A group has a few dozen files: nobody reads more of it.
    package static let unit = ResultRoom(findingCount: 2_000, noticeCount: 2_000, byteCount: 2 << 20)
    /// As a SARIF log, with escapes, this is about four times as large; 64 MiB are what readers take.
    package static let run = ResultRoom(findingCount: 20_000, noticeCount: 20_000, byteCount: 8 << 20)

    /// What is left when so much was kept before.
    package func after(findingCount: Int, noticeCount: Int, byteCount: Int) -> ResultRoom {
        ResultRoom(
            findingCount: max(0, self.findingCount - findingCount), noticeCount: max(0, self.noticeCount - noticeCount),
            byteCount: max(0, self.byteCount - byteCount))
    }
}

extension UnitResult {
    /// The first findings and notices that have room; how many have not is told in one notice more.
    package func kept(in room: ResultRoom) -> UnitResult {
        var (kept, left) = (self, room.byteCount)
        func fits(_ size: Int) -> Bool {
            guard size <= left else { return false }
            left -= size
            return true
        }
        kept.notices = Array(notices.prefix(room.noticeCount).prefix { fits($0.json.bytes().count) })
        kept.findings = Array(findings.prefix(room.findingCount).prefix { fits($0.json.bytes().count) })
        let dropped = (findings.count - kept.findings.count, notices.count - kept.notices.count)
        if dropped.0 > 0 {
            kept.notices.append(RunnerNotice("\(dropped.0) findings more are not told: there is no room for them"))
        }
        if dropped.1 > 0 {
            kept.notices.append(RunnerNotice("\(dropped.1) notices more are not told: there is no room for them"))
        }
        return kept
    }
}

import Agent
import Archive
import CivilTime
import Foundation
import Matching
import PackageIdentity
import Synchronization

/// Documents and an index in a directory that is removed afterwards.
struct IntakeDesk {
    let root = FileManager.default.temporaryDirectory.appending(path: "intake-\(UUID())")
    var index: IndexDirectory { IndexDirectory(path: root.appending(path: "index").path) }
    var documents: URL { root.appending(path: "documents") }
    /// 2026-11-27T00:00:00Z
    static let start = Timestamp(millisecondsSinceEpoch: 1_795_737_600_000)

    init() throws { try FileManager.default.createDirectory(at: documents, withIntermediateDirectories: true) }

    func write(_ text: String, _ name: String) throws { try write(Data(text.utf8), name) }

    func write(_ data: Data, _ name: String) throws {
        let file = documents.appending(path: name)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try data.write(to: file)
    }

    /// Adds without replacing the file, as a mirror does that appends.
    func append(_ text: String, _ name: String) throws {
        let handle = try FileHandle(forWritingTo: documents.appending(path: name))
        defer { try? handle.close() }
        try handle.seekToEnd()
        try handle.write(contentsOf: Data(text.utf8))
    }

    func path(_ name: String) -> String { documents.appending(path: name).standardizedFileURL.path }

    /// One run over the directory of documents, or over one file of it that is named.
    @discardableResult
    func intake(
        _ name: String? = nil, hours: Int = 0, retry: Bool = false,
        maximumHeldByteCount: Int = IndexIntake.standardHeldByteCount, into index: IndexDirectory? = nil,
        isStopped: @escaping @Sendable () -> Bool = { false }
    ) throws -> IntakeSummary {
        var intake = try IndexIntake(
            addingTo: index ?? self.index, now: Self.start.advanced(by: .seconds(hours * 3_600)), isRetry: retry,
            maximumHeldByteCount: maximumHeldByteCount, isStopped: isStopped
        )
        let path = name.map(path) ?? documents.path
        for source in try AdvisoryArchive.sources(at: path, isDeep: true) { try intake.read(source) }
        try intake.flush()
        return intake.summary
    }

    /// What the index answers about a version of left-pad, with the verdict's evidence.
    func answers(_ version: String = "1.2.0") throws -> [String] {
        var matcher = Matcher(try index.open())
        return matcher.matches(Component(ecosystem: Ecosystem(name: "npm"), name: "left-pad", version: version))
            .map { "\($0.advisory) \($0.evidence.text)" }
    }

    func record(_ name: String) throws -> SourceRecord? { try index.ledger()[path(name)] }

    func close() { try? FileManager.default.removeItem(at: root) }
}

/// Writes files until the power fails: at one write the file gets there, or does not, and nothing is written afterwards.
final class FailingWrites: Sendable {
    private let left: Mutex<Int>
    private let isWritten: Bool

    struct PowerFailure: Error {}

    init(after count: Int, isWritten: Bool) {
        left = Mutex(count)
        self.isWritten = isWritten
    }

    @Sendable func write(_ bytes: [UInt8], _ path: String) throws {
        let left = left.withLock { left in
            left -= 1
            return left
        }
        if left > 0 || left == 0 && isWritten { try DurableFile.write(bytes, to: path) }
        if left <= 0 {
            if left == 0, !isWritten { try Data(bytes.prefix(bytes.count / 2)).write(to: URL(fileURLWithPath: path + ".new")) }
            throw PowerFailure()
        }
    }
}

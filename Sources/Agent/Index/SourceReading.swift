import Archive
import CivilTime
import Sealing

/// What of a file has to be read, by what is known of it from before.
enum SourceReading: Equatable {
    /// Nothing: it was taken, and what was refused is not tried yet.
    case nothing
    /// All of it, by which what is known is replaced.
    case whole
    /// What lies behind the record's place.
    case rest
    /// These documents of it, by their numbers.
    case refused(Set<Int>)

    /// - Parameters:
    ///   - isNamed: whether somebody asked for this very file: then a document of another kind is refused and not passed.
    ///   - isRetry: whether what was refused is tried before its time.
    ///   - prefix: the digest of so many bytes at the file's beginning.
    init(
        _ record: SourceRecord?, _ version: FileVersion, isNamed: Bool, isRetry: Bool, now: Timestamp,
        prefix: (_ byteCount: Int) -> Digest?
    ) {
        guard let record, !isNamed || record.foreignCount == 0 else {
            self = .whole
            return
        }
        guard record.version == version else {
            let isGrown = version.byteCount >= record.version.byteCount && record.prefix != nil && record.failure == nil
            self = isGrown && prefix(record.place.byteCount) == record.prefix ? .rest : .whole
            return
        }
        if let failure = record.failure, !failure.isDue(now, isRetry) {
            self = .nothing
        } else if !record.isFinished {
            self = .rest
        } else if record.unlisted?.isDue(now, isRetry) == true {
            self = .whole
        } else {
            let due = record.refused.filter { $0.refusal.isDue(now, isRetry) }
            self = due.isEmpty ? .nothing : .refused(Set(due.map(\.number)))
        }
    }
}

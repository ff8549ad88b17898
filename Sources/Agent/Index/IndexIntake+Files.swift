import Archive
import Matching

/// One file after the other, each from where it was left.
extension IndexIntake {
    mutating func read(file: AdvisoryArchive.Source, _ progress: (IntakeSummary) -> Void) throws {
        let path = file.path
        guard let version = FileVersion(path: path) else { return try fail(file, "\(path) can't be read") }
        var prefix = PrefixDigest(path: path)
        let record = changed[path] ?? ledger[path]
        let reading = SourceReading(record, version, isNamed: file.isNamed, isRetry: isRetry, now: now) { prefix.digest(of: $0) }
        if let record, reading != .whole { summary.leave(record, of: path, reading) }
        if reading == .nothing { return }
        var hand = SourceInHand(file, path, version, record, reading, prefix)
        do {
            var reader = try file.reader(from: hand.start)
            open = hand
            while let documents = try reader.next(Self.batchCount).nonEmpty {
                for (number, document) in documents.enumerated() {
                    try take(document, of: file)
                    if isStopped() { return try close() }
                    if number % Self.documentsBetweenReleases == 0 { releaseKnownPages() }
                }
                progress(summary)
            }
            open?.record.finish()
        } catch let error as AgentError {
            throw error
        } catch {
            hand = open ?? hand
            // The programs that unpack are stopped by the same signal as we are.
            if !isStopped() {
                hand.record.fail("\(error)", at: now)
                open = hand
                try fail(file, "\(error)")
            }
            open = hand
        }
        try close()
    }

    /// Each document asks the index when it last changed, anywhere in it.
    private func releaseKnownPages() {
        if let known, known.byteCount > maximumHeldByteCount { known.releasePages() }
    }

    /// The file is named as it is found; the reason names the place in it.
    private mutating func fail(_ file: AdvisoryArchive.Source, _ reason: String) throws {
        summary.fail(file.name, reason)
        try onRefusal(IntakeRefusal(source: file.path, number: nil, name: file.name, document: nil, reasons: [reason]))
    }

    /// Puts the file in hand among those of which the directory will know.
    private mutating func close() throws {
        noteOpen()
        open = nil
        if isFull { try flush() }
    }

    mutating func noteOpen() {
        guard var hand = open else { return }
        changed[hand.path] = hand.writtenRecord()
        open = hand
    }

    var isFull: Bool {
        heldByteCount > maximumHeldByteCount || readByteCount / Self.readPerHeld > maximumHeldByteCount
    }
}

extension Array {
    fileprivate var nonEmpty: Self? { isEmpty ? nil : self }
}

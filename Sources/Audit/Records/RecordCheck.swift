import Handling
import Sealing

/// Checks each record by itself and against the ones before it: no gap, no repeat, no step back in time, and the commitment
/// that the log shows.
struct RecordCheck {
    private let findings: FindingList
    private(set) var nextSequence: Int64 = 0
    private var lastTime = Int64.min
    private var versions: [RowKey: Int64] = [:]

    init(findings: FindingList) {
        self.findings = findings
    }

    var streamCount: Int { versions.count }

    mutating func check(_ row: RecordRow) {
        checkPlace(row)
        checkWords(row)
        checkCommitment(row)
    }

    private mutating func checkPlace(_ row: RecordRow) {
        checkSequence(row.sequence, at: row.place)
        if row.time < lastTime { findings.add(.recordTime, at: row.place, "its time is before that of the record before it") }
        lastTime = max(lastTime, row.time)
        var stream = RowKey()
        row.stream.withUnsafeBytes { stream.append(text: $0) }
        let expected = versions[stream, default: 0] &+ 1
        if row.version != expected {
            findings.add(
                .recordVersion, at: "\(row.place), stream \(text(row.stream))",
                "it is version \(row.version) of its stream, expected \(expected)"
            )
        }
        versions[stream] = row.version
    }

    private mutating func checkSequence(_ sequence: Int64, at place: String) {
        // Rows come in order and a sequence is unique, so it can only be too high, or below the first of all.
        if sequence < 0 {
            findings.add(.recordSequence, at: place, "its sequence is negative")
        } else if sequence - 1 > nextSequence {
            findings.add(.recordSequence, at: place, "records \(nextSequence) to \(sequence - 1) are missing before it")
        } else if sequence > nextSequence {
            findings.add(.recordSequence, at: place, "record \(nextSequence) is missing before it")
        }
        nextSequence = max(0, sequence == .max ? sequence : sequence + 1)
    }

    private func checkWords(_ row: RecordRow) {
        if !isStream(row.stream) { findings.add(.recordStream, at: row.place, "the stream is not <room>/<identifier>") }
        if !isKind(row.kind) { findings.add(.recordKind, at: row.place, "the kind is not <noun>.<verbed>") }
        if !isActor(row.actor) { findings.add(.recordActor, at: row.place, "the actor is no member's identifier") }
        if HandlingLabel(text(row.label)) == nil || !isUTF8(row.label) {
            findings.add(.recordLabel, at: row.place, "the handling label is not one")
        }
    }

    private func checkCommitment(_ row: RecordRow) {
        if row.salt.count != CommitmentSalt.byteCount {
            findings.add(.recordSalt, at: row.place, "the salt has \(row.salt.count) bytes, not \(CommitmentSalt.byteCount)")
        }
        if Digest(bytes: row.commitment) != RecordCommitment.digest(of: row) {
            findings.add(.recordCommitment, at: row.place, "the commitment is not that of the record's body and salt")
        }
    }

    /// A room, a slash, and an identifier of printable characters.
    private func isStream(_ bytes: [UInt8]) -> Bool {
        let room = bytes.prefix { $0 != UInt8(ascii: "/") }
        let identifier = bytes.dropFirst(room.count + 1)
        return !room.isEmpty && room.allSatisfy(isHandleByte) && !identifier.isEmpty && identifier.allSatisfy { $0 >= 0x20 }
            && isUTF8(bytes)
    }

    private func isKind(_ bytes: [UInt8]) -> Bool {
        let words = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return words.count >= 2 && words.allSatisfy { !$0.isEmpty && $0.allSatisfy(isHandleByte) }
    }

    /// A member, or the unnamed reporter of one report: `anonymous:` and the report's identifier.
    private func isActor(_ bytes: [UInt8]) -> Bool {
        let prefix = Array("anonymous:".utf8)
        return isHandle(bytes.starts(with: prefix) ? Array(bytes.dropFirst(prefix.count)) : bytes)
    }

    /// 2 to 40 of `a-z 0-9 -`: a member's handle, or `system`.
    private func isHandle(_ bytes: [UInt8]) -> Bool {
        (2...40).contains(bytes.count) && bytes.allSatisfy(isHandleByte)
    }

    private func isHandleByte(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "-")
    }

    private func isUTF8(_ bytes: [UInt8]) -> Bool {
        (try? UTF8Span(validating: bytes.span)) != nil
    }

    private func text(_ bytes: [UInt8]) -> String {
        String(decoding: bytes, as: UTF8.self)
    }
}

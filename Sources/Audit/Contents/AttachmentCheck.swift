import JSONText
import Sealing

/// Checks that an attachment that was called complete is what was declared: its chunks, one behind the other, have the declared
/// size and SHA-256.
struct AttachmentCheck {
    private struct Upload {
        var size: Int64 = 0
        var sha256 = ""
        /// Chunks by where they begin; what arrived before an upload was declared again stays.
        var chunks: [Int64: Digest] = [:]
    }

    private let findings: FindingList
    private let contents: ContentReader
    private var uploads: [String: Upload] = [:]

    init(contents: ContentReader, findings: FindingList) {
        self.contents = contents
        self.findings = findings
    }

    mutating func take(_ row: RecordRow, kind: String, payload: JSONValue) {
        guard kind.hasPrefix("attachment."), let attachment = payload["attachment"]?.string else { return }
        switch kind {
        case "attachment.declared":
            uploads[attachment, default: Upload()].size = payload["size"]?.integer ?? 0
            uploads[attachment, default: Upload()].sha256 = payload["sha256"]?.string ?? ""
        case "attachment.received":
            guard let offset = payload["offset"]?.integer else { return }
            uploads[attachment, default: Upload()].chunks[offset] = payload["chunk"]?.string.flatMap { Digest(hex: $0) }
        case "attachment.completed": check(row, payload, uploads.removeValue(forKey: attachment) ?? Upload())
        default: break
        }
    }

    private func check(_ row: RecordRow, _ payload: JSONValue, _ upload: Upload) {
        if payload["sha256"]?.string != upload.sha256 {
            findings.add(.attachmentDigest, at: row.place, "what was completed is not what was declared")
        }
        var (hasher, position) = (SHA256Hasher(), Int64(0))
        while position < upload.size {
            guard let chunk = upload.chunks[position] else {
                findings.add(.attachmentDigest, at: row.place, "no chunk begins at byte \(position) of \(upload.size)")
                return
            }
            // A chunk that is not there, or can't be opened, is another check's affair.
            guard let bytes = contents.bytes(chunk, sealedUnder: row.contentKey), !bytes.isEmpty else { return }
            hasher.update(bytes)
            position += Int64(bytes.count)
        }
        if position != upload.size || hasher.finalize().hex != upload.sha256 {
            findings.add(.attachmentDigest, at: row.place, "its chunks do not have the declared size and SHA-256")
        }
    }
}

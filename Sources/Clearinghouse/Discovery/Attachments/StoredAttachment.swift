package import CivilTime
import Journal
package import Sealing

/// An attachment as its table has it.
package struct StoredAttachment: Sendable {
    package let identifier: String
    package let finding: String
    package let member: String
    package let name: String
    package let mediaType: String
    package let sizeInBytes: Int64
    /// SHA-256 of the whole, as declared; what arrived is known to have it once it is complete.
    package let digest: Digest
    /// How long each chunk but the last is.
    package let chunkByteCount: Int64
    /// Bytes that arrived, from the start on: where the next chunk goes.
    package let receivedByteCount: Int64
    /// When it was last declared or a chunk arrived.
    package let touched: Timestamp
    /// Bytes of earlier attempts that were not the declared ones: the journal keeps them.
    package let wastedByteCount: Int64
    /// When its bytes were found to be the declared ones; nil before.
    package let completed: Timestamp?

    /// Complete for good, still awaited, or given up because nothing came for `AttachmentLimits.patience`.
    package enum Phase: String, Sendable, CaseIterable {
        case unfinished, complete, expired
    }

    /// When an unfinished upload is given up; nil for a complete attachment. Time alone decides it, no worker.
    package var expires: Timestamp? {
        completed == nil ? touched.advanced(by: AttachmentLimits.patience) : nil
    }

    package func phase(at now: Timestamp) -> Phase {
        guard let expires else { return .complete }
        return expires > now ? .unfinished : .expired
    }

    /// How long the chunk at this offset has to be.
    func chunkByteCount(at offset: Int64) -> Int64 { min(chunkByteCount, sizeInBytes - offset) }
}

/// A run of an attachment's bytes as one content of the journal.
struct StoredChunk: Sendable {
    let offset: Int64
    let byteCount: Int64
    let digest: Digest
}

extension StoredAttachment {
    static let columns =
        "id, finding, member, name, media_type, size, digest, chunk_size, received, touched, wasted, completed"

    init(row: SQLRow) throws {
        guard let digest = Digest(hex: try row.text(6)) else {
            throw JournalError(.contradiction, "an attachment's digest is no SHA-256")
        }
        self.init(
            identifier: try row.text(0), finding: try row.text(1), member: try row.text(2), name: try row.text(3),
            mediaType: try row.text(4), sizeInBytes: try row.integer(5), digest: digest,
            chunkByteCount: try row.integer(7), receivedByteCount: try row.integer(8),
            touched: Timestamp(millisecondsSinceEpoch: try row.integer(9)),
            wastedByteCount: try row.integer(10),
            completed: try row.optionalInteger(11).map { Timestamp(millisecondsSinceEpoch: $0) }
        )
    }
}

extension StoredChunk {
    init(row: SQLRow) throws {
        guard let digest = Digest(hex: try row.text(2)) else {
            throw JournalError(.contradiction, "a chunk's digest is no SHA-256")
        }
        self.init(offset: try row.integer(0), byteCount: try row.integer(1), digest: digest)
    }
}

extension JournalSnapshot {
    func existingAttachment(_ identifier: String) throws -> StoredAttachment? {
        try firstRow("SELECT \(StoredAttachment.columns) FROM attachment WHERE id = $1", [.text(identifier)])
            .map(StoredAttachment.init(row:))
    }

    /// An attachment of a finding that the principal may see.
    /// - Throws: `notFound` also where the principal may not see it.
    func attachment(_ identifier: String, for principal: Principal) throws -> StoredAttachment {
        guard let found = try existingAttachment(identifier), try canRead(finding: found.finding, principal) else {
            throw Refusal(.notFound, "there is no attachment \(identifier) of yours")
        }
        return found
    }

    func attachments(of finding: String) throws -> [StoredAttachment] {
        try rows(
            "SELECT \(StoredAttachment.columns) FROM attachment WHERE finding = $1 ORDER BY sequence", [.text(finding)]
        ).map(StoredAttachment.init(row:))
    }

    /// The chunk that holds the byte at `position`; nil where that has not arrived.
    func chunk(of attachment: String, at position: Int64) throws -> StoredChunk? {
        try firstRow(
            """
            SELECT position, size, digest FROM attachment_chunk WHERE attachment = $1 AND position <= $2
            ORDER BY position DESC LIMIT 1
            """,
            [.text(attachment), .integer(position)]
        ).map(StoredChunk.init(row:)).flatMap { $0.offset + $0.byteCount > position ? $0 : nil }
    }

    /// The bytes of a chunk.
    func bytes(of chunk: StoredChunk, in attachment: StoredAttachment) throws -> [UInt8] {
        let key = DiscoveryRecords.contentKey(of: attachment.member)
        guard let bytes = try content(chunk.digest, sealedUnder: key), bytes.count == Int(chunk.byteCount) else {
            throw JournalError(.contradiction, "the chunk of \(attachment.identifier) at \(chunk.offset) is missing")
        }
        return bytes
    }
}

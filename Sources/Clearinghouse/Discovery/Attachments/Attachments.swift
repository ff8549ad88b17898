import CivilTime
package import Journal
package import Sealing

/// Files that belong to a finding, up to 1 GiB each: declared, sent in chunks, found to be what was declared, and downloaded.
///
/// Every step is durable when it is answered, so that a transfer goes on after a kill of either side where it was: declaring the
/// same file again answers with the offset. Nobody holds more of a file in memory than a chunk.
///
/// **At rest** every chunk is sealed under the key of the finder, as the finding is, and stays so when a case is opened. The case's
/// vendor reads it through this room, which opens the seal for whoever may see the finding; the finder who leaves takes it along
/// (docs/decisions/0018).
package struct Attachments: Sendable {
    let journal: any Journal
    let environment: ClearinghouseEnvironment
    private let chunkByteCount: Int64

    /// - Parameter chunkByteCount: of attachments that are declared from now on; those that are under way keep theirs.
    package init(
        journal: any Journal, environment: ClearinghouseEnvironment, chunkByteCount: Int64 = AttachmentLimits.chunkByteCount
    ) {
        self.journal = journal
        self.environment = environment
        self.chunkByteCount = chunkByteCount
    }

    /// Announces a file of one's own finding. The same file again is answered with how far it is, and recorded only where the
    /// upload had been given up.
    /// - Throws: `forbidden` without the scope or for a finding of somebody else's, `notFound`, `tooLarge` where a limit would be
    ///   passed (`AttachmentLimits`); nothing was recorded.
    package func declare(_ declaration: AttachmentDeclaration, by principal: Principal) async throws -> StoredAttachment {
        try principal.require(.submitFindings)
        let chunkByteCount = chunkByteCount
        let identifier = Identifier.derived(
            "a", secret: environment.identifierSecret,
            from: [
                principal.member, declaration.finding, declaration.digest.hex, String(declaration.sizeInBytes), declaration.name,
                declaration.mediaType
            ]
        )
        return try await journal.append { snapshot in
            let now = try snapshot.appendTime()
            try snapshot.requireOwn(declaration.finding, principal)
            let earlier = try snapshot.existingAttachment(identifier)
            if let earlier, earlier.phase(at: now) != .expired { return Decision([], answer: earlier) }
            try snapshot.requireRoom(for: declaration, besides: earlier, of: principal.member, at: now)
            let attachment =
                earlier?.touched(at: now)
                ?? StoredAttachment(declaration, identifier, of: principal.member, chunkByteCount: chunkByteCount, at: now)
            let draft = try AttachmentRecords.declared(
                declaration, as: identifier, chunkByteCount: attachment.chunkByteCount, by: principal.member
            )
            return Decision([draft], answer: attachment)
        }.answer
    }

    /// Takes the chunk at an offset.
    ///
    /// Bytes that arrived there before are answered like the first time and not recorded again.
    /// - Parameter stated: the SHA-256 of the bytes as their sender has it; they are recorded only where they have it.
    /// - Throws: `notFound` for an attachment that is not the caller's, `malformed` for a chunk of another length than it must have,
    ///   `conflict` where other bytes arrived there before or the upload was given up; nothing was recorded.
    package func receive(
        _ bytes: [UInt8], at offset: Int64, of identifier: String, digest stated: Digest? = nil, by principal: Principal
    ) async throws -> ChunkAnswer {
        try principal.require(.submitFindings)
        let chunk = Content(bytes)
        guard stated ?? chunk.digest == chunk.digest else {
            throw Refusal(
                .malformed, "the bytes that arrived are not those that were sent; send them again",
                place: "header Content-Digest")
        }
        return try await journal.append { snapshot in
            let now = try snapshot.appendTime()
            let attachment = try snapshot.ownAttachment(identifier, principal)
            let received = attachment.receivedByteCount
            guard attachment.phase(at: now) != .expired else {
                throw Refusal(.conflict, "nothing arrived for too long; declare the attachment again to go on at \(received)")
            }
            let isOnGrid = offset >= 0 && offset % attachment.chunkByteCount == 0 && offset < attachment.sizeInBytes
            guard isOnGrid, offset <= received else { return Decision([], answer: .wrongOffset(right: received)) }
            try attachment.requireLength(of: chunk, at: offset)
            if offset < received {
                guard try snapshot.chunk(of: identifier, at: offset)?.digest == chunk.digest else {
                    throw Refusal(.conflict, "other bytes arrived there before", place: "byte \(offset)")
                }
                return Decision([], answer: .taken(attachment))
            }
            let draft = try AttachmentRecords.received(chunk, at: offset, of: attachment)
            return Decision([draft], answer: .taken(attachment.receiving(chunk.bytes.count, at: now)))
        }.answer
    }

    /// Ends an upload: reads every chunk once more and holds the whole to the declared digest. Repeating it changes nothing.
    /// - Throws: `notFound`, `notYet` with the place where bytes are missing; nothing was recorded. `conflict` where the bytes are
    ///   others than declared: that is recorded, and the upload stands at its first byte again.
    package func complete(_ identifier: String, by principal: Principal) async throws -> StoredAttachment {
        try principal.require(.submitFindings)
        let attachment = try await journal.read { try $0.ownAttachment(identifier, principal) }
        guard attachment.completed == nil else { return attachment }
        guard attachment.receivedByteCount == attachment.sizeInBytes else {
            throw Refusal(
                .notYet, "\(attachment.sizeInBytes - attachment.receivedByteCount) bytes are missing",
                place: "byte \(attachment.receivedByteCount)"
            )
        }
        let found = try await digest(of: attachment)
        guard found == attachment.digest else {
            try await fail(attachment, found: found)
            throw Refusal(
                .conflict, "the bytes have the SHA-256 \(found.hex), not the declared one; send all of them again",
                place: "/sha256")
        }
        return try await journal.append { snapshot in
            let now = try snapshot.appendTime()
            // Chunks never change, so what was read is what there is; only the end itself may have come meanwhile.
            let current = try snapshot.ownAttachment(identifier, principal)
            guard current.completed == nil else { return Decision([], answer: current) }
            return Decision([try AttachmentRecords.completed(current)], answer: current.completed(at: now))
        }.answer
    }

    private func fail(_ attachment: StoredAttachment, found: Digest) async throws {
        _ = try await journal.append { snapshot in
            // Who asked at the same time has recorded it, and more may have arrived since.
            let current = try snapshot.existingAttachment(attachment.identifier)
            guard let current, current.completed == nil, current.receivedByteCount == current.sizeInBytes,
                current.touched == attachment.touched
            else { return Decision([]) }
            return Decision([try AttachmentRecords.failed(current, found: found)])
        }
    }

    private func digest(of attachment: StoredAttachment) async throws -> Digest {
        var hasher = SHA256Hasher()
        var position: Int64 = 0
        while position < attachment.sizeInBytes {
            let bytes = try await bytes(of: attachment, from: position)
            hasher.update(bytes)
            position += Int64(bytes.count)
        }
        return hasher.finalize()
    }

    /// The bytes of the chunk that holds the one at `position`, from there to its end.
    private func bytes(of attachment: StoredAttachment, from position: Int64) async throws -> ArraySlice<UInt8> {
        try await journal.read { snapshot in
            guard let chunk = try snapshot.chunk(of: attachment.identifier, at: position) else {
                throw JournalError(.contradiction, "the attachment \(attachment.identifier) has no byte \(position)")
            }
            return try snapshot.bytes(of: chunk, in: attachment).dropFirst(Int(position - chunk.offset))
        }
    }
}

extension Attachments {
    /// An attachment, for whoever may see its finding.
    package func attachment(_ identifier: String, for principal: Principal) async throws -> StoredAttachment {
        try principal.require(.readFindings)
        return try await journal.read { try $0.attachment(identifier, for: principal) }
    }

    /// The attachments of a finding, in the order they were declared, for whoever may see it.
    package func attachments(of finding: String, for principal: Principal) async throws -> [StoredAttachment] {
        try principal.require(.readFindings)
        return try await journal.read { snapshot in
            _ = try snapshot.finding(finding, for: principal)
            return try snapshot.attachments(of: finding)
        }
    }

    /// The next bytes of a complete attachment from `position` on, at most one chunk; who asks is checked with each.
    /// - Throws: `notFound`; `notYet` for an attachment that is not complete.
    package func bytes(
        of identifier: String, from position: Int64, for principal: Principal
    ) async throws -> ArraySlice<UInt8> {
        let attachment = try await attachment(identifier, for: principal)
        guard attachment.completed != nil else {
            throw Refusal(.notYet, "the attachment is not complete", place: "byte \(attachment.receivedByteCount)")
        }
        return try await bytes(of: attachment, from: position)
    }
}

/// What became of a chunk.
package enum ChunkAnswer: Sendable {
    /// The bytes are durable, now or since an earlier time.
    case taken(StoredAttachment)
    /// Nothing was recorded: the next chunk goes elsewhere.
    case wrongOffset(right: Int64)
}

extension JournalSnapshot {
    /// Only the finder of a finding attaches to it: everything of one finding is sealed under one key.
    fileprivate func requireOwn(_ finding: String, _ principal: Principal) throws {
        let member = try self.finding(finding, for: principal).member
        guard member == principal.member else {
            throw Refusal(.forbidden, "only the finder of \(finding) attaches files to it", place: "/finding")
        }
    }

    fileprivate func ownAttachment(_ identifier: String, _ principal: Principal) throws -> StoredAttachment {
        guard let found = try existingAttachment(identifier), found.member == principal.member else {
            throw Refusal(.notFound, "there is no attachment \(identifier) of yours")
        }
        return found
    }

    fileprivate func requireRoom(
        for declaration: AttachmentDeclaration, besides earlier: StoredAttachment?, of member: String, at now: Timestamp
    ) throws {
        // Given up at or before this time.
        let deadline = now.advanced(by: .zero - AttachmentLimits.patience).millisecondsSinceEpoch
        let row = try firstRow(
            """
            SELECT
                CAST(coalesce(sum(
                    CASE WHEN id <> $4 AND finding = $1 AND (completed IS NOT NULL OR touched > $2) THEN 1 ELSE 0 END
                ), 0) AS BIGINT),
                CAST(coalesce(sum(
                    wasted + CASE WHEN id = $4 THEN 0 WHEN completed IS NOT NULL OR touched > $2 THEN size ELSE received END
                ), 0) AS BIGINT)
            FROM attachment WHERE member = $3
            """,
            [.text(declaration.finding), .integer(deadline), .text(member), .text(earlier?.identifier ?? "")])
        let (ofFinding, held) = (try row?.integer(0) ?? 0, try row?.integer(1) ?? 0)
        guard ofFinding < AttachmentLimits.maximumCountPerFinding else {
            throw Refusal(.tooLarge, "a finding has at most \(AttachmentLimits.maximumCountPerFinding) attachments")
        }
        let limit = AttachmentLimits.maximumByteCountPerMember
        guard held + declaration.sizeInBytes <= limit else {
            throw Refusal(
                .tooLarge, "\(limit - held) of the \(limit) bytes that a member's attachments may take are left", place: "/size"
            )
        }
    }
}

extension StoredAttachment {
    fileprivate init(
        _ declaration: AttachmentDeclaration, _ identifier: String, of member: String, chunkByteCount: Int64, at now: Timestamp
    ) {
        self.init(
            identifier: identifier, finding: declaration.finding, member: member, name: declaration.name,
            mediaType: declaration.mediaType, sizeInBytes: declaration.sizeInBytes, digest: declaration.digest,
            chunkByteCount: chunkByteCount, receivedByteCount: 0, touched: now, wastedByteCount: 0, completed: nil
        )
    }

    fileprivate func touched(at now: Timestamp) -> StoredAttachment { standing(received: receivedByteCount, touched: now) }

    fileprivate func receiving(_ count: Int, at now: Timestamp) -> StoredAttachment {
        standing(received: receivedByteCount + Int64(count), touched: now)
    }

    fileprivate func completed(at now: Timestamp) -> StoredAttachment {
        standing(received: receivedByteCount, touched: touched, completed: now)
    }

    private func standing(received: Int64, touched: Timestamp, completed: Timestamp? = nil) -> StoredAttachment {
        StoredAttachment(
            identifier: identifier, finding: finding, member: member, name: name, mediaType: mediaType,
            sizeInBytes: sizeInBytes, digest: digest, chunkByteCount: chunkByteCount, receivedByteCount: received,
            touched: touched, wastedByteCount: wastedByteCount, completed: completed
        )
    }

    fileprivate func requireLength(of chunk: Content, at offset: Int64) throws {
        let wanted = chunkByteCount(at: offset)
        guard chunk.bytes.count == Int(wanted) else {
            throw Refusal(
                .malformed, "the chunk at \(offset) has \(wanted) bytes, not \(chunk.bytes.count)",
                place: "byte \(min(wanted, Int64(chunk.bytes.count)))"
            )
        }
    }
}

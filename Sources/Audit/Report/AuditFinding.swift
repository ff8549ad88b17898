/// One thing the audit has to say: which check, where, and what it means.
///
/// Findings name places by identifiers, never by content: an audit of a journal under embargo may be shown to anyone who
/// may know that the records exist.
package struct AuditFinding: Sendable, Hashable {
    package enum Grade: String, Sendable, CaseIterable {
        /// The data directory contradicts itself: something was lost, changed or forged.
        case contradiction
        /// A check could not be made with the keys at hand. Nothing is known to be wrong, and nothing is known to be right.
        case notCheckable = "not-checkable"
        /// Worth knowing; contradicts nothing.
        case information
    }

    package let check: AuditCheck
    package let grade: Grade
    /// The table, sequence, tile path or checkpoint, as a person would look it up.
    package let place: String
    package let detail: String
}

/// Every check of the audit, by the name reports and scripts know it by. Names never change their meaning.
package enum AuditCheck: String, Sendable, CaseIterable {
    case databaseStructure = "database.structure"
    case databaseSchema = "database.schema"
    case databaseUnreadable = "database.unreadable"
    case keyFile = "key.file"
    case contentKey = "key.content-key"
    case recordSequence = "record.sequence"
    case recordVersion = "record.version"
    case recordTime = "record.time"
    case recordStream = "record.stream"
    case recordKind = "record.kind"
    case recordActor = "record.actor"
    case recordLabel = "record.label"
    case recordPayload = "record.payload"
    case recordSealing = "record.sealing"
    case recordSalt = "record.salt"
    case recordCommitment = "record.commitment"
    case contentDigest = "content.digest"
    case contentSealing = "content.sealing"
    case contentMissing = "content.missing"
    case contentOrphan = "content.orphan"
    case logTile = "log.tile"
    case logTileMissing = "log.tile-missing"
    case logTileExtra = "log.tile-extra"
    case checkpointNote = "checkpoint.note"
    case checkpointSignature = "checkpoint.signature"
    case checkpointOrigin = "checkpoint.origin"
    case checkpointTime = "checkpoint.time"
    case checkpointRoot = "checkpoint.root"
    case checkpointAhead = "checkpoint.ahead"
    case projectionCollision = "projection.collision"
    case projectionMissingRow = "projection.missing-row"
    case projectionExtraRow = "projection.extra-row"
    case projectionColumn = "projection.column"
    case projectionTable = "projection.table"
    case jobLease = "job.lease"
    case advisorySignature = "signature.advisory"
    case verdictSignature = "signature.verdict"
    case authorisation = "signature.authorisation"
    case leaseOverlap = "lease.overlap"
    case questionCommitment = "question.commitment"
    case attachmentDigest = "attachment.digest"
}

/// The transparency log against the records: checkpoints, leaves, tiles, roots.
struct LogCheck {
    let file: JournalFile
    let findings: FindingList
    private var checkpoints: CheckpointCheck
    private var leaves = LeafList()
    private var isRecomputable = true

    init(file: JournalFile, key: CheckpointCheck.NoteKey, origin: String?, findings: FindingList) {
        self.file = file
        self.findings = findings
        checkpoints = CheckpointCheck(key: key, origin: origin, findings: findings)
    }

    mutating func take(_ row: RecordRow) {
        guard isRecomputable else { return }
        isRecomputable = leaves.append(row)
    }

    /// - Parameter recordCount: one more than the last sequence.
    mutating func finish(recordCount: Int64, counts: inout AuditCounts) throws(AuditError) {
        try checkpoints.read(file)
        let size = checkpoints.signedSize
        counts.checkpoints = Int64(checkpoints.entries.count)
        counts.logSize = size
        counts.recordsBehind = max(0, recordCount - size)
        guard isRecomputable, leaves.extend(to: size) else {
            findings.add(.logTile, at: "tile", "the journal's gaps are too large to recompute the log", grade: .notCheckable)
            return
        }
        let tiles = TileCheck(file: file, findings: findings)
        leaves.fill(tiles.storedLeaf)
        // Complete subtrees are the same in every larger tree, so one tree serves the tiles and every checkpoint.
        let tree = MerkleTree(leaves: leaves.hashes)
        counts.tiles = try tiles.check(against: tree, size: size)
        checkpoints.compareRoots(with: tree, recordCount: recordCount)
    }
}

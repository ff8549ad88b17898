import Sealing
import TransparencyLog

/// Checks every checkpoint: a well-formed note, signed by the log, that states the size and root beside it.
struct CheckpointCheck {
    struct Entry {
        let size: Int64
        let root: Digest?
        /// False where the signature was checked and is wrong, or there is no note to check.
        let isTrusted: Bool
    }

    private let findings: FindingList
    private let key: NoteKey
    private var origin: String?
    private var lastTime = Int64.min
    /// By size.
    private(set) var entries: [Entry] = []

    /// What notes are verified with.
    enum NoteKey {
        case logKey(VerificationKey)
        case verifier(NoteVerifier)
        case none
    }

    /// - Parameter origin: the log's name; where it is not known, all checkpoints must have that of the first.
    init(key: NoteKey, origin: String?, findings: FindingList) {
        self.key = key
        self.origin = origin
        self.findings = findings
    }

    /// The largest checkpoint whose signature holds: the size the tiles must be those of.
    var signedSize: Int64 { entries.last { $0.isTrusted }?.size ?? 0 }

    mutating func read(_ file: JournalFile) throws(AuditError) {
        let statement = try file.prepare("SELECT size, root, note, time FROM checkpoint ORDER BY size")
        while try statement.step() { examine(statement) }
        if case .none = key, !entries.isEmpty {
            findings.add(
                .checkpointSignature, at: "checkpoint", "\(entries.count) signatures are not checkable without the log's key",
                grade: .notCheckable
            )
        }
    }

    private mutating func examine(_ row: Statement) {
        let (size, place) = (row.integer(0), "checkpoint \(row.integer(0))")
        let root = row.withBytes(1) { Digest(bytes: $0) }
        if row.integer(3) < lastTime {
            // Checkpoints are dated by the clock, which may be set back; only records promise that time never goes back.
            findings.add(.checkpointTime, at: place, "it is dated before the one below it", grade: .information)
        }
        lastTime = max(lastTime, row.integer(3))
        var isTrusted = false
        do throws(TransparencyLogError) {
            let note = try UnverifiedNote(parsing: row.bytes(2))
            let checkpoint = try Checkpoint(parsing: note.unverifiedText)
            isTrusted = verify(note, of: checkpoint.origin, at: place)
            if Int64(exactly: checkpoint.treeHead.size) != size || checkpoint.treeHead.root != root {
                findings.add(.checkpointNote, at: place, "the note states another size or root than the row")
                isTrusted = false
            }
        } catch {
            findings.add(.checkpointNote, at: place, "the note is no checkpoint: \(error.reason)")
        }
        entries.append(Entry(size: size, root: root, isTrusted: isTrusted))
    }

    private mutating func verify(_ note: UnverifiedNote, of origin: String, at place: String) -> Bool {
        let known = self.origin ?? origin
        self.origin = known
        if !known.utf8.elementsEqual(origin.utf8) {
            findings.add(.checkpointOrigin, at: place, "its origin is \(origin), the log is \(known)")
            return false
        }
        do throws(TransparencyLogError) {
            guard let verifier = try verifier(named: known) else { return true }
            _ = try note.verified(by: [verifier])
            return true
        } catch {
            findings.add(.checkpointSignature, at: place, "the log's key did not sign it: \(error.reason)")
            return false
        }
    }

    private func verifier(named origin: String) throws(TransparencyLogError) -> NoteVerifier? {
        switch key {
        case .logKey(let key): NoteVerifier(name: try NoteKeyName(origin), kind: .ed25519(key))
        case .verifier(let verifier): verifier
        case .none: nil
        }
    }

    /// Compares each root with the recomputed one.
    /// - Parameter recordCount: checkpoints beyond it promise records that are not there.
    func compareRoots(with tree: MerkleTree, recordCount: Int64) {
        for entry in entries {
            if entry.size > recordCount {
                findings.add(
                    .checkpointAhead, at: "checkpoint \(entry.size)",
                    "the log was signed at this size, the journal ends at \(recordCount)"
                )
            }
            guard entry.size <= tree.size, entry.size >= 0 else { continue }
            if tree.root(ofSize: Int(entry.size)) != entry.root {
                findings.add(
                    .checkpointRoot, at: "checkpoint \(entry.size)", "its root is not that of the commitments up to its size"
                )
            }
        }
    }
}

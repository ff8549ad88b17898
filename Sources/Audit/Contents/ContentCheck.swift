import JSONText
import Sealing

/// Checks every content against its digest, every reference against the contents, and every content against the references.
struct ContentCheck {
    private struct Identity: Hashable {
        let digest: Digest
        /// The place of the key's name in `names`.
        let key: Int
    }

    private let findings: FindingList
    private let keys: ContentKeys
    private var names: [String] = []
    private var places: [String: Int] = [:]
    /// For each content, whether a record refers to it.
    private var isReferenced: [Identity: Bool] = [:]
    private var lockedCount = 0
    private var unknownKinds: Set<String> = []

    var count: Int { isReferenced.count }

    init(keys: ContentKeys, findings: FindingList) {
        self.keys = keys
        self.findings = findings
    }

    mutating func read(_ file: JournalFile) throws(AuditError) {
        let statement = try file.prepare("SELECT digest, sealed_under, bytes FROM content")
        while try statement.step() { examine(statement) }
        if lockedCount > 0 {
            findings.add(
                .contentDigest, at: "content", "\(lockedCount) sealed contents are not checkable without the master key",
                grade: .notCheckable
            )
        }
    }

    private mutating func examine(_ row: Statement) {
        let name = row.text(1)
        guard let digest = row.withBytes(0, { Digest(bytes: $0) }) else {
            findings.add(.contentDigest, at: "content x'\(Hexadecimal.encode(row.bytes(0)))'", "its digest is no SHA-256")
            return
        }
        isReferenced[Identity(digest: digest, key: number(of: name))] = false
        guard !name.isEmpty else {
            if row.withBytes(2, { Digest(hashing: $0) }) != digest { report(digest, name) }
            return
        }
        examineSealed(row.bytes(2), digest, name)
    }

    private mutating func examineSealed(_ stored: [UInt8], _ digest: Digest, _ name: String) {
        switch keys[name] {
        case .destroyed: break
        case .locked, .broken: lockedCount += 1
        case .unknown: findings.add(.contentSealing, at: place(digest, name), "there is no content key \(name)")
        case .usable(let key):
            do throws(SealingError) {
                if Digest(hashing: try ContentReader.open(stored, with: key, name: name)) != digest { report(digest, name) }
            } catch {
                findings.add(.contentSealing, at: place(digest, name), "its box does not open: \(error.reason)")
            }
        }
    }

    private func report(_ digest: Digest, _ name: String) {
        findings.add(.contentDigest, at: place(digest, name), "its bytes do not have this SHA-256")
    }

    private func place(_ digest: Digest, _ name: String) -> String {
        "content \(digest.hex)" + (name.isEmpty ? "" : " under \(name)")
    }

    private mutating func number(of name: String) -> Int {
        if let place = places[name] { return place }
        places[name] = names.count
        names.append(name)
        return names.count - 1
    }

    /// Follows what a readable record refers to.
    mutating func follow(_ row: RecordRow, kind: String, payload: JSONValue) {
        let key = row.contentKey ?? ""
        guard let references = ContentReferences.of(kind: kind, payload: payload, sealedUnder: key) else {
            if unknownKinds.insert(kind).inserted {
                findings.add(
                    .contentMissing, at: "\(row.place), kind \(kind)",
                    "this auditor does not know the kind; whether its contents exist is not checked", grade: .information
                )
            }
            for digest in ContentReferences.candidates(in: payload) { _ = mark(digest, key) || mark(digest, "") }
            return
        }
        for reference in references where !mark(reference.digest, reference.sealedUnder) {
            if case .destroyed = keys[reference.sealedUnder] { continue }
            findings.add(
                .contentMissing, at: "\(row.place), \(reference.pointer)",
                "\(place(reference.digest, reference.sealedUnder)) is not there"
            )
        }
    }

    private mutating func mark(_ digest: Digest, _ name: String) -> Bool {
        guard let key = places[name] else { return false }
        let identity = Identity(digest: digest, key: key)
        guard isReferenced[identity] != nil else { return false }
        isReferenced[identity] = true
        return true
    }

    /// Names contents no record refers to. What a record that nobody can read may refer to is no orphan.
    func reportOrphans(opaqueRecordCount: Int64) {
        var undecided = 0
        for (identity, isReferenced) in isReferenced where !isReferenced {
            let name = names[identity.key]
            if case .destroyed = keys[name] { continue }
            guard opaqueRecordCount == 0 else {
                undecided += 1
                continue
            }
            findings.add(.contentOrphan, at: place(identity.digest, name), "no record refers to it")
        }
        if undecided > 0 {
            findings.add(
                .contentOrphan, at: "content",
                "whether records refer to \(undecided) contents is not checkable without the master key", grade: .notCheckable
            )
        }
    }
}

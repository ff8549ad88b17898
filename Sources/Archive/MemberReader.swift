/// One file in an archive, whose bytes come next.
struct ArchiveMember {
    let name: String
    let byteCount: Int
}

/// What walks through the members of an archive in their order.
protocol MemberWalk {
    /// The next member, after all bytes of the one before were read or passed; nil at the end.
    /// - Throws: `ArchiveError` where the archive is damaged there.
    mutating func next(_ bytes: UnpackedFile) throws -> ArchiveMember?
    /// Passes what follows the bytes of a member.
    mutating func finish(_ member: ArchiveMember, _ bytes: UnpackedFile) throws
}

/// The documents of an archive, in folders or not, read in the archive's order and one after the other: nothing is unpacked to disk, and
/// what is held is one batch.
final class MemberReader<Walk: MemberWalk>: ArchiveReader {
    private let file: String
    private let bytes: UnpackedFile
    private var walk: Walk
    private var number = 0
    /// Documents that were read before.
    private let passedCount: Int
    /// What ended the reading, while the documents before it are still given.
    private var damage: ArchiveError?

    init(file: String, _ bytes: UnpackedFile, _ walk: Walk, from place: AdvisoryArchive.Place) {
        self.file = file
        self.bytes = bytes
        self.walk = walk
        passedCount = place.documentCount
    }

    func next(_ count: Int) throws -> [AdvisoryArchive.Document] {
        if let damage { throw damage }
        var documents: [AdvisoryArchive.Document] = []
        var byteCount = 0
        do {
            while documents.count < count, byteCount < AdvisoryArchive.batchByteCount, let member = try walk.next(bytes) {
                guard let document = try document(member) else { continue }
                documents.append(document)
                byteCount += document.bytes.count
            }
            if documents.isEmpty, number == 0 {
                throw ArchiveError(
                    reason: "\(file) holds no documents (.json, .yml, .yaml, .csv); other archives in it are not read")
            }
        } catch let error as ArchiveError where !documents.isEmpty {
            damage = error
        }
        return documents
    }

    /// Nil where the member is none, or was read before.
    private func document(_ member: ArchiveMember) throws -> AdvisoryArchive.Document? {
        let isDocument = AdvisoryArchive.isDocument(member.name)
        if isDocument { number += 1 }
        let isTooLarge = member.byteCount > PackedDocument.maximumByteCount
        guard isDocument, number > passedCount, !isTooLarge else {
            try require(bytes.pass(member.byteCount), member)
            try walk.finish(member, bytes)
            guard isDocument, number > passedCount else { return nil }
            let reason = "\(member.name) has more than \(PackedDocument.maximumByteCount) bytes"
            return self.document(member, .failure(ArchiveError(reason: reason, isTooLarge: true)))
        }
        let packed = try bytes.bytes(member.byteCount)
        try require(packed.count == member.byteCount, member)
        try walk.finish(member, bytes)
        return document(member, PackedDocument.result(of: packed, name: member.name))
    }

    private func document(_ member: ArchiveMember, _ content: Result<[UInt8], ArchiveError>) -> AdvisoryArchive.Document {
        AdvisoryArchive.Document(name: member.name, content, number: number, end: .init(documentCount: number, byteCount: 0))
    }

    private func require(_ isWhole: Bool, _ member: ArchiveMember) throws {
        guard !isWhole else { return }
        throw ArchiveError(reason: "\(file) is damaged: it ends within \(member.name)" + (bytes.failure.map { ", \($0)" } ?? ""))
    }
}

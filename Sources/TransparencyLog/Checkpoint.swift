internal import Sealing

/// A tree head with the name of its log, as https://c2sp.org/tlog-checkpoint writes it: origin, size and root on a line
/// each, then extension lines.
///
/// It is one text for one value: printing what was parsed gives the same bytes.
public struct Checkpoint: Sendable, Hashable {
    /// The log's unique name, usually a URL without scheme. It is only a name.
    public let origin: String
    /// Size and root.
    public let treeHead: TreeHead
    /// Lines of unknown meaning that the log added. Nobody audits them.
    public let extensionLines: [String]

    /// A checkpoint.
    ///
    /// - Throws: `malformedCheckpoint` if the origin or an extension line is empty or has control characters, or the
    ///   size is above `TreeHead.maximumSize`.
    public init(
        origin: String, treeHead: TreeHead, extensionLines: [String] = []
    ) throws(TransparencyLogError) {
        for line in [origin] + extensionLines where line.isEmpty || line.utf8.contains(where: { $0 < 0x20 }) {
            throw TransparencyLogError(.malformedCheckpoint, "a line is empty or has control characters")
        }
        guard treeHead.size <= TreeHead.maximumSize else {
            throw TransparencyLogError(.malformedCheckpoint, "a tree of \(treeHead.size) entries", at: "line 2")
        }
        self.origin = origin
        self.treeHead = treeHead
        self.extensionLines = extensionLines
    }

    /// Reads the text of a note.
    ///
    /// - Throws: `malformedCheckpoint`, with the line.
    public init(parsing text: [UInt8]) throws(TransparencyLogError) {
        guard text.last == NoteText.lineFeed, NoteText.isAllowed(text) else {
            throw TransparencyLogError(.malformedCheckpoint, "not lines of UTF-8 without control characters")
        }
        let lines = text.dropLast().split(separator: NoteText.lineFeed, omittingEmptySubsequences: false)
        guard lines.count >= 3 else {
            throw TransparencyLogError(.malformedCheckpoint, "\(lines.count) lines are too few")
        }
        guard let size = ASCIIDecimal.parse(lines[1]) else {
            throw TransparencyLogError(.malformedCheckpoint, "not a tree size", at: "line 2")
        }
        guard let root = Digest(base64: String(decoding: lines[2], as: UTF8.self)) else {
            throw TransparencyLogError(.malformedCheckpoint, "not a root hash", at: "line 3")
        }
        try self.init(
            origin: String(decoding: lines[0], as: UTF8.self), treeHead: TreeHead(size: size, root: root),
            extensionLines: lines[3...].map { String(decoding: $0, as: UTF8.self) })
    }

    /// The text that logs and witnesses sign.
    public var text: [UInt8] {
        let lines = [origin, "\(treeHead.size)", treeHead.root.base64] + extensionLines
        return Array(lines.map { $0 + "\n" }.joined().utf8)
    }

    /// The note with these signatures.
    ///
    /// - Throws: `malformedNote` without signatures.
    public func note(signedBy signatures: [NoteSignature]) throws(TransparencyLogError) -> [UInt8] {
        guard !signatures.isEmpty else { throw TransparencyLogError(.malformedNote, "a note needs a signature") }
        return text + [NoteText.lineFeed] + signatures.flatMap(\.line)
    }

    /// By bytes, as signatures see it: `String` would take different spellings of a letter for equal.
    public static func == (left: Checkpoint, right: Checkpoint) -> Bool {
        left.text == right.text
    }

    /// Feeds the bytes that `==` compares.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(text)
    }
}

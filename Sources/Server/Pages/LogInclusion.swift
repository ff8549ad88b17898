import Sealing
import TransparencyLog

/// How anybody proves that an advisory is in the log, with the very resources it takes.
enum LogInclusion {
    static func markup(_ entry: AdvisoryEntry) -> HTML {
        guard entry.sequence < entry.checkpointSize else {
            return """
                <p>The record is entry \(entry.sequence) of the log, commitment <code>\(entry.commitment.hex)</code>. \
                The next checkpoint, due within a second, will cover it.</p>
                """
        }
        return """
            <p>The record is entry \(entry.sequence) of the <a href="/log">log</a> of \(entry.checkpointSize) entries.</p>
            <ol class="steps">
            <li>The first line of <a href="/v1/feed?after=\(plain: entry.sequence - 1)">the feed after \(plain: entry.sequence - 1)</a> \
            carries the record's <code>body</code>, its <code>salt</code> and the documents. The body names the SHA-256 of each document.</li>
            <li>Commit to it again: SHA-256 over one byte with the length of the domain, the domain \
            <code>\(CommitmentDomain.journalRecord.name)</code>, the 32 bytes of the salt, the length of the body as a 64-bit \
            big-endian number, and the body. It has to be <code>\(entry.commitment.hex)</code>.</li>
            <li>That is the entry; its leaf is SHA-256 over a zero byte and the commitment. Prove it from these tiles: \(tiles(entry)).</li>
            <li>The root has to be the one in the <a href="/log/checkpoint">checkpoint</a>, whose signature you check with the log key.</li>
            </ol>
            """
    }

    /// The tiles an inclusion proof reads.
    private static func tiles(_ entry: AdvisoryEntry) -> HTML {
        let size = UInt64(entry.checkpointSize)
        guard
            let nodes = try? InclusionProof.nodes(index: UInt64(entry.sequence), size: size),
            let tiles = try? TileCoordinate.holding(nodes + [MerkleNode(level: 0, index: UInt64(entry.sequence))], treeSize: size)
        else { return "" }
        return tiles.enumerated().reduce(HTML()) { sum, part in
            let path = "/log/" + TileResource.tile(part.element).path
            let comma: HTML = part.offset == 0 ? "" : ", "
            return sum + comma + "<a href=\"\(path)\"><code>\(path)</code></a>"
        }
    }
}

import CivilTime
import Clearinghouse
import Sealing

/// The files of a finding. They are downloaded with the command or the API, which take a token and go on where they broke off.
enum AttachmentList {
    static func markup(_ attachments: [StoredAttachment], at now: Timestamp) -> HTML {
        attachments.isEmpty
            ? "" : "<h2>Attachments</h2>\n<ul class=\"list\">\n\(attachments.map { item($0, at: now) })</ul>"
    }

    private static func item(_ attachment: StoredAttachment, at now: Timestamp) -> HTML {
        """
        <li><p>\(said: attachment.name) \(badge(attachment.phase(at: now)).markup)</p>
        <p class="meta">\(attachment.sizeInBytes) bytes\(progress(attachment)), \(said: attachment.mediaType), attachment \
        <code>\(attachment.identifier)</code></p>
        <p class="meta">SHA-256 <code>\(attachment.digest.hex)</code></p></li>

        """
    }

    private static func progress(_ attachment: StoredAttachment) -> HTML {
        attachment.completed == nil ? ", \(attachment.receivedByteCount) of them arrived" : ""
    }

    private static func badge(_ phase: StoredAttachment.Phase) -> Badge {
        switch phase {
        case .complete: Badge(word: "complete", tone: .good)
        case .unfinished: Badge(word: "unfinished", tone: .plain)
        case .expired: Badge(word: "given up", tone: .warn)
        }
    }
}

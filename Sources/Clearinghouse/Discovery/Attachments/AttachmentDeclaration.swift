package import Sealing

/// What a finder says of a file before it sends the first byte: of which finding it is, how long, and which bytes.
package struct AttachmentDeclaration: Sendable {
    package let finding: String
    package let name: String
    /// As the finder states it, such as `application/x-xz`; nothing is done by it.
    package let mediaType: String
    package let sizeInBytes: Int64
    /// SHA-256 of the whole.
    package let digest: Digest

    /// - Throws: `malformed` or `tooLarge` with the place in the declaration.
    package init(finding: String, name: String, mediaType: String, sizeInBytes: Int64, sha256: String) throws(Refusal) {
        guard AttachmentDeclaration.isFileName(name) else {
            throw Refusal(
                .malformed,
                "a name is that of a file: 1 to \(AttachmentLimits.maximumNameByteCount) bytes without / \\ or control characters",
                place: "/name"
            )
        }
        guard AttachmentDeclaration.isMediaType(mediaType) else {
            throw Refusal(.malformed, "a media type is written type/subtype, such as text/plain", place: "/mediaType")
        }
        guard sizeInBytes > 0 else { throw Refusal(.malformed, "an attachment has at least 1 byte", place: "/size") }
        guard sizeInBytes <= AttachmentLimits.maximumByteCount else {
            throw Refusal(
                .tooLarge, "an attachment has at most \(AttachmentLimits.maximumByteCount) bytes", place: "/size"
            )
        }
        guard let digest = Digest(hex: sha256) else {
            throw Refusal(.malformed, "sha256 is 64 hexadecimal digits", place: "/sha256")
        }
        self.finding = finding
        self.name = name
        self.mediaType = mediaType
        self.sizeInBytes = sizeInBytes
        self.digest = digest
    }

    /// It comes back as the name of a file on somebody's machine, and must stay inside the folder it is put in.
    private static func isFileName(_ text: String) -> Bool {
        (1...AttachmentLimits.maximumNameByteCount).contains(text.utf8.count) && text != "." && text != ".."
            && text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control && $0 != "/" && $0 != "\\" }
    }

    /// `type "/" subtype`, both tokens (RFC 9110 §8.3.1), without parameters.
    private static func isMediaType(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        return text.utf8.count <= AttachmentLimits.maximumMediaTypeByteCount && parts.count == 2
            && parts.allSatisfy { part in !part.isEmpty && part.allSatisfy(isTokenByte) }
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}

/// Limits of attachments, each with its reason.
package enum AttachmentLimits {
    /// One attachment: a core dump or an image of a machine; 1 GiB, so that both readings of "1 GB" fit.
    package static let maximumByteCount: Int64 = 1_073_741_824
    /// One chunk. It is sealed while the only writer waits, which takes about 10 ms, and a broken transfer sends at most one again.
    package static let chunkByteCount: Int64 = 4_194_304
    /// Attachments of one finding: a page lists them all.
    package static let maximumCountPerFinding: Int64 = 64
    /// What one member's attachments may take together: the journal forgets nothing, so that a member who sends without end would
    /// fill the disk of everybody. Sixteen of the largest.
    package static let maximumByteCountPerMember: Int64 = 16 * maximumByteCount
    /// How long an unfinished upload waits for its next chunk: a week-end and a repair of somebody's line fit, and what
    /// was only declared gives its share of the quota back.
    package static let patience: Duration = .seconds(7 * 86_400)
    /// The longest name that file systems keep (`NAME_MAX` of Linux).
    static let maximumNameByteCount = 255
    /// Type and subtype of RFC 6838 §4.2 have at most 127 characters each.
    static let maximumMediaTypeByteCount = 255
}

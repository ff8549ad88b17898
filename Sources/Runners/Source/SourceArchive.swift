/// A source tree as it arrived: one archive, untrusted, only ever unpacked inside the sandbox.
package struct SourceArchive: Sendable {
    package let bytes: [UInt8]
    let kind: Kind

    /// What unpacks it. tar itself sees through gzip, bzip2, xz and zstd.
    enum Kind: String, Sendable {
        case tar, zip
    }

    /// The sandbox takes 256 MiB of inputs, beside which a few lists must fit.
    package static let maximumByteCount = 240 << 20

    /// - Throws: `badSource` for anything that does not begin like an archive of a kind that is unpacked.
    package init(_ bytes: [UInt8]) throws(RunnerError) {
        guard bytes.count <= SourceArchive.maximumByteCount else {
            throw RunnerError(
                .badSource, "the archive has \(bytes.count) bytes; at most \(SourceArchive.maximumByteCount) are taken")
        }
        guard let kind = SourceArchive.kind(of: bytes) else {
            throw RunnerError(.badSource, "this is no archive: tar, bare or in gzip, bzip2, xz or zstd, and zip are unpacked")
        }
        self.bytes = bytes
        self.kind = kind
    }

    private static func kind(of bytes: [UInt8]) -> Kind? {
        let compressions: [[UInt8]] = [[0x1F, 0x8B], Array("BZh".utf8), [0xFD, 0x37, 0x7A, 0x58, 0x5A], [0x28, 0xB5, 0x2F, 0xFD]]
        if compressions.contains(where: { bytes.starts(with: $0) }) { return .tar }
        if bytes.starts(with: Array("PK\u{3}\u{4}".utf8)) { return .zip }
        // "ustar" of POSIX and of GNU alike (pax, "ustar Interchange Format").
        return bytes.count >= 512 && bytes[257..<262].elementsEqual("ustar".utf8) ? .tar : nil
    }
}

import Foundation
import Sealing

/// Which version of a file was read, as far as its directory says.
///
/// A program may write other bytes of the same number and set the time of change back; the time of the last change of the file's
/// status and its number are nobody's to set. A copy of the same bytes is another version, which costs one more reading.
package struct FileVersion: Hashable, Sendable {
    package var byteCount: Int
    /// Nanoseconds since 1970.
    package var modified: Int64
    /// Nanoseconds since 1970, of the status (`st_ctim`); nil in records from before it was kept, which are of no file's version now.
    package var statusChanged: Int64?
    /// The file's number in its file system; nil as before.
    package var number: UInt64?

    package init(byteCount: Int, modified: Int64, statusChanged: Int64? = nil, number: UInt64? = nil) {
        self.byteCount = byteCount
        self.modified = modified
        self.statusChanged = statusChanged
        self.number = number
    }

    /// Nil where there is no such file.
    init?(path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        byteCount = Int(status.st_size)
        modified = Self.nanoseconds(status.st_mtim)
        statusChanged = Self.nanoseconds(status.st_ctim)
        number = UInt64(status.st_ino)
    }

    private static func nanoseconds(_ time: timespec) -> Int64 { Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec) }
}

/// The SHA-256 of the beginning of a file, read further as the beginning grows.
struct PrefixDigest {
    private let path: String
    private var hasher = SHA256Hasher()
    private var byteCount = 0

    private static let chunkByteCount = 1 << 20

    init(path: String) { self.path = path }

    /// The digest of the first `count` bytes; nil where they can't be read, or are fewer than were asked for before.
    mutating func digest(of count: Int) -> Digest? {
        guard count >= byteCount, let file = FileHandle(forReadingAtPath: path) else { return nil }
        defer { try? file.close() }
        guard (try? file.seek(toOffset: UInt64(byteCount))) != nil else { return nil }
        while byteCount < count {
            guard let chunk = try? file.read(upToCount: min(Self.chunkByteCount, count - byteCount)), !chunk.isEmpty else {
                return nil
            }
            chunk.withUnsafeBytes { hasher.update($0) }
            byteCount += chunk.count
        }
        return hasher.finalize()
    }
}

import Foundation
import Glibc

/// Files that are whole and on disk under their name, or not there.
package enum DurableFile {
    /// Written beside, synced, renamed; then the directory is synced, so that the name survives the loss of power too.
    /// - Throws: the system's error; a file that was there before is as it was.
    package static func write(_ bytes: [UInt8], to path: String) throws {
        let temporary = "\(path).new"
        guard FileManager.default.createFile(atPath: temporary, contents: nil, attributes: [.posixPermissions: 0o600]) else {
            throw CocoaError(.fileWriteUnknown)
        }
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: temporary))
        defer { try? handle.close() }
        try handle.write(contentsOf: bytes)
        try handle.synchronize()
        guard rename(temporary, path) == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        let directory = open(URL(fileURLWithPath: path).deletingLastPathComponent().path, O_RDONLY | O_CLOEXEC)
        guard directory >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        defer { close(directory) }
        guard fsync(directory) == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    }
}

/// A lock that one process holds at a time (flock(2)); the system takes it back from a process that dies.
struct FileLock {
    private let file: Int32

    /// Waits until the lock is free.
    /// - Throws: `AgentError.storage` where the file can't be made or locked.
    init(path: String) throws {
        file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw AgentError(.storage, "\(path) can't be opened: \(String(cString: strerror(errno)))") }
        while flock(file, LOCK_EX) != 0 {
            guard errno == EINTR else {
                close(file)
                throw AgentError(.storage, "\(path) can't be locked: \(String(cString: strerror(errno)))")
            }
        }
    }

    func release() { close(file) }
}

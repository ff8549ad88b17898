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
        try syncDirectory(of: path)
    }

    private static func syncDirectory(of path: String) throws {
        let directory = open(URL(fileURLWithPath: path).deletingLastPathComponent().path, O_RDONLY | O_CLOEXEC)
        guard directory >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        defer { close(directory) }
        guard fsync(directory) == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    }
}

extension DurableFile {
    /// The bytes of a file; nil where there is none.
    /// - Throws: the system's error where there is one that can't be read: it is not for anybody to take for none.
    package static func read(_ path: String) throws -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            if errno == ENOENT { return nil }
            throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
        }
        let handle = FileHandle(fileDescriptor: file, closeOnDealloc: true)
        return Array(try handle.readToEnd() ?? Data())
    }

    /// Writes a file that must not be there yet: whole and on disk under its name, or not there. Of several that do it one succeeds.
    /// - Throws: the system's error, `EEXIST` where a file is there; it is as it was.
    package static func create(_ bytes: [UInt8], at path: String) throws {
        let own = "\(path).\(getpid()).\(UInt64.random(in: .min ... .max))"
        try write(bytes, to: own)
        defer { unlink(own) }
        guard link(own, path) == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        try syncDirectory(of: path)
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

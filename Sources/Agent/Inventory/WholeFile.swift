import Glibc

/// A file as an array, without the copy that `FileManager.contents` costs on the way: inventories may be large, and the machines
/// that match them small.
package enum WholeFile {
    /// Bytes asked for where the size is not known (a pipe).
    private static let chunkByteCount = 1 << 16

    /// - Throws: `AgentError.storage` where the file can't be opened or read to its end.
    package static func bytes(_ path: String) throws -> [UInt8] {
        guard let bytes = try bytes(ifThere: path) else {
            throw AgentError(.storage, "\(path) can't be read: \(String(cString: strerror(ENOENT)))")
        }
        return bytes
    }

    /// Nil where there is no such file.
    /// - Throws: `AgentError.storage` where there may be one that can't be opened or read to its end.
    static func bytes(ifThere path: String) throws -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        if file < 0, errno == ENOENT { return nil }
        guard file >= 0 else { throw AgentError(.storage, "\(path) can't be read: \(String(cString: strerror(errno)))") }
        defer { close(file) }
        var status = stat()
        let size = fstat(file, &status) == 0 ? Int(status.st_size) : 0
        var bytes: [UInt8] = []
        var room = max(size, chunkByteCount)
        while true {
            let part = try [UInt8](unsafeUninitializedCapacity: room) { memory, count in
                count = try fill(memory, from: file, path)
            }
            if bytes.isEmpty { bytes = part } else { bytes += part }
            if part.count < room || bytes.count == size { return bytes }
            room = chunkByteCount
        }
    }

    /// The number of bytes read; fewer than there is room for at the end of the file.
    private static func fill(_ memory: UnsafeMutableBufferPointer<UInt8>, from file: Int32, _ path: String) throws -> Int {
        var count = 0
        while count < memory.count, let base = memory.baseAddress {
            let result = read(file, base + count, memory.count - count)
            if result == 0 { break }
            guard result > 0 || errno == EINTR else {
                throw AgentError(.storage, "\(path) can't be read: \(String(cString: strerror(errno)))")
            }
            count += max(result, 0)
        }
        return count
    }
}

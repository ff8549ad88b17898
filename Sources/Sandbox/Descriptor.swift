import Glibc
import Host

/// An open file descriptor that is closed when nobody holds it any more. The number never changes and reads and
/// writes on one descriptor are done by one thread at a time (the supervisor), so sharing it is safe.
final class Descriptor: Sendable {
    let number: Int32

    init(owning number: Int32) { self.number = number }

    deinit { close(number) }

    /// Bytes in memory, open at their beginning, that exist in no file system.
    static func holding(_ bytes: [UInt8]) throws(SandboxError) -> Descriptor {
        guard let create = CLibrary.memfdCreate else { throw .unavailable("the C library has no memfd_create") }
        let number = create("sandbox-input", CLibrary.memfdCloseOnExec)
        guard number >= 0 else { throw .couldNotStart("memfd_create: \(lastSystemError())") }
        let descriptor = Descriptor(owning: number)
        try descriptor.write(bytes)
        guard lseek(number, 0, SEEK_SET) == 0 else { throw .couldNotStart("lseek: \(lastSystemError())") }
        return descriptor
    }

    private func write(_ bytes: [UInt8]) throws(SandboxError) {
        var offset = 0
        while offset < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                Glibc.write(number, buffer.baseAddress.map { $0 + offset }, buffer.count - offset)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .couldNotStart("write: \(lastSystemError())") }
            offset += count
        }
    }
}

/// A pipe whose ends are closed in every program started meanwhile.
struct Pipe {
    let reading: Descriptor
    let writing: Descriptor

    init() throws(SandboxError) {
        guard let create = CLibrary.pipe2 else { throw .unavailable("the C library has no pipe2") }
        var ends: [Int32] = [-1, -1]
        guard create(&ends, O_CLOEXEC) == 0 else { throw .couldNotStart("pipe2: \(lastSystemError())") }
        reading = Descriptor(owning: ends[0])
        writing = Descriptor(owning: ends[1])
    }
}

func lastSystemError() -> String {
    let code = errno
    return strerror(code).map { String(cString: $0) } ?? "error \(code)"
}

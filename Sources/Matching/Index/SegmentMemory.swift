import Glibc

/// Memory that never changes and lives as long as this object: a mapped file, or a copy of bytes.
///
/// `@unchecked Sendable`: after `init` nothing writes to the memory, and only `deinit` gives it back. A file that somebody else
/// writes to while it is mapped breaks that; files of an index are written under another name, renamed and never changed.
final class SegmentMemory: @unchecked Sendable {
    let bytes: UnsafeRawBufferPointer
    private let isMapped: Bool

    init(copying bytes: [UInt8]) {
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: max(bytes.count, 8), alignment: 16)
        memory.copyBytes(from: bytes)
        self.bytes = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(memory)[..<bytes.count])
        isMapped = false
    }

    /// Maps a file.
    /// - Throws: `file` with the system's reason, `notAnIndex` for an empty file.
    init(mapping path: String) throws(IndexError) {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw IndexError(.file, "\(path) can't be opened: \(String(cString: strerror(errno)))") }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else {
            throw IndexError(.file, "\(path) can't be read: \(String(cString: strerror(errno)))")
        }
        let count = Int(status.st_size)
        guard count > 0 else { throw IndexError(.notAnIndex, "\(path) is empty") }
        guard let address = mmap(nil, count, PROT_READ, Self.flags, file, 0), address != MAP_FAILED else {
            throw IndexError(.file, "\(path) can't be mapped: \(String(cString: strerror(errno)))")
        }
        bytes = UnsafeRawBufferPointer(start: address, count: count)
        isMapped = true
    }

    /// Gives the pages of a mapped file back, which are read again where they are needed: who goes through an index now and then does not
    /// hold it in memory all the time.
    func releasePages() {
        if isMapped { madvise(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count, MADV_DONTNEED) }
    }

    /// All pages at once: the checksum reads every one of them anyway.
    private static let flags = MAP_PRIVATE | MAP_POPULATE

    deinit {
        if isMapped {
            munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
        } else {
            bytes.deallocate()
        }
    }
}

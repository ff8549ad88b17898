import Foundation
import Glibc
import Testing

@testable import Host

@Suite("Names in a directory")
struct DirectoryEntriesTests {
    @Test("come as the file system holds them, without the directory itself and its parent")
    func names() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "directories-\(UUID())").path
        #expect(mkdir(folder, 0o700) == 0)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let wanted: Set<[UInt8]> = [Array(".hidden".utf8), Array("ä b".utf8), [0xFF, 0x0A], [UInt8](repeating: 0x61, count: 255)]
        for name in wanted {
            let path = Array(folder.utf8) + [UInt8(ascii: "/")] + name + [0]
            let file = path.map { CChar(bitPattern: $0) }.withUnsafeBufferPointer { creat($0.baseAddress!, 0o600) }
            try #require(file >= 0)
            close(file)
        }
        let directory = try #require(opendir(folder))
        defer { closedir(directory) }
        var found: [[UInt8]] = []
        while let name = DirectoryEntries.next(in: directory) { found.append(name) }
        #expect(found.count == wanted.count)
        #expect(Set(found) == wanted)
    }

    /// What `readdir` hands out lies in a buffer, and nothing needs to lie behind that.
    @Test("are read from the last entry of a buffer without a byte beyond it")
    func lastEntry() throws {
        let page = sysconf(Int32(_SC_PAGESIZE))
        let memory = try #require(mmap(nil, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0))
        defer { munmap(memory, 2 * page) }
        try #require(mprotect(memory + page, page, PROT_NONE) == 0)
        // d_ino, d_off, d_reclen, d_type and the name, filled up to eight bytes.
        let length = 24
        let entry = memory + page - length
        entry.storeBytes(of: UInt16(length), toByteOffset: 16, as: UInt16.self)
        entry.advanced(by: 19).copyMemory(from: Array("1353\0".utf8), byteCount: 5)
        #expect(DirectoryEntries.name(of: entry) == Array("1353".utf8))
    }
}

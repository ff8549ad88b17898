import Glibc
import Host

/// Makes an archive of a directory of this machine, for the sandbox to unpack: regular files only, never through a symbolic
/// link, and nothing that changes its kind while we look.
package struct DirectoryPacker {
    package private(set) var leftOut: [LeftOut] = []
    private var archive: [UInt8] = []
    private var fileCount = 0

    /// The archive, and what of the directory is not in it.
    /// - Throws: `badSource` where the directory can't be read or is larger than an archive may be.
    package static func pack(_ directory: String) throws(RunnerError) -> (archive: SourceArchive, leftOut: [LeftOut]) {
        let root = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard root >= 0 else { throw RunnerError(.badSource, "\(directory): \(String(cString: strerror(errno)))") }
        var packer = DirectoryPacker()
        try packer.addEntries(of: root, path: "", depth: 0)
        guard !packer.archive.isEmpty else { throw RunnerError(.badSource, packer.emptiness(of: directory)) }
        // Two empty blocks end an archive.
        packer.archive += [UInt8](repeating: 0, count: 1_024)
        return (try SourceArchive(packer.archive), packer.leftOut)
    }

    private func emptiness(of directory: String) -> String {
        let what =
            leftOut.isEmpty
            ? "" : " that can be looked at: \(leftOut.count) left out, such as \(leftOut[0].path), \(leftOut[0].reason.rawValue)"
        return "\(directory) holds no files\(what)"
    }

    /// Deeper than any source; each level holds a descriptor.
    private static let maximumDepth = 64

    /// Takes over the descriptor.
    private mutating func addEntries(of descriptor: Int32, path: String, depth: Int) throws(RunnerError) {
        guard depth < DirectoryPacker.maximumDepth, let directory = fdopendir(descriptor) else {
            close(descriptor)
            throw RunnerError(.badSource, "the directory \(path) is nested too deep")
        }
        defer { closedir(directory) }
        for name in DirectoryPacker.names(in: directory) {
            let inner = path.isEmpty ? name.text : path + "/" + name.text
            guard SourceListing.isPlain(inner), name.isWhole else {
                leftOut.append(LeftOut(path: DirectoryPacker.shown(inner), reason: .badName))
                continue
            }
            try add(name.text, in: descriptor, path: inner, depth: depth)
        }
    }

    private mutating func add(_ name: String, in parent: Int32, path: String, depth: Int) throws(RunnerError) {
        // Not blocking: opening a FIFO would wait for its other end.
        let descriptor = openat(parent, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else {
            let reason: LeftOut.Reason = errno == ELOOP ? .symbolicLink : .specialFile
            guard errno == ELOOP || errno == ENXIO || errno == ENODEV else {
                throw RunnerError(.badSource, "\(path): \(String(cString: strerror(errno)))")
            }
            leftOut.append(LeftOut(path: path, reason: reason))
            return
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { close(descriptor); return }
        switch status.st_mode & S_IFMT {
        case S_IFDIR: try addEntries(of: descriptor, path: path, depth: depth + 1)
        case S_IFREG:
            defer { close(descriptor) }
            try addFile(descriptor, path: path, size: Int(status.st_size))
        default:
            close(descriptor)
            leftOut.append(LeftOut(path: path, reason: .specialFile))
        }
    }

    private mutating func addFile(_ descriptor: Int32, path: String, size: Int) throws(RunnerError) {
        fileCount += 1
        guard size <= SourceListing.maximumFileByteCount else {
            leftOut.append(LeftOut(path: path, reason: .tooLarge))
            return
        }
        guard archive.count + size <= SourceArchive.maximumByteCount, fileCount <= SourceListing.maximumFileCount else {
            throw RunnerError(.badSource, "the directory is larger than \(SourceArchive.maximumByteCount) bytes")
        }
        // A file that grows or shrinks meanwhile is taken as it is read.
        var bytes = [UInt8](repeating: 0, count: size)
        var filled = 0
        while filled < size {
            let count = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress.map { $0 + filled }, size - filled) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            filled += count
        }
        bytes.removeLast(size - filled)
        archive += TarHeader.member(path, bytes)
    }

    /// Sorted, so that the same directory always gives the same archive.
    private static func names(in directory: OpaquePointer) -> [(text: String, isWhole: Bool)] {
        var names: [(text: String, isWhole: Bool)] = []
        while let bytes = DirectoryEntries.next(in: directory) {
            names.append((String(decoding: bytes, as: UTF8.self), String(validating: bytes, as: UTF8.self) != nil))
        }
        return names.sorted { $0.text.utf8.lexicographicallyPrecedes($1.text.utf8) }
    }

    private static func shown(_ path: String) -> String {
        String(String.UnicodeScalarView(path.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? "\u{FFFD}" : $0 }))
    }
}

/// Members of a tar archive (pax, "ustar Interchange Format"), with GNU's long names where a path has no room in a header.
enum TarHeader {
    static func member(_ path: String, _ bytes: [UInt8]) -> [UInt8] {
        let name = Array(path.utf8)
        guard name.count > 100 else { return block(name, size: bytes.count, kind: "0") + padded(bytes) }
        return block(Array("././@LongLink".utf8), size: name.count + 1, kind: "L") + padded(name + [0])
            + block(Array(name.prefix(100)), size: bytes.count, kind: "0") + padded(bytes)
    }

    private static func padded(_ bytes: [UInt8]) -> [UInt8] {
        bytes + [UInt8](repeating: 0, count: (512 - bytes.count % 512) % 512)
    }

    private static func block(_ name: [UInt8], size: Int, kind: Unicode.Scalar) -> [UInt8] {
        var block = [UInt8](repeating: 0, count: 512)
        func put(_ bytes: some Collection<UInt8>, at offset: Int) {
            block.replaceSubrange(offset..<(offset + bytes.count), with: bytes)
        }
        put(name, at: 0)
        put("0000644".utf8, at: 100)
        put("0000000".utf8, at: 108)
        put("0000000".utf8, at: 116)
        put(octal(size, digits: 11).utf8, at: 124)
        put("00000000000".utf8, at: 136)
        put("        ".utf8, at: 148)
        block[156] = UInt8(ascii: kind)
        put("ustar\u{0}00".utf8, at: 257)
        // The checksum is taken with its own field as spaces.
        let sum = block.reduce(0) { $0 + Int($1) }
        put(octal(sum, digits: 6).utf8, at: 148)
        put([0, UInt8(ascii: " ")], at: 154)
        return block
    }

    private static func octal(_ value: Int, digits: Int) -> String {
        let text = String(value, radix: 8)
        return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
    }
}

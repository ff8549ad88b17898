import Foundation

/// The members of a zip archive (APPNOTE 6.3.10) as its central directory lists them; `unzip -p` writes the bytes of all of them in that
/// order, one after the other.
struct ZipWalk: MemberWalk {
    private let file: String
    private let directory: FileHandle
    private var entryCount: Int
    private var bytesLeft: Int
    private var buffer: [UInt8] = []
    private var start = 0

    /// - Throws: `ArchiveError` where the file can't be read, or has no central directory: then it is not whole.
    init(file: String) throws {
        let handle = try FileHandle(reading: file)
        self.file = file
        directory = handle
        guard let end = try ZipEnd(handle) else { throw Self.damage(file) }
        (entryCount, bytesLeft) = (end.entryCount, end.directoryByteCount)
        try handle.seek(toOffset: UInt64(end.directoryOffset))
    }

    /// What gives the bytes.
    func unpacked() throws -> UnpackedFile {
        // A password that is wrong, where one is wanted: nobody is asked. With 1 it ends after warnings, like those of bytes before the
        // archive.
        // Its standard input has a name in which nothing is a pattern: `unzip` reads `a1.zip` where it is told `a[1].zip`.
        let arguments = ["-p", "-P", "none", "/proc/self/fd/0"]
        return try UnpackedFile(file, program: "unzip", arguments, harmlessStatuses: 0...1)
    }

    mutating func next(_ bytes: UnpackedFile) throws -> ArchiveMember? {
        while entryCount > 0 {
            entryCount -= 1
            let entry = try entry()
            // What is a directory has no bytes.
            if entry.name.hasSuffix("/"), entry.byteCount == 0 { continue }
            guard !entry.isEncrypted else { throw ArchiveError(reason: "\(file): \(entry.name) is encrypted") }
            guard entry.hasKnownMethod else {
                throw ArchiveError(reason: "\(file): \(entry.name) is packed by a method that unzip does not know")
            }
            return ArchiveMember(name: entry.name, byteCount: entry.byteCount)
        }
        guard try bytes.chunk().isEmpty, bytes.failure == nil else { throw Self.damage(file) }
        return nil
    }

    mutating func finish(_ member: ArchiveMember, _ bytes: UnpackedFile) {}

    private static func damage(_ file: String) -> ArchiveError { ArchiveError(reason: "\(file) is not a whole zip archive") }

    private mutating func entry() throws -> ZipEntry {
        try fill(ZipEntry.fixedByteCount)
        guard let lengths = ZipEntry.lengths(buffer[start...]) else { throw Self.damage(file) }
        try fill(lengths)
        defer { start += lengths }
        guard let entry = ZipEntry(buffer[start..<(start + lengths)]) else { throw Self.damage(file) }
        return entry
    }

    /// Makes so many bytes of the directory lie in the buffer.
    private mutating func fill(_ count: Int) throws {
        while buffer.count - start < count {
            buffer.removeFirst(start)
            start = 0
            let chunk = try directory.read(upToCount: min(UnpackedFile.chunkByteCount, bytesLeft)) ?? Data()
            guard !chunk.isEmpty else { throw Self.damage(file) }
            bytesLeft -= chunk.count
            buffer += chunk
        }
    }
}

/// One entry of a central directory (4.3.12).
private struct ZipEntry {
    let name: String
    let byteCount: Int
    let isEncrypted: Bool
    let hasKnownMethod: Bool

    static let fixedByteCount = 46
    private static let signature: UInt64 = 0x0201_4B50
    /// Stored, deflated, deflate64, bzip2.
    private static let methods: Set<UInt64> = [0, 8, 9, 12]

    /// The bytes of the whole entry, by its first ones; nil where it is none.
    static func lengths(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard bytes.number(at: 0, 4) == signature else { return nil }
        return fixedByteCount + [28, 30, 32].reduce(0) { $0 + Int(bytes.number(at: $1, 2)) }
    }

    init?(_ bytes: ArraySlice<UInt8>) {
        let nameLength = Int(bytes.number(at: 28, 2))
        let extra = bytes.dropFirst(Self.fixedByteCount + nameLength).prefix(Int(bytes.number(at: 30, 2)))
        guard let size = Self.size(bytes.number(at: 24, 4), extra), let byteCount = Int(exactly: size) else { return nil }
        name = String(decoding: bytes.dropFirst(Self.fixedByteCount).prefix(nameLength), as: UTF8.self)
        self.byteCount = byteCount
        isEncrypted = bytes.number(at: 8, 2) & 1 != 0
        hasKnownMethod = Self.methods.contains(bytes.number(at: 10, 2))
    }

    /// The unpacked size: in the extra field of Zip64 (4.5.3) where it has no place in the entry.
    private static func size(_ size: UInt64, _ extra: ArraySlice<UInt8>) -> UInt64? {
        guard size == 0xFFFF_FFFF else { return size }
        var rest = extra
        while rest.count >= 4 {
            let length = Int(rest.number(at: 2, 2))
            if rest.number(at: 0, 2) == 1 { return length >= 8 && rest.count >= 12 ? rest.number(at: 4, 8) : nil }
            rest = rest.dropFirst(4 + length)
        }
        return nil
    }
}

/// Where the central directory lies, by the record that ends the archive (4.3.16, with Zip64 4.3.14).
private struct ZipEnd {
    let entryCount: Int
    let directoryByteCount: Int
    let directoryOffset: Int

    private static let signature: [UInt8] = [0x50, 0x4B, 0x05, 0x06]
    private static let byteCount = 22
    private static let maximumCommentLength = 0xFFFF

    /// Nil where the file has no such record, or one that contradicts it.
    init?(_ handle: FileHandle) throws {
        let length = Int(try handle.seekToEnd())
        let tailStart = max(0, length - Self.byteCount - Self.maximumCommentLength - ZipEnd.locatorByteCount)
        try handle.seek(toOffset: UInt64(tailStart))
        let tail = [UInt8](try handle.read(upToCount: length - tailStart) ?? Data())
        guard let place = Self.place(in: tail) else { return nil }
        let record = tail[place...]
        var (count, size) = (record.number(at: 10, 2), record.number(at: 12, 4))
        var end = tailStart + place
        if let (record, recordOffset) = try Self.zip64(before: place, in: tail, handle) {
            (count, size) = (record.number(at: 32, 8), record.number(at: 40, 8))
            end = recordOffset
        }
        guard let entryCount = Int(exactly: count), let size = Int(exactly: size), size <= end else { return nil }
        self.entryCount = entryCount
        directoryByteCount = size
        // By where it ends, and not by the offset: what stands before an archive moves everything.
        directoryOffset = end - size
    }

    /// The last one whose comment ends the file.
    private static func place(in tail: [UInt8]) -> Int? {
        guard tail.count >= byteCount else { return nil }
        return stride(from: tail.count - byteCount, through: 0, by: -1).first { place in
            tail[place..<(place + 4)].elementsEqual(signature)
                && place + byteCount + Int(tail[place...].number(at: 20, 2)) == tail.count
        }
    }

    private static let locatorByteCount = 20

    /// The record of Zip64, where a locator before the end says where it is.
    private static func zip64(
        before place: Int, in tail: [UInt8], _ handle: FileHandle
    ) throws -> (record: ArraySlice<UInt8>, offset: Int)? {
        guard place >= locatorByteCount, case let locator = tail[(place - locatorByteCount)...],
            locator.number(at: 0, 4) == 0x0706_4B50,
            let offset = Int(exactly: locator.number(at: 8, 8))
        else { return nil }
        try handle.seek(toOffset: UInt64(offset))
        let record = [UInt8](try handle.read(upToCount: 56) ?? Data())
        return record.count == 56 && record[...].number(at: 0, 4) == 0x0606_4B50 ? (record[...], offset) : nil
    }
}

extension ArraySlice<UInt8> {
    /// A number of so many bytes, the lowest first; 0 where there are not as many.
    fileprivate func number(at offset: Int, _ count: Int) -> UInt64 {
        let field = dropFirst(offset).prefix(count)
        return field.count < count ? 0 : field.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}

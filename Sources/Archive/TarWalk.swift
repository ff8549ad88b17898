/// The members of a tar archive (POSIX.1-2024 `pax`, ustar interchange format), with the long names of pax and of GNU tar.
struct TarWalk: MemberWalk {
    private let file: String
    private var isAtEnd = false

    init(file: String) { self.file = file }

    private static let blockByteCount = 512
    /// What a name or the records of a pax header may take.
    private static let maximumHeaderByteCount = 1 << 20
    /// What a member may claim to take: as much as GNU tar's own way of writing large sizes says, and more than any file has.
    private static let maximumMemberByteCount = 1 << 56

    mutating func next(_ bytes: UnpackedFile) throws -> ArchiveMember? {
        var longName: String?
        var longSize: Int?
        while !isAtEnd {
            let block = try bytes.bytes(Self.blockByteCount)
            guard !block.isEmpty else { throw cut(bytes, "before the zero block that ends an archive") }
            if block.count == Self.blockByteCount, block.allSatisfy({ $0 == 0 }) {
                try end(bytes)
                isAtEnd = true
                break
            }
            guard let header = TarHeader(block) else {
                throw ArchiveError(
                    reason: "\(file) is damaged or no tar archive: no header at byte \(bytes.offset - block.count)")
            }
            switch header.type {
            case UInt8(ascii: "L"): longName = TarHeader.text(try content(header, bytes)[...])
            case UInt8(ascii: "x"):
                let records = PaxRecords(try content(header, bytes))
                longName = records["path"] ?? longName
                longSize = try records["size"].map { try size($0, bytes) } ?? longSize
            case UInt8(ascii: "0"), UInt8(ascii: "7"), 0:
                return ArchiveMember(name: longName ?? header.name, byteCount: longSize ?? header.byteCount)
            default:
                // Directories and links have no bytes; of what is of no known kind POSIX says that it is to be passed.
                let isEmpty = (UInt8(ascii: "1")...UInt8(ascii: "6")).contains(header.type)
                let member = ArchiveMember(
                    name: longName ?? header.name, byteCount: isEmpty ? 0 : longSize ?? header.byteCount)
                guard try bytes.pass(member.byteCount) else { throw cut(bytes, "within \(member.name)") }
                try finish(member, bytes)
                (longName, longSize) = (nil, nil)
            }
        }
        return nil
    }

    mutating func finish(_ member: ArchiveMember, _ bytes: UnpackedFile) throws {
        let padding = (Self.blockByteCount - member.byteCount % Self.blockByteCount) % Self.blockByteCount
        guard try bytes.pass(padding) else { throw cut(bytes, "behind \(member.name)") }
    }

    private mutating func content(_ header: TarHeader, _ bytes: UnpackedFile) throws -> [UInt8] {
        guard header.byteCount <= Self.maximumHeaderByteCount else {
            throw ArchiveError(reason: "\(file) is damaged: a name of \(header.byteCount) bytes")
        }
        let content = try bytes.bytes(header.byteCount)
        guard content.count == header.byteCount else { throw cut(bytes, "within the name of a member") }
        try finish(ArchiveMember(name: "the name of a member", byteCount: header.byteCount), bytes)
        return content
    }

    /// A pax record of a size: decimal digits (POSIX.1-2024 `pax`, "pax Extended Header").
    private func size(_ text: String, _ bytes: UnpackedFile) throws -> Int {
        guard let size = Int(text), (0...Self.maximumMemberByteCount).contains(size) else {
            throw ArchiveError(reason: "\(file) is damaged: a size of “\(text.prefix(40))” before byte \(bytes.offset)")
        }
        return size
    }

    private func cut(_ bytes: UnpackedFile, _ place: String) -> ArchiveError {
        let cause = bytes.failure.map { ", \($0)" } ?? ""
        return ArchiveError(reason: "\(file) is damaged: it is cut off at byte \(bytes.offset), \(place)\(cause)")
    }

    /// Behind the last member stands padding, and the program that unpacks has to end well.
    private func end(_ bytes: UnpackedFile) throws {
        while try !bytes.chunk().isEmpty {}
        if let failure = bytes.failure { throw ArchiveError(reason: "\(file) is damaged: \(failure)") }
    }
}

/// The header of one member: a block of 512 bytes.
struct TarHeader {
    let name: String
    let byteCount: Int
    let type: UInt8

    /// Nil where it is too short, or its sum is wrong.
    init?(_ block: [UInt8]) {
        guard block.count == 512, let sum = Self.number(block[148..<156]), let byteCount = Self.number(block[124..<136]),
            byteCount >= 0
        else { return nil }
        // The field of the sum itself counts as blanks.
        let found = block.enumerated().reduce(0) { $0 + ((148..<156).contains($1.offset) ? 0x20 : Int($1.element)) }
        guard found == sum else { return nil }
        let isPOSIX = block[257..<263].elementsEqual([0x75, 0x73, 0x74, 0x61, 0x72, 0x00])
        let prefix = isPOSIX ? Self.text(block[345..<500]) : ""
        name = (prefix.isEmpty ? "" : prefix + "/") + Self.text(block[0..<100])
        self.byteCount = byteCount
        type = block[156]
    }

    /// Up to the first zero.
    static func text(_ field: ArraySlice<UInt8>) -> String { String(decoding: field.prefix { $0 != 0 }, as: UTF8.self) }

    /// Octal digits, or as GNU tar writes large numbers: the first bit set, then the number itself.
    private static func number(_ field: ArraySlice<UInt8>) -> Int? {
        if let first = field.first, first & 0x80 != 0 {
            let digits = [first & 0x7F] + field.dropFirst()
            guard digits.dropLast(7).allSatisfy({ $0 == 0 }) else { return nil }
            return digits.reduce(0) { $0 << 8 | Int($1) }
        }
        let digits = field.drop { $0 == 0x20 }.prefix { $0 != 0x20 && $0 != 0 }
        return digits.isEmpty ? 0 : Int(String(decoding: digits, as: UTF8.self), radix: 8)
    }
}

/// The records of a pax extended header: `length key=value\n` each.
private struct PaxRecords {
    private var values: [String: String] = [:]

    init(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while let space = rest.firstIndex(of: 0x20), let length = Int(String(decoding: rest[..<space], as: UTF8.self)),
            length > space - rest.startIndex + 1, length <= rest.count
        {
            let record = rest[(space + 1)..<(rest.startIndex + length)].dropLast()
            if let equals = record.firstIndex(of: UInt8(ascii: "=")) {
                values[String(decoding: record[..<equals], as: UTF8.self)] = String(
                    decoding: record[(equals + 1)...], as: UTF8.self)
            }
            rest = rest.dropFirst(length)
        }
    }

    subscript(key: String) -> String? { values[key] }
}

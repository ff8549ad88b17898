import Glibc

/// The names in an open directory, read as readdir(3) gives them.
package enum DirectoryEntries {
    /// The next name, as the file system holds it: any bytes but `/` and zero. `.` and `..` are passed over.
    /// - Parameter directory: the stream that `opendir` or `fdopendir` opened, used by one thread at a time.
    /// - Returns: nil at the end.
    package static func next(in directory: OpaquePointer) -> [UInt8]? {
        while let entry = readdir(directory) {
            let name = name(of: UnsafeRawPointer(entry))
            if name != [dot], name != [dot, dot] { return name }
        }
        return nil
    }

    /// The name of one `dirent`. Only its `d_reclen` bytes are there: Swift takes `d_name` for 256 of them whatever the name's length, and
    /// copying those out of the last entry of a full buffer reads memory that is nobody's.
    static func name(of entry: UnsafeRawPointer) -> [UInt8] {
        let length = Int(entry.loadUnaligned(fromByteOffset: lengthOffset, as: CUnsignedShort.self))
        return UnsafeRawBufferPointer(start: entry, count: length).dropFirst(nameOffset).prefix { $0 != 0 }.map(\.self)
    }

    private static let dot = UInt8(ascii: ".")
    /// Every stored property has an offset.
    private static let lengthOffset = MemoryLayout<dirent>.offset(of: \.d_reclen) ?? 0
    private static let nameOffset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 0
}

import Foundation
import Sealing

/// Why a data directory can't be opened, and what to do about it.
struct OpeningFailure: Error, CustomStringConvertible {
    let reason: String
    var description: String { reason }
}

/// The secrets of a data directory, each a file of hexadecimal digits made on first use.
struct KeyFiles {
    let directory: String
    /// False for the keys of a journal that is there already: a new key would open nothing of it.
    private let mayMake: Bool

    init(directory: String, mayMake: Bool = true) throws {
        self.directory = directory
        self.mayMake = mayMake
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700]
        )
    }

    func bytes(_ name: String) throws -> [UInt8] {
        let text = try text(name, default: Hexadecimal.encode(DataDirectory.random(32)))
        guard let bytes = Hexadecimal.decode(text), bytes.count == 32 else {
            throw OpeningFailure(reason: "\(directory)/\(name) is not 64 hexadecimal digits")
        }
        return bytes
    }

    /// What the file holds, made now if there is none. Of several starts at once, one makes it and all answer that.
    func text(_ name: String, default fallback: String) throws -> String {
        if let known = existingText(name) { return known }
        let file = "\(directory)/\(name)"
        guard mayMake else { throw OpeningFailure(reason: "\(file) is missing; bring it back from a backup") }
        let temporary = try KeyFiles.writeTemporary(fallback + "\n", for: file)
        defer { unlink(temporary) }
        // Unlike rename(2), link(2) replaces nothing: a key that another start is already using must not be overwritten.
        if link(temporary, file) == 0 { return fallback }
        guard errno == EEXIST, let known = existingText(name) else { throw KeyFiles.cannotWrite(file) }
        return known
    }

    func existingText(_ name: String) -> String? {
        FileManager.default.contents(atPath: "\(directory)/\(name)").map {
            String(decoding: $0, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        }
    }

    /// A file beside `file` that no other process writes, synced.
    private static func writeTemporary(_ text: String, for file: String) throws -> String {
        let temporary = "\(file).new-\(getpid())"
        guard
            FileManager.default.createFile(
                atPath: temporary, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600]
            ), let handle = FileHandle(forWritingAtPath: temporary)
        else { throw cannotWrite(file) }
        try handle.synchronize()
        try handle.close()
        return temporary
    }

    private static func cannotWrite(_ file: String) -> OpeningFailure {
        OpeningFailure(reason: "\(file) can't be written")
    }
}

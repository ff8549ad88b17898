import ArgumentParser
import Foundation
import JSONText
import Sealing

/// The answers of a bulk transfer in a file, one JSON object a line. Each names the line it answers by its SHA-256, so that only the
/// very same bytes count as taken: a line that was changed, or is of another file, is sent.
struct BulkResults {
    private let handle: FileHandle
    private var taken: Set<String>

    /// Opens the file, or makes it. Half a line, left by a transfer that was killed, is taken out.
    /// - Throws: `ValidationError` for a file of something else, or one that can't be written.
    init(_ file: String) throws {
        let text = FileManager.default.contents(atPath: file) ?? Data()
        if text.isEmpty { _ = FileManager.default.createFile(atPath: file, contents: nil) }
        guard let handle = FileHandle(forUpdatingAtPath: file) else { throw ValidationError("\(file) can't be written") }
        let end = text.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        do {
            let answers = try text[..<end].split(separator: UInt8(ascii: "\n")).map { try JSONValue(parsing: Array($0)) }
            taken = Set(answers.filter { $0["status"]?.integer == 201 }.compactMap { $0["sha256"]?.string })
        } catch {
            throw ValidationError("\(file) does not hold answers of a bulk transfer: \(error)")
        }
        try handle.truncate(atOffset: UInt64(end))
        try handle.seekToEnd()
        self.handle = handle
    }

    /// Whether an earlier transfer handed these bytes in. What was refused is not: the clearinghouse may take it now.
    func holds(_ line: BulkLine) -> Bool { taken.contains(line.digest) }

    mutating func add(_ answer: [UInt8]) throws { try handle.write(contentsOf: Data(answer)) }
}

/// A line of a file that is handed in.
struct BulkLine {
    /// In the file, from 1; empty lines count.
    let number: Int
    let bytes: [UInt8]

    var digest: String { Digest(hashing: bytes).hex }

    /// The lines of a file, without the empty ones, which are neither sent nor answered.
    static func all(in bytes: [UInt8]) -> [BulkLine] {
        bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated()
            .filter { !$0.element.isEmpty }
            .map { BulkLine(number: $0.offset + 1, bytes: Array($0.element)) }
    }

    /// The server's answer with the line's place in the file and its digest, as a line.
    func answered(_ answer: ArraySlice<UInt8>) throws -> (isTaken: Bool, bytes: [UInt8]) {
        var members = try JSONValue(parsing: Array(answer)).object ?? JSONObject([])
        members["line"] = .number(JSONNumber(Int64(number)))
        members["sha256"] = .string(digest)
        return (members["status"]?.integer == 201, JSONValue.object(members).bytes() + [UInt8(ascii: "\n")])
    }
}

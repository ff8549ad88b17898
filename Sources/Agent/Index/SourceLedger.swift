import Archive
import CivilTime
import Sealing

/// Which files of advisories were taken into an index, how far, and what of them was refused: lines of fields between tabs.
///
/// It goes with the number of files and not with their content. What can't be read of it is not known: those files are read anew.
package struct SourceLedger: Sendable, Equatable {
    /// By absolute path.
    package private(set) var records: [String: SourceRecord] = [:]

    /// The first line; another one means another layout, and every file is read anew. In the first one documents of a zip were counted in
    /// the order of their names, now it is the archive's.
    private static let title = "breakwater ledger 2"

    package init() {}

    package subscript(path: String) -> SourceRecord? {
        get { records[path] }
        set { records[path] = newValue }
    }

    /// Records beyond which those of files that are gone are forgotten: a mirror that comes to a new place each day leaves no trace of
    /// the days before. A file that comes back is read again.
    package static let standardMaximumCount = 100_000

    /// These records in the place of older ones of the same files.
    package mutating func take(
        _ newer: [String: SourceRecord], maximumCount: Int = standardMaximumCount, isThere: (String) -> Bool
    ) {
        records.merge(newer) { $1 }
        if records.count > maximumCount { records = records.filter { newer[$0.key] != nil || isThere($0.key) } }
    }
}

// MARK: text
extension SourceLedger {
    var text: [UInt8] {
        var text = Array((Self.title + "\n").utf8)
        for (path, record) in records.sorted(by: { $0.key < $1.key }) { Self.write(path, record, &text) }
        return text
    }

    private static func write(_ path: String, _ record: SourceRecord, _ text: inout [UInt8]) {
        func line(_ fields: [String]) {
            text += fields.map(\.escaped).joined(separator: "\t").utf8
            text.append(UInt8(ascii: "\n"))
        }
        func fields(_ refusal: Refusal) -> [String] {
            ["\(refusal.tries)", "\(refusal.nextTry.millisecondsSinceEpoch)", refusal.reason]
        }
        line([
            "source", path, "\(record.version.byteCount)", "\(record.version.modified)", "\(record.place.documentCount)",
            "\(record.place.byteCount)", record.prefix?.hex ?? "-", record.isFinished ? "finished" : "begun",
            "\(record.takenCount)", "\(record.foreignCount)", record.version.statusChanged.map { "\($0)" } ?? "-",
            record.version.number.map { "\($0)" } ?? "-"
        ])
        for document in record.refused { line(["refused", "\(document.number)", document.name] + fields(document.refusal)) }
        if let refusal = record.unlisted { line(["more", "\(record.unlistedCount)"] + fields(refusal)) }
        if let refusal = record.failure { line(["failed"] + fields(refusal)) }
    }

    /// Nil where the text is no ledger of this layout.
    init?(parsing text: [UInt8]) {
        var lines = text.split(separator: UInt8(ascii: "\n")).makeIterator()
        guard let title = lines.next(), title.elementsEqual(Self.title.utf8) else { return nil }
        var current: (path: String, record: SourceRecord)?
        while let line = lines.next() {
            let fields = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
                .map { String(decoding: $0, as: UTF8.self).unescaped }
            if fields[0] == "source" {
                if let current { records[current.path] = current.record }
                guard let record = SourceRecord(fields: fields.dropFirst(2)) else { return nil }
                current = (fields[1], record)
            } else {
                guard current?.record.add(fields) == true else { return nil }
            }
        }
        if let current { records[current.path] = current.record }
    }
}

extension SourceRecord {
    fileprivate init?(fields: ArraySlice<String>) {
        let fields = Array(fields)
        // Of a version there was only the size and the time of change, once.
        guard fields.count == 8 || fields.count == 10, let byteCount = Int(fields[0]), let modified = Int64(fields[1]),
            let documents = Int(fields[2]),
            let bytes = Int(fields[3]), let taken = Int(fields[6]), let foreign = Int(fields[7]), documents >= 0, bytes >= 0,
            fields[5] == "finished" || fields[5] == "begun"
        else { return nil }
        var version = FileVersion(byteCount: byteCount, modified: modified)
        if fields.count == 10, fields[8] != "-" || fields[9] != "-" {
            guard let statusChanged = Int64(fields[8]), let number = UInt64(fields[9]) else { return nil }
            (version.statusChanged, version.number) = (statusChanged, number)
        }
        self.init(version: version)
        place = AdvisoryArchive.Place(documentCount: documents, byteCount: bytes)
        if fields[4] != "-" {
            guard let digest = Digest(hex: fields[4]) else { return nil }
            prefix = digest
        }
        isFinished = fields[5] == "finished"
        takenCount = taken
        foreignCount = foreign
    }

    /// Takes a line that is about the source before it; false where it is none.
    fileprivate mutating func add(_ fields: [String]) -> Bool {
        guard fields.count > 3, let refusal = Refusal(fields: fields.suffix(3)) else { return false }
        switch (fields[0], fields.count) {
        case ("refused", 6):
            guard let number = Int(fields[1]) else { return false }
            restore(RefusedDocument(number: number, name: fields[2], refusal: refusal))
        case ("more", 5):
            guard let count = Int(fields[1]) else { return false }
            restore(unlisted: count, refusal)
        case ("failed", 4): restore(failure: refusal)
        default: return false
        }
        return true
    }
}

extension Refusal {
    fileprivate init?(fields: ArraySlice<String>) {
        let fields = Array(fields)
        guard let tries = Int(fields[0]), tries > 0, let nextTry = Int64(fields[1]) else { return nil }
        self.init(reason: fields[2], tries: tries, nextTry: Timestamp(millisecondsSinceEpoch: nextTry))
    }
}

extension String {
    /// Without what ends a field or a line: names of files and reasons may hold anything.
    fileprivate var escaped: String {
        guard utf8.contains(where: { $0 == 0x5C || $0 == 0x09 || $0 == 0x0A }) else { return self }
        let bytes = utf8.flatMap { byte in
            switch byte {
            case 0x5C: Array("\\\\".utf8)
            case 0x09: Array("\\t".utf8)
            case 0x0A: Array("\\n".utf8)
            default: [byte]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    fileprivate var unescaped: String {
        guard utf8.contains(0x5C) else { return self }
        var text: [UInt8] = []
        var isEscape = false
        for byte in utf8 {
            if isEscape {
                text.append(byte == UInt8(ascii: "t") ? 0x09 : byte == UInt8(ascii: "n") ? 0x0A : byte)
                isEscape = false
            } else if byte == 0x5C {
                isEscape = true
            } else {
                text.append(byte)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}

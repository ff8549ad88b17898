package import AdvisoryFormats
import CivilTime
import JSONText

/// One document that an index did not take, or a file that could not be read to its end; whole, where a summary keeps the first ones.
package struct IntakeRefusal: Sendable {
    /// The absolute path of the file.
    package let source: String
    /// The document's number in it, from 1; nil where it is the file itself.
    package let number: Int?
    /// What reports call it.
    package let name: String
    /// What it says of itself; nil where it could not be read.
    package let document: RefusedAdvisoryDocument?
    /// Every reason, in the order of the document.
    package let reasons: [String]

    /// One line of NDJSON: `{"source","document","name","id","format","reasons"}`, without what there is not.
    package var line: [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("source", source)
            writer.member("document", ifPresent: number.map(Int64.init))
            writer.member("name", name)
            writer.member("id", ifPresent: document?.id)
            writer.member("format", ifPresent: document?.format?.rawValue)
            writer.member("reasons", ifNotEmpty: reasons)
        }
        return writer.finish() + [0x0A]
    }
}

extension SourceLedger {
    /// Everything that is known to be refused, as lines of NDJSON: `{"source","document","name","reason","tries","next_try"}`. Of what is
    /// beyond those that are listed one by one there is a line with their number in `unlisted`.
    package func writeRefusals(to output: ([UInt8]) throws -> Void) rethrows {
        for (path, record) in records.sorted(by: { $0.key < $1.key }) {
            for document in record.refused {
                try output(
                    Self.line(path, document.refusal) { writer in
                        writer.member("document", Int64(document.number))
                        writer.member("name", document.name)
                    })
            }
            if let refusal = record.unlisted {
                try output(Self.line(path, refusal) { $0.member("unlisted", Int64(record.unlistedCount)) })
            }
            if let refusal = record.failure { try output(Self.line(path, refusal) { _ in }) }
        }
    }

    private static func line(_ path: String, _ refusal: Refusal, _ members: (inout JSONWriter) -> Void) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("source", path)
            members(&writer)
            writer.member("reason", refusal.reason)
            writer.member("tries", Int64(refusal.tries))
            writer.member("next_try", refusal.nextTry.description)
        }
        return writer.finish() + [0x0A]
    }
}

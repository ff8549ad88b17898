import Clearinghouse
import HTTPTypes
import Hummingbird
import NIOCore
import Sealing

/// An attachment on its way out, a chunk at a time.
struct AttachmentDownload: Sendable {
    let call: Call

    /// - Throws: `notFound`, `notYet`; before the first byte is sent.
    func response() async throws -> Response {
        let attachments = call.rooms.attachments
        let principal = try call.caller()
        let attachment = try await attachments.attachment(try call.parameter("attachment"), for: principal)
        let size = attachment.sizeInBytes
        guard attachment.completed != nil else {
            throw Refusal(.notYet, "the attachment is not complete", place: "byte \(attachment.receivedByteCount)")
        }
        var headers: HTTPFields = [
            // Never what the finder says it is: no browser is to show a stranger's file as a page of this site.
            .contentType: "application/octet-stream", .acceptRanges: "bytes", .eTag: "\"\(attachment.digest.hex)\"",
            .contentDisposition: "attachment; filename*=UTF-8''\(PercentEncoding.encode(attachment.name))",
            .cacheControl: "private, no-store"
        ]
        switch ByteRange.asked(call.request.headers, of: size, entity: attachment.digest.hex) {
        case .whole:
            return Response(status: .ok, headers: headers, body: body(attachment.identifier, 0..<size, principal))
        case .part(let range):
            headers[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(size)"
            return Response(
                status: .partialContent, headers: headers, body: body(attachment.identifier, range, principal)
            )
        case .unsatisfiable:
            var response = Problem.response(416, "range-not-satisfiable", "the attachment has \(size) bytes")
            response.headers[.contentRange] = "bytes */\(size)"
            return response
        }
    }

    private func body(_ attachment: String, _ range: Range<Int64>, _ principal: Principal) -> ResponseBody {
        let attachments = call.rooms.attachments
        return ResponseBody(contentLength: Int(range.upperBound - range.lowerBound)) { writer in
            var position = range.lowerBound
            while position < range.upperBound {
                let bytes = try await attachments.bytes(of: attachment, from: position, for: principal)
                    .prefix(Int(range.upperBound - position))
                try await writer.write(ByteBuffer(bytes: bytes))
                position += Int64(bytes.count)
            }
            try await writer.finish(nil)
        }
    }
}

/// What a request asks for of a body of known length (RFC 9110 §14.2).
enum ByteRange: Equatable {
    case whole
    case part(Range<Int64>)
    case unsatisfiable

    /// Several ranges, other units and what is not understood ask for the whole: a server may ignore a Range. So does a range of
    /// something else than what there is (`If-Range`).
    static func asked(_ headers: HTTPFields, of size: Int64, entity: String) -> ByteRange {
        guard let value = headers[.range] else { return .whole }
        if let condition = headers[.ifRange], condition != "\"\(entity)\"" { return .whole }
        return ByteRange(value, of: size)
    }

    init(_ value: String, of size: Int64) {
        let unit = "bytes="
        let ends = value.dropFirst(unit.count).split(separator: "-", omittingEmptySubsequences: false)
        guard value.lowercased().hasPrefix(unit), ends.count == 2,
            ends.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
        else {
            self = .whole
            return
        }
        // Positions beyond what a number holds are beyond the end too.
        let (first, last) = (Int64(ends[0]) ?? .max, Int64(ends[1]) ?? .max)
        switch (ends[0].isEmpty, ends[1].isEmpty) {
        case (true, true): self = .whole
        case (true, false): self = last == 0 || size == 0 ? .unsatisfiable : .part(max(0, size - last)..<size)
        case (false, true): self = first < size ? .part(first..<size) : .unsatisfiable
        case (false, false) where last < first: self = .whole
        case (false, false): self = first < size ? .part(first..<min(last, size - 1) + 1) : .unsatisfiable
        }
    }
}

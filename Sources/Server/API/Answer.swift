import HTTPTypes
import Hummingbird
import JSONText
import NIOCore

/// Successful responses.
enum Answer {
    static func json(_ value: JSONValue, status: Int = 200) -> Response {
        bytes(value.bytes(), "application/json", status: status)
    }

    static func bytes(_ bytes: [UInt8], _ mediaType: String, status: Int = 200) -> Response {
        Response(
            status: .init(code: status), headers: [.contentType: mediaType],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        )
    }

    /// What nobody keeps on the way, nor a browser after it was read.
    static func unstored(_ response: Response) -> Response {
        var response = response
        response.headers[.cacheControl] = "private, no-store"
        return response
    }

    static func text(_ text: String, _ mediaType: String = "text/plain; charset=utf-8") -> Response {
        bytes(Array(text.utf8), mediaType)
    }
}

import AdvisoryFormats
import Clearinghouse

extension Call {
    /// The key under which the caller may repeat the request; nil where it gave none.
    /// - Throws: `malformed` for one that breaks the rule of keys inside documents.
    func idempotencyKey() throws -> String? {
        guard let key = header("Idempotency-Key") else { return nil }
        let limit = FindingDocument.maximumKeyBytes
        guard (1...limit).contains(key.utf8.count), key.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else {
            throw Refusal(
                .malformed, "an idempotency key is 1 to \(limit) printable ASCII characters", place: "header Idempotency-Key"
            )
        }
        return key
    }
}

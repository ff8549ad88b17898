import Archive
import Clearinghouse
import Dispatch

extension Call {
    /// The whole body, unpacked where it is compressed; both forms are held to the limit.
    ///
    /// The programs that unpack are waited for on a thread that answers nobody else.
    /// - Throws: `tooLarge`; `malformed` where it can't be unpacked.
    func unpackedBytes() async throws -> [UInt8] {
        let (packed, limit) = (try await bytes(), maximumByteCount)
        return try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(
                    with: Result {
                        do {
                            return try PackedDocument.unpacked(packed, name: "the body", maximumByteCount: limit)
                        } catch let error as ArchiveError {
                            throw Refusal(error.isTooLarge ? .tooLarge : .malformed, error.reason, place: "byte 0")
                        }
                    }
                )
            }
        }
    }
}

internal import Crypto

/// HMAC-SHA256 (RFC 2104, FIPS 198-1) of a message under a key.
///
/// Use it to derive an identifier that only the key's holder can recompute. The result is a plain `Digest`, whose
/// comparison is not constant in time: to *check* a code that someone else sent, derive and compare digests of both.
/// Any key length is allowed; 32 random bytes is the right one.
public func keyedDigest(key: [UInt8], message: [UInt8]) -> Digest {
    message.withUnsafeBytes { keyedDigest(key: key, message: $0) }
}

/// HMAC-SHA256 of the bytes in a buffer; see `keyedDigest(key:message:)`.
public func keyedDigest(key: [UInt8], message: UnsafeRawBufferPointer) -> Digest {
    var code = HMAC<SHA256>(key: SymmetricKey(data: key))
    code.update(data: message)
    return Digest(storage: code.finalize().withUnsafeBytes { bytes in InlineArray { bytes[$0] } })
}

extension Digest {
    /// The 64 lowercase hexadecimal digits of the bytes.
    public var hex: String {
        withUnsafeBytes { Hexadecimal.encode($0) }
    }

    /// The digest that 64 hexadecimal digits write, or nil for anything else. Both letter cases are read, since SBOMs
    /// and advisories use both; `hex` writes only the lower one.
    public init?(hex: String) {
        guard let bytes = Hexadecimal.decode(hex) else { return nil }
        self.init(bytes: bytes)
    }

    /// The 44 characters of standard Base 64 (RFC 4648 section 4) of the bytes.
    public var base64: String {
        withUnsafeBytes { Base64.encode($0) }
    }

    /// The digest that 44 characters of standard Base 64 write, or nil for anything else, non-canonical forms included.
    public init?(base64: String) {
        guard base64.utf8.count == 44, let bytes = try? Base64.decode(base64) else { return nil }
        self.init(bytes: bytes)
    }
}

/// The name under which an index finds a package: the ecosystem's (without a release) and the package's own, normalised.
enum PackageName {
    static func hash(ecosystem: String, name: String) -> UInt64 {
        var hash = hash(ofEcosystem: ecosystem)
        withBytes(of: name) { hash.combine($0) }
        return hash.value
    }

    /// What the hash of every package of an ecosystem begins with.
    static func hash(ofEcosystem ecosystem: String) -> WordHash {
        var hash = WordHash()
        withBytes(of: ecosystem) { hash.combine($0) }
        return hash
    }

    /// Lends the UTF-8 of a text, without a copy.
    @inline(__always)
    static func withBytes<Result>(of text: String, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        text.utf8Span.span.bytes.withUnsafeBytes(body)
    }
}

/// The name under which an index finds a package: the ecosystem's (without a release) and the package's own, normalised.
enum PackageName {
    static func hash(ecosystem: String, name: String) -> UInt64 {
        withBytes(of: ecosystem) { ecosystem in withBytes(of: name) { hash(ecosystem: ecosystem, name: $0) } }
    }

    @inline(__always)
    static func hash(ecosystem: UnsafeRawBufferPointer, name: UnsafeRawBufferPointer) -> UInt64 {
        var hash = WordHash()
        hash.combine(ecosystem)
        hash.combine(name)
        return hash.value
    }

    /// Lends the UTF-8 of a text, without a copy.
    @inline(__always)
    static func withBytes<Result>(of text: String, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        text.utf8Span.span.bytes.withUnsafeBytes(body)
    }
}

extension PlainPurl {
    /// The canonical spelling of `Purl(type:namespace:name:version:)` where that is plain; nil where it is not, or there is no such
    /// purl. Nearly all packages of lock files have a plain one, and it costs a tenth.
    package static func spelling(type: String, namespace: String?, name: String, version: String) -> String? {
        // A slash would end a namespace that is none, and a sign would be taken for the `@` of a scope.
        guard !name.utf8.contains(UInt8(ascii: "/")), namespace?.utf8.first != UInt8(ascii: "%") else { return nil }
        // "pkg:", two slashes, an "@", and two bytes more for that of a scope.
        let capacity = 9 + type.utf8.count + (namespace?.utf8.count ?? 0) + name.utf8.count + version.utf8.count
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: capacity) { memory in
            var count = 0
            func append(_ text: String.UTF8View.SubSequence) {
                for byte in text {
                    memory[count] = byte
                    count += 1
                }
            }
            append("pkg:".utf8[...])
            append(type.utf8[...])
            append("/".utf8[...])
            if let namespace {
                let hasScope = namespace.utf8.first == UInt8(ascii: "@")
                if hasScope { append("%40".utf8[...]) }
                append(namespace.utf8.dropFirst(hasScope ? 1 : 0))
                append("/".utf8[...])
            }
            append(name.utf8[...])
            append("@".utf8[...])
            append(version.utf8[...])
            let bytes = UnsafeBufferPointer(rebasing: memory[..<count])
            return PlainPurl(bytes).map { _ in String(copying: UTF8Span(unchecked: bytes.span)) }
        }
    }
}

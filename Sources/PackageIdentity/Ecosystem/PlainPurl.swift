/// A registry's purl in plain spelling, where it lies: read in one pass, without making a `Purl` of it.
///
/// Nearly all purls of inventories are plain: `pkg:type/namespace/name@version` in canonical spelling, with no qualifiers, no
/// subpath and nothing encoded but the `@` of an npm scope. For these `coordinate` is what
/// `PackageCoordinate(try Purl(parsing: text))` gives, and the text is its own canonical spelling. Of all others this says
/// nothing: they are read as the specification has it.
///
/// It is valid as long as the bytes are, and costs nothing: no allocation, no reference count.
package struct PlainPurl {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let parts: PlainPurlParts
    private let type: PlainPurlType

    /// Nil where the bytes are no plain purl, be they a purl or not.
    @inline(__always)
    package init?(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let (type, start) = PlainPurlType.find(bytes), let parts = PlainPurlParts(bytes, from: start, of: type) else {
            return nil
        }
        (self.bytes, self.parts, self.type) = (bytes, parts, type)
    }

    /// Lends the purl that a text is; nil where it is no plain one.
    package static func with<Result>(_ text: String, _ body: (PlainPurl) -> Result) -> Result? {
        text.utf8Span.span.withUnsafeBufferPointer { PlainPurl($0).map(body) }
    }

    /// The number of the ecosystem in `ecosystems`.
    package var ecosystemNumber: Int { type.number }

    /// The ecosystems of plain purls.
    package static var ecosystems: [Ecosystem] { PlainPurlType.ecosystems }

    /// Whether `Purl.namespace` is not nil.
    package var hasNamespace: Bool { parts.nameStart > parts.pathStart }

    /// The version, as it stands there, or nil.
    @inline(__always)
    package var version: UnsafeBufferPointer<UInt8>? {
        parts.pathEnd < bytes.count ? UnsafeBufferPointer(rebasing: bytes[(parts.pathEnd &+ 1)...]) : nil
    }

    /// Lends the name of the package as advisories have it, normalised by the ecosystem.
    package func withName(_ body: (UnsafeRawBufferPointer) -> Void) {
        let path = UnsafeBufferPointer(rebasing: bytes[type.pathStart(of: parts)..<parts.pathEnd])
        if type.isNormalized(parts) { return body(UnsafeRawBufferPointer(path)) }
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: path.count) { memory in
            let end = type.normalize(path, parts, in: memory)
            body(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: memory[..<end])))
        }
    }

    /// The package as advisories name it.
    package var coordinate: PackageCoordinate {
        var name = ""
        withName { name = Self.text($0.assumingMemoryBound(to: UInt8.self)) }
        return PackageCoordinate(
            ecosystem: Self.ecosystems[ecosystemNumber], normalizedName: name, version: version.map(Self.text)
        )
    }

    /// `Purl.name`.
    package var name: String { Self.text(UnsafeBufferPointer(rebasing: bytes[parts.nameStart..<parts.pathEnd])) }

    /// The bytes are ASCII: every one was looked at.
    private static func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        String(copying: UTF8Span(unchecked: bytes.span))
    }
}

/// Where the components of a plain purl lie, and what its names have in them.
struct PlainPurlParts {
    /// Behind the type; where the namespace begins with the `%40` of a scope, at the last byte of that, the `@`'s place.
    private(set) var pathStart: Int
    private(set) var nameStart: Int
    /// Where the name ends: at the `@`, or at the end of the text.
    private(set) var pathEnd: Int
    private(set) var hasScope = false
    private(set) var hasUppercase = false
    /// Whether there is a `_` or a `.`, or two of `-`, `_` and `.` in a row: what PEP 503 changes.
    private(set) var hasPythonMarks = false

    /// Nil where a byte is not plain, a segment is empty, or the rule of the type would change or refuse something.
    @inline(__always)
    init?(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, of type: PlainPurlType) {
        (pathStart, nameStart, pathEnd) = (start, start, bytes.count)
        var index = start
        if type.hasScopes, start &+ 4 < bytes.count, bytes[start] == UInt8(ascii: "%"), bytes[start &+ 1] == UInt8(ascii: "4"),
            bytes[start &+ 2] == UInt8(ascii: "0")
        {
            hasScope = true
            pathStart = start &+ 2
            nameStart = pathStart
            index = start &+ 3
        }
        scan: while index < bytes.count {
            let byte = bytes[index]
            if type.unnoted.contains(byte) {
                index &+= 1
                continue
            }
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "~"),
                UInt8(ascii: ":"):
                break
            case UInt8(ascii: "-"): if bytes[index &- 1] == byte { hasPythonMarks = true }
            case UInt8(ascii: "."): hasPythonMarks = true
            case UInt8(ascii: "_"):
                if type.hasDashedNames { return nil }
                hasPythonMarks = true
            case UInt8(ascii: "A")...UInt8(ascii: "Z"):
                if type.hasLowercaseNames { return nil }
                hasUppercase = true
            case UInt8(ascii: "/"):
                if bytes[index &- 1] == byte { return nil }
                nameStart = index &+ 1
            case UInt8(ascii: "@"):
                pathEnd = index
                break scan
            default: return nil
            }
            index &+= 1
        }
        // No name, or a slash behind it; a namespace where there is none, or none where there must be one.
        let isComplete = bytes[pathEnd &- 1] != UInt8(ascii: "/") && type.permits(namespace: nameStart > start)
        if !isComplete || hasScope && nameStart == pathStart { return nil }
        if pathEnd < bytes.count, !Self.isPlainVersion(bytes, from: pathEnd &+ 1, of: type) { return nil }
    }

    @inline(__always)
    private static func isPlainVersion(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, of type: PlainPurlType) -> Bool {
        var index = start
        while index < bytes.count {
            let byte = bytes[index]
            if !type.versionBytes.contains(byte) { return false }
            index &+= 1
        }
        return index > start
    }
}

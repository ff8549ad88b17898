/// A registry's purl in plain spelling, read in one pass and without making a `Purl` of it.
///
/// Nearly all purls of inventories are plain: `pkg:type/namespace/name@version` in canonical spelling, with nothing encoded,
/// no qualifiers and no subpath. For these `coordinate` is what `PackageCoordinate(try Purl(parsing: text))` gives, and the
/// text is its own canonical spelling. Of all others this says nothing: they are read as the specification has it.
package struct PlainPurl {
    /// The package as advisories name it.
    package let coordinate: PackageCoordinate
    /// `Purl.name`.
    package let name: String
    /// Whether `Purl.namespace` is not nil.
    package let hasNamespace: Bool

    /// Nil where the text is not plain, be it a purl or not.
    package init?(_ text: String) {
        let plain = text.utf8Span.span.withUnsafeBufferPointer { bytes -> PlainPurl? in
            guard let (type, start) = PlainPurlType.find(bytes), let parts = PlainPurlParts(bytes, from: start, of: type) else {
                return nil
            }
            return PlainPurl(bytes, parts, type)
        }
        guard let plain else { return nil }
        self = plain
    }

    private init(_ bytes: UnsafeBufferPointer<UInt8>, _ parts: PlainPurlParts, _ type: PlainPurlType) {
        name = Self.text(bytes, parts.nameStart..<parts.pathEnd)
        hasNamespace = parts.nameStart > parts.pathStart
        var whole = name
        if hasNamespace, let separator = type.separator {
            whole = Self.text(bytes, parts.pathStart..<parts.pathEnd)
            if separator != "/" { whole = Self.text(bytes, parts.pathStart..<(parts.nameStart - 1)) + separator + name }
        }
        coordinate = PackageCoordinate(
            ecosystem: type.ecosystem, normalizedName: type.isNormalized(parts) ? whole : type.names.normalize(whole),
            version: parts.pathEnd < bytes.count ? Self.text(bytes, (parts.pathEnd + 1)..<bytes.count) : nil
        )
    }

    /// The bytes are ASCII: every one was looked at.
    @inline(__always)
    private static func text(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> String {
        String(copying: UTF8Span(unchecked: UnsafeBufferPointer(rebasing: bytes[range]).span))
    }
}

/// Where the components of a plain purl lie, and what its names have in them.
struct PlainPurlParts {
    let pathStart: Int
    private(set) var nameStart: Int
    /// Where the name ends: at the `@`, or at the end of the text.
    private(set) var pathEnd: Int
    private(set) var hasUppercase = false
    /// Whether there is a `_` or a `.`, or two of `-`, `_` and `.` in a row: what PEP 503 changes.
    private(set) var hasPythonMarks = false

    /// Nil where a byte is not plain, a segment is empty, or the rule of the type would change or refuse something.
    init?(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, of type: PlainPurlType) {
        (pathStart, nameStart, pathEnd) = (start, start, bytes.count)
        var index = start
        var previous = UInt8(ascii: "/")
        scan: while index < bytes.count {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "~"),
                UInt8(ascii: ":"):
                break
            case UInt8(ascii: "-"): if previous == byte { hasPythonMarks = true }
            case UInt8(ascii: "."): hasPythonMarks = true
            case UInt8(ascii: "_"):
                if type.hasDashedNames { return nil }
                hasPythonMarks = true
            case UInt8(ascii: "A")...UInt8(ascii: "Z"):
                if type.hasLowercaseNames { return nil }
                hasUppercase = true
            case UInt8(ascii: "/"):
                if previous == byte { return nil }
                nameStart = index &+ 1
            case UInt8(ascii: "@"):
                pathEnd = index
                break scan
            default: return nil
            }
            previous = byte
            index &+= 1
        }
        // No name, or a slash behind it; a namespace where there is none, or none where there must be one.
        if previous == UInt8(ascii: "/") || !type.permits(namespace: nameStart > start) { return nil }
        if pathEnd < bytes.count, !Self.isPlainVersion(bytes, from: pathEnd &+ 1, of: type) { return nil }
    }

    private static func isPlainVersion(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, of type: PlainPurlType) -> Bool {
        var index = start
        while index < bytes.count {
            let byte = bytes[index]
            if !PercentEncoding.isUnreserved(byte) || type.hasLowercaseVersions && byte.isASCIIUppercase { return false }
            index &+= 1
        }
        return index > start
    }
}

/// What `PlainPurl` has to know of a type; worked out once from the tables of types, registries and ecosystems.
final class PlainPurlType: Sendable {
    /// `pkg:npm/` in bytes.
    private let prefix: [UInt8]
    let ecosystem: Ecosystem
    let names: EcosystemRule.NameRule
    /// What stands between namespace and name in the package's name; nil where the namespace is no part of it.
    let separator: String?
    let hasLowercaseNames: Bool
    let hasDashedNames: Bool
    let hasLowercaseVersions: Bool
    private let namespace: PurlTypeRule.Presence

    /// Nil for a type whose rules want more than a look at single bytes.
    private init?(_ type: String, ecosystem name: String, separator: String?) {
        let rule = PurlTypeRule.rule(for: type)
        guard case .any = rule.namePattern, case .any = rule.versionPattern, rule.nameForm != .wordCharacters, !rule.nameIsPath,
            rule.requiredKeys.isEmpty, rule.maximumNamespaceSegments == .max, rule.namespaceCase != .raised,
            rule.nameCase != .raised
        else { return nil }
        prefix = Array("pkg:\(type)/".utf8)
        ecosystem = Ecosystem(name: name)
        names = EcosystemRule.rule(for: name).names
        self.separator = separator
        hasLowercaseNames = rule.namespaceCase == .lowered || rule.nameCase == .lowered
        hasDashedNames = rule.nameForm == .dashed
        hasLowercaseVersions = rule.versionCase == .lowered
        namespace = rule.namespace
    }

    /// The most frequent first: they are searched in order.
    private static let all: [PlainPurlType] = {
        let frequent = ["npm", "pypi", "maven", "golang", "cargo", "gem", "nuget", "composer"]
        let others = PurlEcosystem.registries.keys.filter { !frequent.contains($0) }.sorted()
        return (frequent + others).compactMap { type in
            if type == "golang" { return PlainPurlType(type, ecosystem: "Go", separator: "/") }
            guard let (ecosystem, naming) = PurlEcosystem.registries[type] else { return nil }
            return switch naming {
            case .nameOnly: PlainPurlType(type, ecosystem: ecosystem, separator: nil)
            case .joined(let separator): PlainPurlType(type, ecosystem: ecosystem, separator: separator)
            }
        }
    }()

    /// The type with which the text begins, and where its path does.
    @inline(__always)
    static func find(_ bytes: UnsafeBufferPointer<UInt8>) -> (PlainPurlType, pathStart: Int)? {
        guard bytes.count > 4, bytes.count <= Purl.maximumLength else { return nil }
        for type in all where type.begins(bytes) { return (type, type.prefix.count) }
        return nil
    }

    @inline(__always)
    private func begins(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let count = prefix.count
        // The fifth byte is the first in which two types differ.
        guard count <= bytes.count, prefix[4] == bytes[4] else { return false }
        var index = 0
        while index < count, prefix[index] == bytes[index] { index &+= 1 }
        return index == count
    }

    func permits(namespace isThere: Bool) -> Bool {
        switch namespace {
        case .optional: true
        case .required: isThere
        case .prohibited: !isThere
        }
    }

    /// Whether the ecosystem's rule of names leaves them as they are.
    func isNormalized(_ parts: PlainPurlParts) -> Bool {
        switch names {
        case .asWritten: true
        case .lowercase: !parts.hasUppercase
        case .python: !parts.hasUppercase && !parts.hasPythonMarks
        case .repositoryAddress: false
        }
    }
}

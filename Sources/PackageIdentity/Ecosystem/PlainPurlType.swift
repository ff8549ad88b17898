/// What `PlainPurl` has to know of a type; worked out once from the tables of types, registries and ecosystems.
struct PlainPurlType: BitwiseCopyable, Sendable {
    /// The first bytes of the type's name and the slash, at most eight, as one little-endian number.
    private let firstBytes: UInt64
    /// The number of bytes in the name of the type and the slash.
    private let length: Int
    let number: Int
    private let names: EcosystemRule.NameRule
    private let nameIsWhole: Bool
    /// What stands between namespace and name in the package's name.
    private let separator: UInt8
    let hasLowercaseNames: Bool
    let hasDashedNames: Bool
    /// The bytes of a namespace and a name that change nothing, whatever stands beside them.
    let unnoted: ByteSet
    /// The bytes of a plain version.
    let versionBytes: ByteSet
    private let namespace: PurlTypeRule.Presence
    let hasScopes: Bool

    private static let slash = UInt8(ascii: "/")

    /// A type whose rules want no more than a look at single bytes.
    private init(_ source: Source, number: Int) {
        let (type, rule) = (source.type, PurlTypeRule.rule(for: source.type))
        var first: UInt64 = 0
        for (index, byte) in (Array(type.utf8) + [Self.slash]).prefix(8).enumerated() {
            first |= UInt64(byte) << UInt64(8 * index)
        }
        (firstBytes, length, self.number) = (first, type.utf8.count + 1, number)
        names = EcosystemRule.rule(for: source.ecosystem).names
        nameIsWhole = source.separator == nil
        separator = source.separator ?? 0
        hasLowercaseNames = rule.namespaceCase == .lowered || rule.nameCase == .lowered
        hasDashedNames = rule.nameForm == .dashed
        (unnoted, versionBytes) = (Self.unnoted(names, rule), Self.versionBytes(rule))
        namespace = rule.namespace
        hasScopes = type == "npm"
    }

    private struct Source {
        let type: String
        let ecosystem: String
        /// Nil where the namespace is no part of the package's name.
        let separator: UInt8?

        /// Nil for a type whose rules want more.
        init?(_ type: String) {
            let rule = PurlTypeRule.rule(for: type)
            guard case .any = rule.namePattern, case .any = rule.versionPattern, rule.nameForm != .wordCharacters,
                !rule.nameIsPath, rule.requiredKeys.isEmpty, rule.maximumNamespaceSegments == .max,
                rule.namespaceCase != .raised, rule.nameCase != .raised
            else { return nil }
            self.type = type
            if type == "golang" {
                (ecosystem, separator) = ("Go", PlainPurlType.slash)
            } else {
                guard let (ecosystem, naming) = PurlEcosystem.registries[type] else { return nil }
                self.ecosystem = ecosystem
                switch naming {
                case .nameOnly: separator = nil
                case .joined(let text):
                    guard let byte = text.utf8.first, text.utf8.count == 1 else { return nil }
                    separator = byte
                }
            }
        }
    }

    private static func unnoted(_ names: EcosystemRule.NameRule, _ rule: PurlTypeRule) -> ByteSet {
        ByteSet { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "~"),
                UInt8(ascii: ":"):
                true
            case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"): names != .python && rule.nameForm != .dashed
            case UInt8(ascii: "A")...UInt8(ascii: "Z"):
                names == .asWritten && rule.namespaceCase != .lowered && rule.nameCase != .lowered
            default: false
            }
        }
    }

    private static func versionBytes(_ rule: PurlTypeRule) -> ByteSet {
        ByteSet { PercentEncoding.isUnreserved($0) && !(rule.versionCase == .lowered && $0.isASCIIUppercase) }
    }

    /// The most frequent first: they are searched in order.
    private static let sources: [Source] = {
        let frequent = ["npm", "pypi", "maven", "golang", "cargo", "gem", "nuget", "composer"]
        let others = PurlEcosystem.registries.keys.filter { !frequent.contains($0) }.sorted()
        return (frequent + others).compactMap { Source($0) }
    }()
    private static let all = sources.enumerated().map { PlainPurlType($0.element, number: $0.offset) }
    static let ecosystems = sources.map { Ecosystem(name: $0.ecosystem) }

    /// The type with which the text begins, and where its path does.
    @inline(__always)
    static func find(_ bytes: UnsafeBufferPointer<UInt8>) -> (PlainPurlType, pathStart: Int)? {
        guard bytes.count > 4, bytes.count <= Purl.maximumLength, bytes[0] == UInt8(ascii: "p"), bytes[1] == UInt8(ascii: "k"),
            bytes[2] == UInt8(ascii: "g"), bytes[3] == UInt8(ascii: ":")
        else { return nil }
        var (first, end): (UInt64, Int) = (0, 4)
        while end < bytes.count {
            let byte = bytes[end]
            if end < 12 { first |= UInt64(byte) &<< UInt64(8 &* (end &- 4)) }
            end &+= 1
            if byte == slash { break }
        }
        if bytes[end &- 1] != slash { return nil }
        for type in all where type.firstBytes == first && type.length == end &- 4 {
            return type.length <= 8 || type.isNamed(bytes[4..<(end &- 1)]) ? (type, end) : nil
        }
        return nil
    }

    private func isNamed(_ name: Slice<UnsafeBufferPointer<UInt8>>) -> Bool { name.elementsEqual(Self.sources[number].type.utf8) }

    @inline(__always)
    func permits(namespace isThere: Bool) -> Bool {
        switch namespace {
        case .optional: true
        case .required: isThere
        case .prohibited: !isThere
        }
    }
}

// MARK: names
extension PlainPurlType {
    /// Where the bytes begin of which the name of the package is made.
    @inline(__always)
    func pathStart(of parts: PlainPurlParts) -> Int { nameIsWhole ? parts.nameStart : parts.pathStart }

    /// Whether the name of the package stands in the purl as advisories have it.
    @inline(__always)
    func isNormalized(_ parts: PlainPurlParts) -> Bool {
        let isJoined = nameIsWhole || separator == Self.slash || parts.nameStart == parts.pathStart
        if !isJoined || parts.hasScope { return false }
        switch names {
        case .asWritten: return true
        case .lowercase: return !parts.hasUppercase
        case .python: return !parts.hasUppercase && !parts.hasPythonMarks
        case .repositoryAddress: return false
        }
    }

    /// Writes the name of the package as advisories have it.
    /// - Parameter memory: room for as many bytes as `path` has.
    /// - Returns: the number of bytes written.
    func normalize(
        _ path: UnsafeBufferPointer<UInt8>, _ parts: PlainPurlParts, in memory: UnsafeMutableBufferPointer<UInt8>
    ) -> Int {
        var end = 0
        for (offset, byte) in path.enumerated() {
            var byte = byte
            if !nameIsWhole {
                if parts.hasScope, offset == 0 { byte = UInt8(ascii: "@") }
                if offset == parts.nameStart - parts.pathStart - 1 { byte = separator }
            }
            switch names {
            case .asWritten: break
            case .lowercase, .repositoryAddress: byte = byte.asciiLowercased
            case .python:
                byte = Self.isPythonMark(byte) ? UInt8(ascii: "-") : byte.asciiLowercased
                if byte == UInt8(ascii: "-"), offset > 0, Self.isPythonMark(path[offset - 1]) { continue }
            }
            memory[end] = byte
            end += 1
        }
        if case .repositoryAddress = names {
            while let ending = ["/", ".git"].first(where: { memory[..<end].reversed().starts(with: $0.utf8.reversed()) }) {
                end -= ending.utf8.count
            }
        }
        return end
    }

    private static func isPythonMark(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
    }
}

/// A set of ASCII bytes.
struct ByteSet: BitwiseCopyable, Sendable {
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    init(where isMember: (UInt8) -> Bool) {
        for byte in UInt8(0)..<128 where isMember(byte) {
            if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte - 64) }
        }
    }

    @inline(__always)
    func contains(_ byte: UInt8) -> Bool {
        byte < 128 && (byte < 64 ? low : high) &>> UInt64(byte & 63) & 1 == 1
    }
}

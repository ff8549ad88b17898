/// Typed steps over the mapping at the root of a YAML document; each notes what does not fit, with its place.
struct YAMLMembers {
    private let root: YAMLNode
    private(set) var log = ViolationLog()

    init(_ root: YAMLNode) {
        self.root = root
        if root.mapping == nil { log.add(.wrongType, at: root.byteOffset, "expected a mapping") }
    }

    /// A member's value; nil where it is missing or YAML's null.
    private func value(_ name: StaticString) -> YAMLNode? {
        guard let node = root[name.description], node.scalar.map({ !Self.nulls.contains($0) }) ?? true else { return nil }
        return node
    }

    /// The spellings of null (YAML 1.2.2, 10.3.2). In quotation marks they would be texts; no advisory has such a text.
    private static let nulls: Set<String> = ["", "~", "null", "Null", "NULL"]

    mutating func text(_ name: StaticString) -> String? {
        guard let node = value(name) else { return nil }
        if node.scalar == nil { log.add(.wrongType, at: node.byteOffset, "expected a text") }
        return node.scalar
    }

    mutating func required(_ name: StaticString) -> String {
        guard value(name) != nil else {
            log.add(.missingMember, at: root.byteOffset, "required member \"\(name)\" is missing")
            return ""
        }
        return text(name) ?? ""
    }

    mutating func texts(_ name: StaticString) -> [String] { value(name).map { texts(of: $0) } ?? [] }

    /// A sequence of texts.
    mutating func texts(of node: YAMLNode) -> [String] {
        guard let elements = node.sequence else {
            log.add(.wrongType, at: node.byteOffset, "expected a sequence of texts")
            return []
        }
        return elements.compactMap { element in
            if element.scalar == nil { log.add(.wrongType, at: element.byteOffset, "expected a text") }
            return element.scalar
        }
    }

    /// The members of a mapping; noted where it is missing.
    mutating func members(_ name: StaticString) -> [YAMLNode.Member] {
        guard let node = value(name), let members = node.mapping else {
            log.add(.missingMember, at: root.byteOffset, "the mapping \"\(name)\" is missing")
            return []
        }
        return members
    }

    mutating func note(_ code: FormatViolation.Code, at offset: Int, _ reason: String) { log.add(code, at: offset, reason) }

    func has(_ name: StaticString) -> Bool { value(name) != nil }

    /// Reads the whole document and refuses it when anything was noted.
    /// - Throws: `FormatRefusal` with every place.
    static func read<Document>(
        _ bytes: [UInt8], as format: String, _ body: (inout YAMLMembers) -> Document
    ) throws(FormatRefusal) -> Document {
        var members: YAMLMembers
        do throws(TextFault) {
            members = YAMLMembers(try YAMLReader.parse(bytes))
        } catch {
            throw error.refusal(of: bytes, as: format)
        }
        let document = body(&members)
        guard members.log.isEmpty else {
            throw FormatRefusal(format: format, violations: members.log.violations(inLinesOf: bytes))
        }
        return document
    }
}

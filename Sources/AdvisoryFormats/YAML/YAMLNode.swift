/// One value of a YAML document: a text, whatever type YAML would give it, or a container.
struct YAMLNode {
    enum Content {
        /// Text as it is meant, without quotation marks; empty where nothing is written.
        case scalar(String)
        case sequence([YAMLNode])
        case mapping([Member])
    }

    struct Member {
        let key: String
        let keyOffset: Int
        let value: YAMLNode
    }

    let content: Content
    let byteOffset: Int

    /// The text, or nil for a container.
    var scalar: String? {
        guard case .scalar(let text) = content else { return nil }
        return text
    }

    /// The elements, or nil for anything but a sequence.
    var sequence: [YAMLNode]? {
        guard case .sequence(let elements) = content else { return nil }
        return elements
    }

    /// The members in their order, or nil for anything but a mapping.
    var mapping: [Member]? {
        guard case .mapping(let members) = content else { return nil }
        return members
    }

    /// The members by their keys, of the same ones the first, for whoever asks for many; empty for anything but a mapping.
    var valuesByKey: [String: YAMLNode] {
        Dictionary((mapping ?? []).map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
    }

    /// The value of a key, or nil; looked for among all of them.
    subscript(_ key: String) -> YAMLNode? { mapping?.first { $0.key == key }?.value }
}

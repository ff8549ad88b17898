/// What a reader meets next in a document.
public enum XMLEvent {
    /// A start tag, or an empty-element tag, which an `end` follows.
    case start(XMLElement)
    /// Characters between tags; comments, processing instructions and CDATA sections split them.
    case text(XMLCharacters)
    /// The end of the element that was opened last and is still open, with the offset of its tag.
    case end(byteOffset: Int)
}

/// A name with its namespace resolved (Namespaces in XML 1.0).
public struct XMLName: Sendable, Hashable, CustomStringConvertible {
    /// The namespace's URI, "" for none.
    public let namespace: String
    /// The part behind the prefix.
    public let local: String

    /// A name in a namespace.
    public init(namespace: String, local: String) {
        self.namespace = namespace
        self.local = local
    }

    /// The local part, which is what people read.
    public var description: String { local }
}

/// A start tag.
public struct XMLElement {
    /// The element's name.
    public let name: XMLName
    /// The attributes in order, without namespace declarations.
    public let attributes: [XMLAttribute]
    /// Offset of the tag's `<`.
    public let byteOffset: Int

    /// The value of the attribute with this name and no namespace, or nil.
    public func attribute(_ local: String) -> String? {
        attributes.first { $0.name.namespace.isEmpty && $0.name.local == local }?.value.string
    }
}

/// An attribute.
public struct XMLAttribute {
    /// The attribute's name; without a prefix it is in no namespace.
    public let name: XMLName
    /// The value as it stands in the bytes.
    public let value: XMLCharacters
    /// Offset of the name's first byte.
    public let byteOffset: Int
}

// Namespaces in XML 1.0 (third edition).
extension XMLReader {
    /// A prefix and what it stands for; the empty prefix is the default namespace.
    struct Binding {
        let prefix: String
        let namespace: String
    }

    static let xmlNamespace = "http://www.w3.org/XML/1998/namespace"
    static let declarationNamespace = "http://www.w3.org/2000/xmlns/"

    /// Takes an attribute that declares a namespace; false where it is none.
    mutating func declare(_ name: QualifiedName, _ value: XMLCharacters) throws(XMLError) -> Bool {
        let prefix: String
        if name.prefix.isEmpty {
            guard isEqual(name.local, "xmlns") else { return false }
            prefix = ""
        } else {
            guard isEqual(name.prefix, "xmlns") else { return false }
            prefix = String(decoding: bytes[name.local], as: UTF8.self)
        }
        let namespace = value.string
        let offset = name.range.lowerBound
        // Section 3: the two reserved names are bound to theirs for ever, and section 5 lets only the default be undone.
        let isXML = namespace == Self.xmlNamespace
        if prefix == "xmlns" || namespace == Self.declarationNamespace || (prefix == "xml") != isXML {
            throw failure(.badNamespace, "a reserved prefix or namespace is declared", at: offset)
        }
        if !prefix.isEmpty, namespace.isEmpty {
            throw failure(.badNamespace, "the prefix \"\(prefix)\" is bound to nothing", at: offset)
        }
        bindings.append(Binding(prefix: prefix, namespace: namespace))
        return true
    }

    /// The name with its namespace; attributes without a prefix have none (section 6.2).
    func resolve(_ name: QualifiedName, isAttribute: Bool) throws(XMLError) -> XMLName {
        let local = String(decoding: bytes[name.local], as: UTF8.self)
        if name.prefix.isEmpty, isAttribute { return XMLName(namespace: "", local: local) }
        for binding in bindings.reversed() where isEqual(name.prefix, binding.prefix) {
            return XMLName(namespace: binding.namespace, local: local)
        }
        if name.prefix.isEmpty { return XMLName(namespace: "", local: local) }
        if isEqual(name.prefix, "xml") { return XMLName(namespace: Self.xmlNamespace, local: local) }
        throw failure(.undeclaredPrefix, "undeclared prefix \"\(text(in: name.prefix))\"", at: name.range.lowerBound)
    }

    func isEqual(_ range: Range<Int>, _ text: String) -> Bool {
        range.count == text.utf8.count && bytes[range].elementsEqual(text.utf8)
    }
}

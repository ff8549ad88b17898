import XMLText

/// Checks a document against a schema in one pass over its bytes, and notes every violation.
struct ElementChecker {
    /// The schema that is in force, and its namespace: within an element of an extension that extension's.
    private(set) var schema: ElementSchema
    private(set) var namespace: String
    /// Schemas of elements that a wildcard allows, by their namespace.
    private let extensions: [String: ElementSchema]
    /// The attribute whose values are unique in the document.
    let identifier: String
    var log = ViolationLog()
    private var identifiers: Set<String> = []

    /// Every violation in byte order. The bytes must have been read as XML before.
    /// - Parameter extensions: schemas of other namespaces, for elements that stand where any element may (XML Schema part 1, 3.10:
    ///   `processContents="lax"`).
    static func violations(
        in bytes: UnsafeBufferPointer<UInt8>, of schema: ElementSchema, namespace: String,
        extensions: [String: ElementSchema] = [:],
        identifier: String, limits: XMLLimits
    ) -> [FormatViolation] {
        var checker = ElementChecker(schema: schema, namespace: namespace, extensions: extensions, identifier: identifier)
        do throws(XMLError) {
            try XMLReader.read(bytes, limits: limits) { (reader) throws(XMLError) in try checker.document(&reader) }
            return checker.log.isEmpty
                ? [] : checker.log.violations { XMLText.paths(toByteOffsets: $0, in: bytes, limits: limits) }
        } catch {
            return [FormatViolation(error, in: bytes)]
        }
    }

    private init(schema: ElementSchema, namespace: String, extensions: [String: ElementSchema], identifier: String) {
        self.schema = schema
        self.namespace = namespace
        self.extensions = extensions
        self.identifier = identifier
    }

    private mutating func document(_ reader: inout XMLReader) throws(XMLError) {
        guard case .start(let element)? = try reader.next() else { return }
        guard element.name == XMLName(namespace: namespace, local: schema.root.name) else {
            log.add(.badValue, at: element.byteOffset, "the root element must be <\(schema.root.name)>")
            return
        }
        try check(element, schema.root.type, &reader)
    }

    /// Checks an element whose start was read, to its end.
    mutating func check(_ element: XMLElement, _ type: Int, _ reader: inout XMLReader) throws(XMLError) {
        noteIdentifier(of: element)
        switch schema.types[type] {
        case .anything: try passContent(&reader)
        case .text, .oneOf:
            for attribute in element.attributes where attribute.name.namespace != Self.instanceNamespace {
                log.add(.unknownMember, at: attribute.byteOffset, "<\(element.name)> has no attribute \"\(attribute.name)\"")
            }
            try checkText(of: element, type, &reader)
        case .element(let shape):
            checkAttributes(of: element, shape)
            if let text = shape.text {
                try checkText(of: element, text, &reader)
            } else {
                try checkContent(of: element, shape, &reader)
            }
        }
    }

    /// Checks an element that a wildcard allows: by the schema of its namespace, where there is one that declares it.
    mutating func checkForeign(_ element: XMLElement, _ type: Int, _ reader: inout XMLReader) throws(XMLError) {
        guard let other = extensions[element.name.namespace], element.name.local == other.root.name else {
            return try check(element, type, &reader)
        }
        let own = (schema, namespace)
        (schema, namespace) = (other, element.name.namespace)
        defer { (schema, namespace) = own }
        try check(element, other.root.type, &reader)
    }

    /// `xsi:type`, `xsi:schemaLocation` and the like may stand on any element (part 1, 2.6).
    static let instanceNamespace = "http://www.w3.org/2001/XMLSchema-instance"

    private mutating func noteIdentifier(of element: XMLElement) {
        for attribute in element.attributes where attribute.name == XMLName(namespace: "", local: identifier) {
            let value = attribute.value.string
            if !identifiers.insert(value).inserted {
                log.add(.badValue, at: attribute.byteOffset, "\"\(value)\" names another element already")
            }
        }
    }

    /// Passes what no rule of the schema speaks of; identifiers stay unique in there too.
    mutating func passContent(_ reader: inout XMLReader) throws(XMLError) {
        var depth = 1
        while depth > 0, let event = try reader.next() {
            switch event {
            case .start(let element):
                noteIdentifier(of: element)
                depth += 1
            case .end: depth -= 1
            case .text: break
            }
        }
    }

    /// Passes an element that the schema says nothing about.
    mutating func pass(_ element: XMLElement, _ reader: inout XMLReader) throws(XMLError) {
        noteIdentifier(of: element)
        try passContent(&reader)
    }
}

import XMLText

/// Reads a CycloneDX document as XML in one pass: what its readers do alike. Elements of other namespaces are passed.
protocol CycloneDXElementReading {
    /// What was to be read, where the document is none of CycloneDX.
    static var kindName: String { get }
    init()
    var log: ViolationLog { get set }
    /// That of the root; empty until it is known to be one of CycloneDX.
    var namespace: String { get set }
    /// Reads what stands in the root, whose start was read.
    mutating func bom(_ root: XMLElement, version: String, _ reader: inout XMLReader) throws(XMLError)
    /// Is told of every child that `forEachChild` meets.
    mutating func meet(_ child: XMLElement)
    /// Why a document with this root is not read, where more can be said than that it is none of CycloneDX.
    static func reason(againstRoot name: XMLName) -> String?
}

extension CycloneDXElementReading {
    mutating func meet(_ child: XMLElement) {}

    static func reason(againstRoot name: XMLName) -> String? { nil }

    /// The reader behind the document, when nothing kept it from being read.
    /// - Throws: `FormatRefusal` where the bytes are no XML, another document, or one that breaks a rule of the reader.
    static func read(_ bytes: UnsafeBufferPointer<UInt8>, limits: XMLLimits) throws(FormatRefusal) -> Self {
        var this = Self()
        do throws(XMLError) {
            try XMLReader.read(bytes, limits: limits) { (reader) throws(XMLError) in
                guard case .start(let root)? = try reader.next(), let version = this.version(of: root) else { return }
                try this.bom(root, version: version, &reader)
            }
        } catch {
            throw FormatRefusal(format: kindName, violations: [FormatViolation(error, in: bytes)])
        }
        guard this.log.isEmpty else {
            let violations = this.log.violations { XMLText.paths(toByteOffsets: $0, in: bytes, limits: limits) }
            throw FormatRefusal(format: this.namespace.isEmpty ? kindName : "CycloneDX", violations: violations)
        }
        return this
    }

    /// The version of CycloneDX that the root names; nil where it is none of CycloneDX.
    private mutating func version(of root: XMLElement) -> String? {
        guard root.name.local == "bom", root.name.namespace.hasPrefix(CycloneDXXMLReader.namespacePrefix) else {
            let reason = Self.reason(againstRoot: root.name)
            let words = "the root element <\(root.name)> is not the <bom> of a CycloneDX namespace"
            log.add(.badValue, at: root.byteOffset, reason ?? words)
            return nil
        }
        namespace = root.name.namespace
        let version = String(namespace.dropFirst(CycloneDXXMLReader.namespacePrefix.count))
        if !(0...7).contains(where: { "1.\($0)" == version }) {
            log.add(.unsupportedVersion, at: root.byteOffset, "CycloneDX XML is read in versions 1.0 to 1.7")
        }
        return version
    }

    /// Calls `body` with each child in the namespace of CycloneDX, whose content it must consume; others are passed.
    mutating func forEachChild(
        _ reader: inout XMLReader, _ body: (inout Self, XMLElement, inout XMLReader) throws(XMLError) -> Void
    ) throws(XMLError) {
        loop: while let event = try reader.next() {
            switch event {
            case .start(let child):
                if child.name.namespace == namespace {
                    meet(child)
                    try body(&self, child, &reader)
                } else {
                    try reader.skipElement()
                }
            case .end: break loop
            case .text: break
            }
        }
    }

    /// The text of an element that holds no elements, without the white space around it.
    func text(_ reader: inout XMLReader) throws(XMLError) -> String {
        var text = ""
        loop: while let event = try reader.next() {
            switch event {
            case .text(let characters): text += characters.string
            case .start: try reader.skipElement()
            case .end: break loop
            }
        }
        let isSpace = { (scalar: Unicode.Scalar) in scalar == " " || scalar == "\n" || scalar == "\t" || scalar == "\r" }
        let scalars = text.unicodeScalars.drop(while: isSpace)
        guard let last = scalars.lastIndex(where: { !isSpace($0) }) else { return "" }
        return String(scalars[...last])
    }
}

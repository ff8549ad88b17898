/// A pull reader over the bytes of one XML 1.0 document in UTF-8, with namespaces resolved.
///
/// It checks everything it passes: matching tags, one root, unique attributes, legal characters and names, declared prefixes. It
/// is a reader for documents from strangers: a document type declaration is refused, so there are no entities but the five
/// predefined ones, nothing is fetched and nothing grows. It is valid inside the closure of `read` only. After an error its
/// position is undefined: give up the document.
public struct XMLReader: ~Copyable {
    /// An element that is open.
    struct Open {
        /// The qualified name as it stands in the start tag.
        let name: Range<Int>
        /// How many namespace bindings were in force outside.
        let bindingCount: Int
    }

    let bytes: UnsafeBufferPointer<UInt8>
    let limits: XMLLimits
    var position: Int
    var open: [Open] = []
    var bindings: [Binding] = []
    private var hasRoot = false
    /// Whether the tag read last was an empty-element tag, whose end is still to be reported.
    var endIsPending = false

    private init(_ bytes: UnsafeBufferPointer<UInt8>, limits: XMLLimits, start: Int) {
        self.bytes = bytes
        self.limits = limits
        position = start
    }

    /// Reads one document: size, encoding and UTF-8 are checked first, then `body` pulls the events, then what it left unread is
    /// read and checked.
    /// - Throws: any code of `XMLError.Code`; nothing was kept of the document.
    public static func read<Result>(
        _ bytes: UnsafeBufferPointer<UInt8>, limits: XMLLimits = .standard,
        _ body: (inout XMLReader) throws(XMLError) -> Result
    ) throws(XMLError) -> Result {
        guard bytes.count <= limits.maximumBytes else {
            throw XMLError(
                code: .tooLarge, byteOffset: limits.maximumBytes,
                reason: "document of \(bytes.count) bytes exceeds the limit of \(limits.maximumBytes)"
            )
        }
        var reader = XMLReader(bytes, limits: limits, start: try markLength(bytes))
        try reader.checkUTF8()
        try reader.readDeclaration()
        let result = try body(&reader)
        while try reader.next() != nil {}
        return result
    }

    /// Reads one document held in an array; see `read(_:limits:_:)` over a buffer.
    public static func read<Result>(
        _ bytes: [UInt8], limits: XMLLimits = .standard, _ body: (inout XMLReader) throws(XMLError) -> Result
    ) throws(XMLError) -> Result {
        try bytes.withUnsafeBufferPointer { (buffer) throws(XMLError) in try read(buffer, limits: limits, body) }
    }

    /// Length of the byte order mark of UTF-8, which is passed; those of other encodings are refused.
    private static func markLength(_ bytes: UnsafeBufferPointer<UInt8>) throws(XMLError) -> Int {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return 3 }
        let marks: [[UInt8]] = [[0xFE, 0xFF], [0xFF, 0xFE], [0x00, 0x3C], [0x3C, 0x00], [0x00, 0x00]]
        if marks.contains(where: { bytes.starts(with: $0) }) {
            throw XMLError(code: .unsupportedEncoding, byteOffset: 0, reason: "UTF-16 or UTF-32; only UTF-8 is read")
        }
        return 0
    }

    private func checkUTF8() throws(XMLError) {
        do throws(UTF8.ValidationError) {
            _ = try UTF8Span(validating: bytes.span)
        } catch {
            throw XMLError(code: .badUTF8, byteOffset: error.byteOffsets.lowerBound, reason: "invalid UTF-8")
        }
    }

    /// The next event, or nil behind the root element when nothing but comments and white space follows.
    /// - Throws: any code but `.tooLarge`, `.badUTF8` and `.unsupportedEncoding`.
    public mutating func next() throws(XMLError) -> XMLEvent? {
        if endIsPending {
            endIsPending = false
            return closeElement(at: position)
        }
        while position < bytes.count {
            if bytes[position] != UInt8(ascii: "<") {
                if let text = try readText() { return .text(text) }
                continue
            }
            switch position + 1 < bytes.count ? bytes[position + 1] : 0 {
            case UInt8(ascii: "!"): if let section = try readDeclarationOrSection() { return .text(section) }
            case UInt8(ascii: "?"): try skipInstruction()
            case UInt8(ascii: "/"): return try readEndTag()
            default: return .start(try readStartTag())
            }
        }
        if let element = open.last {
            throw failure(.unexpectedEnd, "the document ends inside <\(text(in: element.name))>", at: bytes.count)
        }
        guard hasRoot else { throw failure(.unexpectedEnd, "there is no root element", at: bytes.count) }
        return nil
    }

    /// Passes the rest of the element whose start was read last, its end included.
    /// - Throws: as `next`.
    public mutating func skipElement() throws(XMLError) {
        let depth = open.count
        while open.count >= depth, try next() != nil {}
    }

    /// Notes that an element opens.
    mutating func noteOpen(_ element: Open, at offset: Int) throws(XMLError) {
        if open.isEmpty {
            guard !hasRoot else { throw failure(.outsideRoot, "a second root element", at: offset) }
            hasRoot = true
        }
        guard open.count < limits.maximumDepth else {
            throw failure(.tooDeep, "more than \(limits.maximumDepth) elements are open", at: offset)
        }
        open.append(element)
    }

    mutating func closeElement(at offset: Int) -> XMLEvent {
        if let element = open.popLast() { bindings.removeSubrange(element.bindingCount...) }
        return .end(byteOffset: offset)
    }

    func failure(_ code: XMLError.Code, _ reason: String, at offset: Int) -> XMLError {
        XMLError(code: code, byteOffset: min(offset, bytes.count), reason: reason)
    }

    /// Bytes for people: at most 64 of them.
    func text(in range: Range<Int>) -> String {
        let scalars = String(decoding: bytes[range], as: UTF8.self).unicodeScalars
        let text = String(String.UnicodeScalarView(scalars.prefix(64)))
        return scalars.count > 64 ? text + "…" : text
    }
}

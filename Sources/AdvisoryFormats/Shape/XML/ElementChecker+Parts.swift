import XMLText

// Attributes, text and the order of elements.
extension ElementChecker {
    mutating func checkAttributes(of element: XMLElement, _ shape: ElementShape) {
        for attribute in element.attributes where attribute.name.namespace != Self.instanceNamespace {
            let name = attribute.name
            if name.namespace.isEmpty, let defined = shape.attributes.first(where: { $0.name == name.local }) {
                if let flaw = flaw(in: attribute.value.string, of: defined.type) {
                    log.add(flaw.code, at: attribute.byteOffset, flaw.reason)
                }
                continue
            }
            let isAllowed =
                switch shape.others {
                case .none: false
                case .foreign: !name.namespace.isEmpty && name.namespace != namespace
                case .any: true
                }
            if !isAllowed {
                log.add(.unknownMember, at: attribute.byteOffset, "<\(element.name)> has no attribute \"\(name)\"")
            }
        }
        for attribute in shape.attributes where attribute.isRequired && element.attribute(attribute.name) == nil {
            log.add(.missingMember, at: element.byteOffset, "the attribute \"\(attribute.name)\" is missing")
        }
    }

    /// What is wrong with a text, or nil.
    private func flaw(in text: String, of type: Int) -> (code: FormatViolation.Code, reason: String)? {
        switch schema.types[type] {
        case .text(let shape): return shape.flaw(in: text)
        case .oneOf(let types):
            let flaws = types.map { flaw(in: text, of: $0) }
            return flaws.contains { $0 == nil } ? nil : flaws.last ?? nil
        case .anything, .element: return nil
        }
    }

    mutating func checkText(of element: XMLElement, _ type: Int, _ reader: inout XMLReader) throws(XMLError) {
        var text = ""
        loop: while let event = try reader.next() {
            switch event {
            case .text(let characters): text += characters.string
            case .start(let child):
                log.add(.unknownMember, at: child.byteOffset, "<\(element.name)> holds text and no <\(child.name)>")
                try pass(child, &reader)
            case .end: break loop
            }
        }
        if let flaw = flaw(in: text, of: type) { log.add(flaw.code, at: element.byteOffset, flaw.reason) }
    }

    mutating func checkContent(of element: XMLElement, _ shape: ElementShape, _ reader: inout XMLReader) throws(XMLError) {
        var position: Int?
        loop: while let event = try reader.next() {
            switch event {
            case .text(let characters):
                if !shape.isMixed, !characters.isWhitespace {
                    log.add(.wrongType, at: characters.byteOffset, "<\(element.name)> holds elements and no text")
                }
            case .start(let child): try checkChild(child, of: element, shape.content, &position, &reader)
            case .end: break loop
            }
        }
        if !shape.content.mayEnd(after: position) {
            let names = names(shape.content, after: position)
            log.add(.missingMember, at: element.byteOffset, "<\(element.name)> lacks \(names)")
        }
    }

    private mutating func checkChild(
        _ child: XMLElement, of element: XMLElement, _ content: ContentModel, _ position: inout Int?, _ reader: inout XMLReader
    ) throws(XMLError) {
        let fits = { (candidate: Int) in
            guard let name = content.positions[candidate].name else {
                return !child.name.namespace.isEmpty && child.name.namespace != namespace
            }
            return child.name.namespace == namespace && child.name.local == name
        }
        if let next = content.next(after: position).first(where: fits) {
            position = next
        } else {
            let names = names(content, after: position)
            let expected = names.isEmpty ? "" : ", where it may hold \(names)"
            // Where it belongs elsewhere in the order, the check goes on from there.
            guard let other = content.positions.indices.first(where: fits) else {
                let reason = "<\(child.name)> is not defined in <\(element.name)>\(expected)"
                log.add(.unknownMember, at: child.byteOffset, reason)
                return try pass(child, &reader)
            }
            log.add(.badValue, at: child.byteOffset, "<\(child.name)> is not allowed here in <\(element.name)>\(expected)")
            position = other
        }
        guard let position else { return }
        let (name, type) = (content.positions[position].name, content.positions[position].type)
        if name == nil { try checkForeign(child, type, &reader) } else { try check(child, type, &reader) }
    }

    private func names(_ content: ContentModel, after position: Int?) -> String {
        let names = content.next(after: position).compactMap { content.positions[$0].name.map { "<\($0)>" } }
        return names.prefix(8).joined(separator: ", ") + (names.count > 8 ? " and others" : "")
    }
}

extension FormatViolation {
    /// The violation that stands for bytes that are no XML document.
    init(_ error: XMLError, in bytes: UnsafeBufferPointer<UInt8>) {
        self.init(
            code: .notXML, pointer: XMLText.paths(toByteOffsets: [error.byteOffset], in: bytes).first ?? "",
            byteOffset: error.byteOffset, reason: error.reason
        )
    }
}

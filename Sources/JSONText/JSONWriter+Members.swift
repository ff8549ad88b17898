// Whole members in one call, for writers of typed documents. A nil or empty value writes no member at all.
extension JSONWriter {
    /// Writes a member holding a string.
    public mutating func member(_ name: String, _ text: String) {
        key(name)
        string(text)
    }

    /// Writes a member holding a string, or nothing for nil.
    public mutating func member(_ name: String, ifPresent text: String?) {
        guard let text else { return }
        member(name, text)
    }

    /// Writes a member holding an integer.
    public mutating func member(_ name: String, _ value: Int64) {
        key(name)
        integer(value)
    }

    /// Writes a member holding an integer, or nothing for nil.
    public mutating func member(_ name: String, ifPresent value: Int64?) {
        guard let value else { return }
        member(name, value)
    }

    /// Writes a member holding a boolean.
    public mutating func member(_ name: String, _ value: Bool) {
        key(name)
        bool(value)
    }

    /// Writes a member holding an array of strings, or nothing when there are none.
    public mutating func member(_ name: String, ifNotEmpty texts: [String]) {
        array(name, ifNotEmpty: texts) { (writer, text) in writer.string(text) }
    }

    /// Writes a member holding an array with one value per element, or nothing when there are none.
    public mutating func array<Element>(
        _ name: String, ifNotEmpty elements: [Element], _ write: (inout JSONWriter, Element) -> Void
    ) {
        guard !elements.isEmpty else { return }
        key(name)
        array(elements, write)
    }

    /// Writes an array with one value per element.
    public mutating func array<Element>(_ elements: [Element], _ write: (inout JSONWriter, Element) -> Void) {
        beginArray()
        for element in elements { write(&self, element) }
        endArray()
    }

    /// Writes an object whose members `write` adds.
    public mutating func object(_ write: (inout JSONWriter) -> Void) {
        beginObject()
        write(&self)
        endObject()
    }

    /// Writes a member holding an object whose members `write` adds.
    public mutating func object(_ name: String, _ write: (inout JSONWriter) -> Void) {
        key(name)
        object(write)
    }
}

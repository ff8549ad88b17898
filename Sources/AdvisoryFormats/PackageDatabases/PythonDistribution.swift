/// An installed Python distribution, from the bytes of its `METADATA` or `PKG-INFO`
/// (https://packaging.python.org/en/latest/specifications/core-metadata/).
package struct PythonDistribution: Hashable, Sendable {
    /// The name as the author wrote it.
    package var name: String
    package var version: String

    /// Reads the headers up to the first blank line; of a repeated field the first counts.
    ///
    /// - Throws: `InventoryProblem` with code `name`, `version` or `encoding` when one of the two fields is missing, empty or
    ///   not UTF-8.
    package init(parsing bytes: Span<UInt8>) throws(InventoryProblem) {
        (name, version) = try bytes.withUnsafeBufferPointer { buffer throws(InventoryProblem) in
            var reader = FieldReader(buffer)
            var name, version: Range<Int>?
            headers: while let element = reader.next() {
                switch element {
                case .field(let field, let value):
                    if name == nil, reader.isName(field, "Name") { name = value }
                    if version == nil, reader.isName(field, "Version") { version = value }
                // What follows the blank line is the description, which may look like anything.
                case .endOfParagraph: break headers
                case .stray: continue
                }
            }
            return (try Self.text(name, .name, reader), try Self.text(version, .version, reader))
        }
    }

    private static func text(
        _ place: Range<Int>?, _ code: InventoryProblem.Code, _ reader: FieldReader
    ) throws(InventoryProblem) -> String {
        guard let place, !place.isEmpty else { throw InventoryProblem(code, at: 0, "The metadata has no \(code).") }
        guard let text = reader.text(place) else {
            throw InventoryProblem(.encoding, at: place.lowerBound, "The \(code) is not UTF-8.")
        }
        return text
    }
}

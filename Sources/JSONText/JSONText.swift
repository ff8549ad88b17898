/// Naming places in JSON text, for errors: computed on demand by scanning the bytes again.
public enum JSONText {
    /// The JSON Pointer (RFC 6901) of the innermost value or member at a byte offset; "" is the whole document.
    ///
    /// The bytes may be broken from the offset on, which is the usual case: the scan stops there. An offset on a member's
    /// name, colon or value names that member; one between members names the container.
    public static func pointer(toByteOffset offset: Int, in bytes: [UInt8]) -> String {
        bytes.withUnsafeBufferPointer { pointer(toByteOffset: offset, in: $0) }
    }

    /// As above, over a buffer.
    public static func pointer(toByteOffset offset: Int, in bytes: UnsafeBufferPointer<UInt8>) -> String {
        var scan = PointerScan(bytes: bytes)
        return scan.path(to: offset)
    }

    /// The pointers to several offsets, in the order given, for the cost of one scan.
    public static func pointers(toByteOffsets offsets: [Int], in bytes: UnsafeBufferPointer<UInt8>) -> [String] {
        var scan = PointerScan(bytes: bytes)
        var pointers = [String](repeating: "", count: offsets.count)
        for position in offsets.indices.sorted(by: { offsets[$0] < offsets[$1] }) {
            pointers[position] = scan.path(to: offsets[position])
        }
        return pointers
    }

    /// Line and column, both from 1, of a byte offset; columns count UTF-8 bytes and lines end with a line feed.
    public static func lineAndColumn(ofByteOffset offset: Int, in bytes: [UInt8]) -> (line: Int, column: Int) {
        bytes.withUnsafeBufferPointer { lineAndColumn(ofByteOffset: offset, in: $0) }
    }

    /// As above, over a buffer.
    public static func lineAndColumn(
        ofByteOffset offset: Int, in bytes: UnsafeBufferPointer<UInt8>
    ) -> (line: Int, column: Int) {
        let before = bytes.prefix(max(0, offset))
        let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        return (before.count { $0 == UInt8(ascii: "\n") } + 1, before.count - lineStart + 1)
    }
}

extension JSONText {
    /// The byte range of the value a JSON Pointer (RFC 6901) leads to, or nil when there is none or the bytes are no JSON.
    public static func byteRange(
        ofPointer pointer: String, in bytes: [UInt8], limits: JSONLimits = .standard
    ) -> Range<Int>? {
        guard pointer.isEmpty || pointer.utf8.first == UInt8(ascii: "/") else { return nil }
        let steps = pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map(unescaped)
        do throws(JSONError) {
            return try JSONReader.read(bytes, limits: limits) { (reader) throws(JSONError) in
                try range(ofSteps: steps[...], &reader)
            }
        } catch {
            return nil
        }
    }

    private static func range(
        ofSteps steps: ArraySlice<String>, _ reader: inout JSONReader
    ) throws(JSONError) -> Range<Int>? {
        guard let step = steps.first else { return try reader.skipValue() }
        var found: Range<Int>?
        switch try reader.peek() {
        case .object:
            try reader.readObject { (reader, key) throws(JSONError) in
                if ExactText(key.string) == ExactText(step) { found = try range(ofSteps: steps.dropFirst(), &reader) }
            }
        case .array:
            // Section 4: digits without leading zeros.
            guard let wanted = Int(step), String(wanted) == step else { return nil }
            var index = 0
            try reader.readArray { (reader) throws(JSONError) in
                if index == wanted { found = try range(ofSteps: steps.dropFirst(), &reader) }
                index += 1
            }
        default: try reader.skipValue()
        }
        return found
    }

    /// `~1` stands for `/` and `~0` for `~`, read from left to right.
    private static func unescaped(_ step: Substring) -> String {
        var scalars = String.UnicodeScalarView()
        var follows = false
        for scalar in step.unicodeScalars {
            if follows {
                scalars.append(scalar == "1" ? "/" : "~")
                if scalar != "0", scalar != "1" { scalars.append(scalar) }
                follows = false
            } else if scalar == "~" {
                follows = true
            } else {
                scalars.append(scalar)
            }
        }
        if follows { scalars.append("~") }
        return String(scalars)
    }
}

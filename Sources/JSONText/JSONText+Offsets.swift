extension JSONText {
    /// Where the values of several JSON Pointers (RFC 6901) begin, in the order given, for the cost of one scan.
    ///
    /// A pointer to what is not there, like a member that is missing, gives the place of the innermost value on its way that is. Bytes
    /// that are no JSON give 0.
    public static func byteOffsets(
        ofPointers pointers: [String], in bytes: [UInt8], limits: JSONLimits = .standard
    ) -> [Int] {
        var walk = OffsetWalk(pointers)
        let isRead: Void? = try? JSONReader.read(bytes, limits: limits) { (reader) throws(JSONError) in
            try walk.value(at: "", &reader)
        }
        return isRead == nil ? pointers.map { _ in 0 } : pointers.map(walk.offset)
    }
}

/// Goes down to the values on the way to pointers and passes all others.
private struct OffsetWalk {
    private var isOnTheWay: Set<String> = [""]
    private var offsets: [String: Int] = [:]

    init(_ pointers: [String]) {
        for pointer in pointers {
            var rest = pointer[...]
            while !rest.isEmpty, isOnTheWay.insert(String(rest)).inserted { rest = Self.container(of: rest) }
        }
    }

    private static func container(of pointer: Substring) -> Substring {
        pointer.lastIndex(of: "/").map { pointer[..<$0] } ?? ""
    }

    mutating func value(at pointer: String, _ reader: inout JSONReader) throws(JSONError) {
        guard isOnTheWay.contains(pointer) else {
            _ = try reader.skipValue()
            return
        }
        offsets[pointer] = reader.offset
        switch try reader.peek() {
        case .object:
            try reader.readObject { (reader, key) throws(JSONError) in
                try value(at: pointer + "/" + PointerScan.escaped(key.string), &reader)
            }
        case .array:
            var number = 0
            try reader.readArray { (reader) throws(JSONError) in
                try value(at: "\(pointer)/\(number)", &reader)
                number += 1
            }
        default: _ = try reader.skipValue()
        }
    }

    func offset(of pointer: String) -> Int {
        var rest = pointer[...]
        while true {
            if let offset = offsets[String(rest)] { return offset }
            guard !rest.isEmpty else { return 0 }
            rest = Self.container(of: rest)
        }
    }
}

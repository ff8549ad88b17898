extension CPE {
    /// The URI of CPE 2.2 (NIST IR 7695, clause 6.1), in lowercase; parsing it gives an equal name.
    ///
    /// Wildcards are `%01` and `%02`. Where one of the four last attributes has a value, they are packed into the edition,
    /// with `~` in front of each. Empty components at the end are left out.
    public var uri: String {
        var components: [[UInt8]] = Attribute.allCases.prefix(7).map { Self.encode(self[$0]) }
        let extended = [Attribute.softwareEdition, .targetSoftware, .targetHardware, .other].map { Self.encode(self[$0]) }
        if extended.contains(where: { !$0.isEmpty }) {
            components[Attribute.edition.rawValue] = ([components[Attribute.edition.rawValue]] + extended)
                .flatMap { [UInt8(ascii: "~")] + $0 }
        }
        while components.last?.isEmpty == true { components.removeLast() }
        return "cpe:/" + String(decoding: Array(components.joined(separator: ":".utf8)), as: UTF8.self)
    }

    private static func encode(_ value: CPEValue) -> [UInt8] {
        guard case .pattern(let pattern) = value else { return value == .any ? [] : [UInt8(ascii: "-")] }
        var output = encode(pattern.leading)
        for byte in pattern.literal.utf8 {
            if standsForItself(byte) {
                output.append(byte.asciiLowercased)
            } else {
                output += [UInt8(ascii: "%"), digit(byte >> 4), digit(byte & 0xF)]
            }
        }
        return output + encode(pattern.trailing)
    }

    private static func encode(_ wildcard: CPEPattern.Wildcard) -> [UInt8] {
        switch wildcard {
        case .none: []
        case .upTo(let count): Array(repeatElement("%01".utf8, count: count).joined())
        case .any: Array("%02".utf8)
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }
}

// MARK: parsing
extension CPE {
    /// Reads `cpe:/` in any case and up to seven components; letters become lowercase (clause 6.1.3).
    static func uri(_ text: ArraySlice<UInt8>) throws(CPEError) -> CPE {
        let scheme = Array("cpe:/".utf8)
        for (index, expected) in scheme.enumerated() {
            guard index < text.count, text[text.startIndex + index].asciiLowercased == expected else {
                throw CPEError(.scheme, at: index, "A CPE name begins with 'cpe:2.3:' or 'cpe:/'.")
            }
        }
        let components = text.dropFirst(scheme.count).split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        if components.count > 7 { throw CPEError(.count, at: components[7].startIndex, "A URI has seven components at most.") }
        var placed = Attribute.allCases.map { _ in (value: CPEValue.any, offset: 0) }
        for (index, component) in components.enumerated() {
            if index == Attribute.edition.rawValue, component.first == UInt8(ascii: "~") {
                try unpack(component, into: &placed)
            } else {
                placed[index] = (try decode(component), component.startIndex)
            }
        }
        return try CPE(placed)
    }

    /// `~edition~softwareEdition~targetSoftware~targetHardware~other`.
    private static func unpack(
        _ component: ArraySlice<UInt8>, into placed: inout [(value: CPEValue, offset: Int)]
    ) throws(CPEError) {
        let packed = component.dropFirst().split(separator: UInt8(ascii: "~"), omittingEmptySubsequences: false)
        let attributes = [Attribute.edition, .softwareEdition, .targetSoftware, .targetHardware, .other]
        if packed.count != attributes.count {
            throw CPEError(.count, at: component.startIndex, "A packed edition has five values.")
        }
        for (attribute, part) in zip(attributes, packed) { placed[attribute.rawValue] = (try decode(part), part.startIndex) }
    }

    private static func decode(_ component: ArraySlice<UInt8>) throws(CPEError) -> CPEValue {
        if component.isEmpty { return .any }
        if component.elementsEqual([UInt8(ascii: "-")]) { return .notApplicable }
        var reader = CPEValueReader()
        var index = component.startIndex
        while index < component.endIndex {
            let byte = component[index]
            if byte == UInt8(ascii: "%") {
                try decodeTriplet(component, at: index, &reader)
                index += 3
                continue
            }
            // CPE 2.2 permitted a raw tilde.
            if !standsForItself(byte), byte != UInt8(ascii: "~") {
                throw CPEError(.character, at: index, "This character must be percent-encoded in a URI.")
            }
            try reader.add(literal: byte.asciiLowercased, at: index)
            index += 1
        }
        return .pattern(try reader.pattern(at: component.startIndex))
    }

    private static func decodeTriplet(
        _ component: ArraySlice<UInt8>, at index: Int, _ reader: inout CPEValueReader
    ) throws(CPEError) {
        guard index + 2 < component.endIndex, let high = value(component[index + 1]), let low = value(component[index + 2])
        else { throw CPEError(.encoding, at: index, "A '%' is followed by two hexadecimal digits.") }
        let byte = high << 4 | low
        switch byte {
        case 0x01: try reader.add(wildcard: UInt8(ascii: "?"), at: index)
        case 0x02: try reader.add(wildcard: UInt8(ascii: "*"), at: index)
        case 0x21...0x7E where !standsForItself(byte): try reader.add(literal: byte, at: index)
        default: throw CPEError(.encoding, at: index, "This triplet stands for no special character.")
        }
    }

    private static func value(_ byte: UInt8) -> UInt8? {
        if byte.isASCIIDigit { return byte - 0x30 }
        let letter = byte | 0x20
        return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : nil
    }
}

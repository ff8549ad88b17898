import JSONText
import TestSupport

/// Random values that reach every kind, escape and number shape.
struct RandomJSON {
    var generator: SeededGenerator

    mutating func value(depth: Int = 4) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 8 : 6), using: &generator) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &generator))
        case 2: return .number(JSONNumber(Int64.random(in: -1000...1000, using: &generator)))
        case 3: return .number(double())
        case 4, 5: return .string(text())
        case 6: return .array((0..<Int.random(in: 0...5, using: &generator)).map { _ in value(depth: depth - 1) })
        default:
            let count = Bool.random(using: &generator) ? 3 : 24
            return .object(JSONObject((0..<count).map { _ in (text(), value(depth: depth - 1)) }))
        }
    }

    mutating func text() -> String {
        let alphabets: [ClosedRange<UInt32>] = [
            0x00...0x1F, 0x20...0x7E, 0x22...0x22, 0x5C...0x5C, 0x7F...0x7FF, 0x800...0xD7FF, 0xE000...0xFFFF,
            0x10000...0x10FFFF
        ]
        var scalars = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...20, using: &generator) {
            let range = alphabets[Int.random(in: 0..<alphabets.count, using: &generator)]
            scalars.append(Unicode.Scalar(UInt32.random(in: range, using: &generator)) ?? "?")
        }
        return String(scalars)
    }

    private mutating func double() -> JSONNumber {
        let bits = generator.next()
        return JSONNumber(Double(bitPattern: bits)) ?? JSONNumber(0)
    }
}

import JSONText

/// What a format allows at one place of a document: as much of JSON Schema as the formats here need, as Swift values.
indirect enum Shape: Sendable {
    case any
    case bool
    /// A number without a fraction; `1.0` counts, as in JSON Schema.
    case integer(ClosedRange<Int64>?)
    case number(ClosedRange<Double>?)
    /// A number that satisfies a rule; the text says which, for people.
    case amount(StaticString, @Sendable (Double) -> Bool)
    /// A string of so many characters, which are code points as in JSON Schema (6.3.1).
    case string(ClosedRange<Int>)
    /// A string that satisfies a rule; the text says which, for people.
    case text(StaticString, @Sendable (UnsafeBufferPointer<UInt8>) -> Bool)
    /// A string as `text` that also bears witness to the array around it (`containing`) where it satisfies a second rule.
    case witness(StaticString, @Sendable (UnsafeBufferPointer<UInt8>) -> Bool, @Sendable (UnsafeBufferPointer<UInt8>) -> Bool)
    case oneOf([ShapeWord])
    /// An array of so many elements.
    case array(Shape, count: ClosedRange<Int>, isUnique: Bool)
    /// A value, inside which at least one witness is found; the text says what of, for people.
    case containing(StaticString, Shape)
    case object(ObjectShape)
    /// An object with free names.
    case map(Shape)
    /// What fits one of several shapes: exactly one if `isExclusive`, else at least one. Witnesses inside bear none outside.
    case either([Shape], isExclusive: Bool)
    /// Another shape of the same schema, by number; shapes may contain themselves.
    case definition(Int)
}

extension Shape {
    static let string = Shape.string(0...Int.max)
    static let integer = Shape.integer(nil)

    static func string(minimumLength: Int) -> Shape { .string(minimumLength...Int.max) }
    static func integer(minimum: Int64) -> Shape { .integer(minimum...Int64.max) }
    static func array(_ element: Shape) -> Shape { .array(element, count: 0...Int.max, isUnique: false) }
    static func set(_ element: Shape) -> Shape { .array(element, count: 0...Int.max, isUnique: true) }
    static func nonEmptyArray(_ element: Shape) -> Shape { .array(element, count: 1...Int.max, isUnique: false) }
    static func nonEmptySet(_ element: Shape) -> Shape { .array(element, count: 1...Int.max, isUnique: true) }
}

/// A name or value that a format defines, to be compared with texts byte by byte.
struct ShapeWord: Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    let bytes: [UInt8]

    init(_ text: some StringProtocol) { bytes = Array(text.utf8) }
    init(stringLiteral text: String) { bytes = Array(text.utf8) }

    var description: String { String(decoding: bytes, as: UTF8.self) }

    /// Words for people: all of a few, the first of many.
    static func list(_ words: [ShapeWord]) -> String {
        let shown = words.prefix(maximumListed).map { "\"\($0)\"" }.joined(separator: ", ")
        return words.count > maximumListed ? "\(shown) and \(words.count - maximumListed) more" : shown
    }

    private static let maximumListed = 32

    @inline(__always)
    func equals(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard text.count == bytes.count else { return false }
        return bytes.withUnsafeBufferPointer { word in
            for index in word.indices where word[index] != text[index] { return false }
            return true
        }
    }
}

/// A whole format: the shape of its documents and the shapes that refer to each other.
struct ShapeSchema: Sendable {
    let root: Shape
    let definitions: [Shape]
}

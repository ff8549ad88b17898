/// What a format allows in the text of an element or attribute: as much of XML Schema part 2 as the formats here need.
struct TextShape: Sendable {
    enum Base: String, Sendable {
        case string, normalizedString, token, anyURI, boolean, integer, nonNegativeInteger, positiveInteger, decimal, dateTime
        case date
    }

    let base: Base
    /// How long a text may be, or how great a number.
    var bounds: (lower: Double, upper: Double)?
    /// A rule that the text satisfies, and what it says.
    var rule: (meaning: StaticString, holds: @Sendable (UnsafeBufferPointer<UInt8>) -> Bool)?
    /// The words it may be; empty allows any.
    var words: [ShapeWord] = []
}

/// What a format allows in an element: its attributes and its content.
struct ElementShape: Sendable {
    struct Attribute: Sendable {
        let name: String
        let isRequired: Bool
        let type: Int
    }

    enum OtherAttributes: Sendable {
        case none
        /// Those of other namespaces.
        case foreign
        case any
    }

    var attributes: [Attribute] = []
    var others = OtherAttributes.none
    /// The type of the text, for an element that holds no elements.
    var text: Int?
    /// Whether text may stand between the elements.
    var isMixed = false
    var content = ContentModel()
}

/// The order of elements in an element, as the positions of Glushkov's automaton: XML Schema asks that a model is deterministic
/// (part 1, 3.8.6), so the position reached by a name is never in doubt.
struct ContentModel: Sendable {
    struct Position: Sendable {
        /// The local name; nil stands for any element of another namespace.
        let name: String?
        let type: Int
        var follow: [Int] = []
    }

    var positions: [Position] = []
    /// Where the content may begin.
    var first: [Int] = []
    /// Where it may end.
    var last: Set<Int> = []
    var isOptional = true

    /// The positions that may come next.
    func next(after position: Int?) -> [Int] { position.map { positions[$0].follow } ?? first }

    /// Whether the content may end behind a position.
    func mayEnd(after position: Int?) -> Bool { position.map(last.contains) ?? isOptional }
}

/// A whole format as XML: its types, which refer to each other by number.
struct ElementSchema: Sendable {
    indirect enum Kind: Sendable {
        case anything
        case text(TextShape)
        case oneOf([Int])
        case element(ElementShape)
    }

    let types: [Kind]
    let root: (name: String, type: Int)
}

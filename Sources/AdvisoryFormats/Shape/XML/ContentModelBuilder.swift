/// Puts a content model together from its parts, as Glushkov's construction does it.
struct ContentModelBuilder {
    /// A part of the model: where it may begin and end, and whether it may be missing.
    struct Part {
        var first: [Int] = []
        var last: [Int] = []
        var isOptional = true
    }

    private var positions: [ContentModel.Position] = []
    private var whole = Part()

    mutating func append(_ part: Part) { whole = sequence(whole, part) }

    var finished: ContentModel {
        ContentModel(positions: positions, first: whole.first, last: Set(whole.last), isOptional: whole.isOptional)
    }

    mutating func position(_ name: String?, _ type: Int) -> Part {
        positions.append(ContentModel.Position(name: name, type: type))
        return Part(first: [positions.count - 1], last: [positions.count - 1], isOptional: false)
    }

    mutating func sequence(_ a: Part, _ b: Part) -> Part {
        link(a.last, to: b.first)
        return Part(
            first: a.isOptional ? a.first + b.first : a.first, last: b.isOptional ? a.last + b.last : b.last,
            isOptional: a.isOptional && b.isOptional
        )
    }

    func choice(_ a: Part, _ b: Part) -> Part {
        Part(first: a.first + b.first, last: a.last + b.last, isOptional: a.isOptional || b.isOptional)
    }

    func optional(_ part: Part) -> Part { Part(first: part.first, last: part.last, isOptional: true) }

    mutating func repeated(_ part: Part) -> Part {
        link(part.last, to: part.first)
        return part
    }

    private mutating func link(_ last: [Int], to first: [Int]) {
        for position in last {
            for next in first where !positions[position].follow.contains(next) { positions[position].follow.append(next) }
        }
    }
}

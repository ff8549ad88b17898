/// Naming places in XML text, for errors: computed on demand by reading the bytes again.
public enum XMLText {
    /// The path to the innermost element or attribute at each byte offset, in the order given: `/bom/components/component[2]/@type`.
    ///
    /// Elements are named by their local names and, from the second of one name among their siblings on, numbered from 1. "" is
    /// the whole document. The bytes may be broken: the reading stops there.
    public static func paths(
        toByteOffsets offsets: [Int], in bytes: UnsafeBufferPointer<UInt8>, limits: XMLLimits = .standard
    ) -> [String] {
        var paths = [String](repeating: "", count: offsets.count)
        var waiting = offsets.indices.sorted { offsets[$0] < offsets[$1] }[...]
        var trail = Trail()
        do throws(XMLError) {
            try XMLReader.read(bytes, limits: limits) { (reader) throws(XMLError) in
                while let event = try reader.next() {
                    // Offsets before the event that follows belong to the place that was reached before it.
                    while let index = waiting.first, offsets[index] < event.byteOffset {
                        paths[index] = trail.path(to: offsets[index])
                        waiting.removeFirst()
                    }
                    trail.pass(event)
                }
            }
        } catch {}
        for index in waiting { paths[index] = trail.path(to: offsets[index]) }
        return paths
    }

    /// Where a reading stands.
    private struct Trail {
        private struct Step {
            let name: String
            let number: Int
            var children: [String: Int] = [:]
        }

        private var steps = [Step(name: "", number: 1)]
        private var attributes: [(offset: Int, name: String)] = []

        mutating func pass(_ event: XMLEvent) {
            attributes = []
            switch event {
            case .start(let element):
                let number = (steps[steps.count - 1].children[element.name.local] ?? 0) + 1
                steps[steps.count - 1].children[element.name.local] = number
                steps.append(Step(name: element.name.local, number: number))
                attributes = element.attributes.map { ($0.byteOffset, $0.name.local) }
            case .end: if steps.count > 1 { steps.removeLast() }
            case .text: break
            }
        }

        func path(to offset: Int) -> String {
            var path = steps.dropFirst().map { $0.number > 1 ? "/\($0.name)[\($0.number)]" : "/\($0.name)" }.joined()
            if let attribute = attributes.last(where: { $0.offset <= offset }) { path += "/@" + attribute.name }
            return path
        }
    }
}

extension XMLEvent {
    /// Offset of the event's first byte.
    public var byteOffset: Int {
        switch self {
        case .start(let element): element.byteOffset
        case .text(let characters): characters.byteOffset
        case .end(let offset): offset
        }
    }
}

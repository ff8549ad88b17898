import JSONText

extension SARIFReader {
    /// The ends of a code flow's first thread; nil where it has fewer than two places that are told where they stand.
    static func flow(_ reader: inout JSONReader) throws(JSONError) -> SARIFFlow? {
        var ends: (first: SARIFLocation?, last: SARIFLocation?)
        var threads = 0
        try reader.readObject { (reader, key) throws(JSONError) in
            guard key == "threadFlows" else { return }
            try reader.readArray { (reader) throws(JSONError) in
                threads += 1
                if threads == 1 { ends = try self.ends(&reader) }
            }
        }
        guard let first = ends.first, let last = ends.last else { return nil }
        return SARIFFlow(source: first, sink: last)
    }

    private static func ends(
        _ reader: inout JSONReader
    ) throws(JSONError) -> (first: SARIFLocation?, last: SARIFLocation?) {
        var ends: (first: SARIFLocation?, last: SARIFLocation?)
        try reader.readObject { (reader, key) throws(JSONError) in
            guard key == "locations" else { return }
            try reader.readArray { (reader) throws(JSONError) in
                try reader.readObject { (reader, key) throws(JSONError) in
                    guard key == "location" else { return }
                    let place = try location(&reader)
                    if ends.first == nil { ends.first = place } else { ends.last = place }
                }
            }
        }
        return ends
    }

    static func fix(_ reader: inout JSONReader) throws(JSONError) -> [SARIFArtifactChange] {
        var changes: [SARIFArtifactChange] = []
        try reader.readObject { (reader, key) throws(JSONError) in
            if key == "artifactChanges" { changes = try reader.readList(change) }
        }
        return changes
    }

    private static func change(_ reader: inout JSONReader) throws(JSONError) -> SARIFArtifactChange {
        var change = SARIFArtifactChange()
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "artifactLocation": change.artifact = try artifactLocation(&reader)
            case "replacements": change.replacements = try reader.readList(replacement)
            default: break
            }
        }
        return change
    }

    private static func replacement(_ reader: inout JSONReader) throws(JSONError) -> SARIFReplacement {
        var replacement = SARIFReplacement()
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "deletedRegion": replacement.deleted = try region(&reader, keepsText: true)
            case "insertedContent": replacement.inserted = try text(&reader)
            default: break
            }
        }
        return replacement
    }

    /// The text of an artifact's content (3.3).
    static func text(_ reader: inout JSONReader) throws(JSONError) -> String? {
        var text: String?
        try reader.readObject { (reader, key) throws(JSONError) in
            if key == "text" { text = try reader.readString() }
        }
        return text
    }
}

extension String {
    /// Documents are others' text: a line of a report stays one, and nothing in it moves a terminal's cursor.
    package var oneLine: String {
        let text = String(unicodeScalars.map { $0.properties.generalCategory == .control ? " " : Character($0) })
        return text.split(separator: " ").joined(separator: " ")
    }
}

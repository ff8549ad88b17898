import AdvisoryFormats

extension Refusal {
    /// A document that is not written as its format is, or means more than is taken: the first violation, with its place in the document.
    init(_ refused: FormatRefusal) {
        guard let first = refused.violations.first else {
            self.init(.malformed, "not a valid \(refused.format) document")
            return
        }
        if first.code == .tooLarge {
            self.init(.tooLarge, first.reason, place: first.pointer)
            return
        }
        let more = refused.violations.count > 1 ? " (and \(refused.violations.count - 1) more)" : ""
        let place = (first.pointer.isEmpty ? "" : first.pointer + ", ") + "byte \(first.byteOffset)"
        self.init(.malformed, first.reason + more, place: place)
    }
}

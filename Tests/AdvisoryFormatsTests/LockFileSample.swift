import AdvisoryFormats
import PackageIdentity
import Testing

/// What a test says a file lists: one line a component, `name version purl`, with `-` for what is not there.
func listed(_ text: String, as fileName: String) throws -> [String] {
    try InventoryDocument(parsing: Array(text.utf8), fileName: fileName).lines
}

/// The refusal of a text, or nil where it is read.
func refusal(of text: String, as fileName: String) -> FormatRefusal? {
    do throws(FormatRefusal) {
        _ = try InventoryDocument(parsing: Array(text.utf8), fileName: fileName)
        return nil
    } catch {
        return error
    }
}

extension InventoryDocument {
    var lines: [String] {
        components.map { "\($0.name) \($0.version ?? "-") \($0.purls.isEmpty ? "-" : $0.purls.joined(separator: " "))" }
    }

    /// `place: code` of each problem.
    var faults: [String] { problems.map { "\($0.pointer): \($0.code)" } }
}

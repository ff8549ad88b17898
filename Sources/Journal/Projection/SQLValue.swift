/// A value of a column, in the types both engines share.
package enum SQLValue: Sendable, Hashable {
    case null
    case integer(Int64)
    case text(String)
    case blob([UInt8])

    package static func optional(_ text: String?) -> SQLValue {
        text.map { .text($0) } ?? .null
    }

    package static func optional(_ number: Int64?) -> SQLValue {
        number.map { .integer($0) } ?? .null
    }
}

/// One row of a result, read by position. A column that does not hold the type asked for is our own mistake in the SQL next
/// to it, and is answered by an error rather than a crash.
package struct SQLRow: Sendable {
    package let values: [SQLValue]

    package init(values: [SQLValue]) {
        self.values = values
    }

    package func integer(_ index: Int) throws -> Int64 {
        guard case .integer(let number) = values[index] else { throw wrongType(index, "integer") }
        return number
    }

    package func text(_ index: Int) throws -> String {
        guard case .text(let text) = values[index] else { throw wrongType(index, "text") }
        return text
    }

    package func blob(_ index: Int) throws -> [UInt8] {
        guard case .blob(let bytes) = values[index] else { throw wrongType(index, "blob") }
        return bytes
    }

    package func optionalInteger(_ index: Int) throws -> Int64? {
        values[index] == .null ? nil : try integer(index)
    }

    package func optionalText(_ index: Int) throws -> String? {
        values[index] == .null ? nil : try text(index)
    }

    package func optionalBlob(_ index: Int) throws -> [UInt8]? {
        values[index] == .null ? nil : try blob(index)
    }

    private func wrongType(_ index: Int, _ wanted: String) -> JournalError {
        JournalError(.storage, "column \(index) is not \(wanted)")
    }
}

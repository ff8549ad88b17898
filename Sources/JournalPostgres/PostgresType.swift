import CPostgreSQL
import Journal

/// PostgreSQL's types by their object identifiers, which are the same in every database (`pg_type.dat`).
enum PostgresType {
    static let bool: Oid = 16
    static let bytea: Oid = 17
    static let name: Oid = 19
    static let int8: Oid = 20
    static let int2: Oid = 21
    static let int4: Oid = 23
    static let text: Oid = 25
    static let unknown: Oid = 705
    static let varchar: Oid = 1_043
    static let numeric: Oid = 1_700
    static let void: Oid = 2_278

    /// libpq's number for the binary format of parameters and results.
    static let binaryFormat: Int32 = 1

    /// The type a parameter is declared with; 0 lets the server infer what a NULL is.
    static func declared(for value: SQLValue) -> Oid {
        switch value {
        case .null: 0
        case .integer: int8
        case .text: text
        case .blob: bytea
        }
    }

    /// A value of a result. SQLite has one type of integers; every integral type of PostgreSQL (`count` is int8, `1` is int4,
    /// `sum` is numeric, a comparison is bool) therefore reads as `.integer`.
    /// - Throws: `storage` for a type that SQLite has nothing like.
    static func decode(_ bytes: UnsafeRawBufferPointer, as type: Oid) throws -> SQLValue {
        switch type {
        case int8: .integer(try number(bytes, as: Int64.self))
        case text, varchar, name, unknown: .text(String(decoding: bytes, as: UTF8.self))
        case bytea: .blob([UInt8](bytes))
        case int4: .integer(Int64(try number(bytes, as: Int32.self)))
        case int2: .integer(Int64(try number(bytes, as: Int16.self)))
        case bool: .integer(Int64(try number(bytes, as: UInt8.self)))
        case numeric: .integer(try integer(fromNumeric: bytes))
        case void: .null
        default: throw JournalError(.storage, "PostgreSQL answered with type \(type), which the journal does not read")
        }
    }

    /// The number most significant byte first.
    private static func number<Number: FixedWidthInteger>(
        _ bytes: UnsafeRawBufferPointer, at offset: Int = 0, as type: Number.Type
    ) throws -> Number {
        guard bytes.count >= offset + MemoryLayout<Number>.size else {
            throw JournalError(.storage, "PostgreSQL answered with a number of \(bytes.count) bytes")
        }
        return Number(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Number.self))
    }

    /// A numeric without fraction, as `sum` of int8 gives it: the header (number of digits, weight of the first, sign, scale)
    /// and the digits to the base 10,000 (`numeric_send` in PostgreSQL's `numeric.c`).
    private static func integer(fromNumeric bytes: UnsafeRawBufferPointer) throws -> Int64 {
        let count = Int(try number(bytes, as: Int16.self))
        let weight = Int(try number(bytes, at: 2, as: Int16.self))
        let sign = try number(bytes, at: 4, as: UInt16.self)
        let isNegative = sign == 0x4000
        var value: Int64 = 0
        var fits = (sign == 0 || isNegative) && count <= weight + 1
        // Zero has no digits and a weight of 0; digits that are all zero at the end are not sent.
        for index in 0..<max(0, count == 0 ? 0 : weight + 1) where fits {
            let digit = index < count ? Int64(try number(bytes, at: 8 + 2 * index, as: Int16.self)) : 0
            let (product, overflow) = value.multipliedReportingOverflow(by: 10_000)
            let (sum, carry) = product.addingReportingOverflow(isNegative ? -digit : digit)
            value = sum
            fits = !overflow && !carry
        }
        guard fits else { throw JournalError(.storage, "PostgreSQL answered with a number that is no 64-bit integer") }
        return value
    }
}

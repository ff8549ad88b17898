// Properties of the OSV reader and writer under arbitrary bytes; see `run-fuzz`.
import AdvisoryFormats

/// A record that is accepted must write itself, read back equal and write the same bytes again; one that is refused must
/// have places inside its bytes.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOSVRecord(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    let violations = OSVRecord.violations(in: bytes)
    for violation in violations { precondition((0...count).contains(violation.byteOffset), "a violation outside the bytes") }
    do throws(FormatRefusal) {
        let record = try OSVRecord(parsing: bytes)
        precondition(violations.isEmpty, "accepted with violations")
        let written = try record.bytes()
        let again = try OSVRecord(parsing: written)
        precondition(again == record, "reads back another record")
        let twice = try again.bytes()
        precondition(twice == written, "writes other bytes the second time")
    } catch {
        precondition(!violations.isEmpty, "refused without a violation, or own bytes refused: \(error)")
    }
    return 0
}

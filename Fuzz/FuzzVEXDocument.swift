// Properties of the VEX readers (OpenVEX, CSAF, CycloneDX) under arbitrary bytes; see `run-fuzz`.
import AdvisoryFormats

/// The same bytes give the same statements twice; a refusal has violations, whose places are inside the bytes.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzVEXDocument(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    do throws(FormatRefusal) {
        let document = try VEXDocument(parsing: bytes)
        let again = try VEXDocument(parsing: bytes)
        precondition(document == again, "reads something else the second time")
        for statement in document.statements {
            precondition(statement.documentID == document.id, "a statement of another document")
        }
    } catch {
        precondition(!error.violations.isEmpty, "refused without a violation")
        for violation in error.violations {
            precondition((0...count).contains(violation.byteOffset), "a violation outside the bytes")
        }
    }
    return 0
}

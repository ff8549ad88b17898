// Properties of the finding reader and writer under arbitrary bytes; see `run-fuzz`.
import AdvisoryFormats

/// A finding that is accepted must write itself, read back equal and write the same line again.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzFindingDocument(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    var accepted: FindingDocument?
    do throws(FormatRefusal) {
        accepted = try FindingDocument(parsing: bytes)
    } catch {
        precondition(!error.violations.isEmpty, "refused without a violation")
    }
    guard let accepted else { return 0 }
    do throws(FormatRefusal) {
        let written = try accepted.bytes()
        let again = try FindingDocument(parsing: written)
        precondition(again == accepted, "reads back another finding")
        let twice = try again.bytes()
        precondition(twice == written, "writes another line the second time")
    } catch {
        preconditionFailure("own line is refused: \(error)")
    }
    return 0
}

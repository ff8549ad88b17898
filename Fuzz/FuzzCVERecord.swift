// Properties of the CVE record reader under arbitrary bytes; see `run-fuzz`.
import AdvisoryFormats

/// A record that is accepted has no violation; one that is refused has places inside its bytes.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzCVERecord(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    let violations = CVERecord.violations(in: bytes)
    for violation in violations { precondition((0...count).contains(violation.byteOffset), "a violation outside the bytes") }
    do throws(FormatRefusal) {
        let record = try CVERecord(parsing: bytes)
        precondition(violations.isEmpty, "accepted with violations")
        for metric in ([record.cna] + record.adp).flatMap(\.metrics) {
            _ = metric.other?.ssvc
            _ = metric.other?.kev
        }
    } catch {
        precondition(!violations.isEmpty, "refused without a violation: \(error)")
    }
    return 0
}

// Properties of the SARIF reader and its conversion under arbitrary bytes; see `run-fuzz`.
import AdvisoryFormats

/// Every finding made from an accepted log must satisfy the finding format.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzSARIFReport(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    do throws(FormatRefusal) {
        let report = try SARIFReport(parsing: bytes)
        do throws(FormatRefusal) {
            let findings = try report.findings(repository: "https://example.org/r").findings
            for finding in findings { _ = try finding.document.bytes() }
        } catch {
            guard error.violations.first?.code != .tooLarge else { return 0 }
            preconditionFailure("a finding breaks its format: \(error)")
        }
    } catch {
        precondition(!error.violations.isEmpty, "refused without a violation")
        for violation in error.violations {
            precondition((0...count).contains(violation.byteOffset), "a violation outside the bytes")
        }
    }
    return 0
}

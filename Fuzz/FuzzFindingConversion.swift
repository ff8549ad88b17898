// Properties of what findings are read from besides SARIF, under arbitrary bytes; see `run-fuzz`.
import AdvisoryFormats

/// Every finding made from an accepted document must satisfy the finding format; a refusal has a place.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzFindingConversion(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    let repository = "https://example.org/r"
    check { () throws(FormatRefusal) in try OSVRecord(parsing: bytes).findings(repository: repository) }
    check { () throws(FormatRefusal) in try FindingConversion(csafReport: bytes, repository: repository) }
    check { () throws(FormatRefusal) in try FindingConversion(scrutineerBundle: bytes, repository: repository) }
    check { () throws(FormatRefusal) in try FindingConversion(csvExport: bytes, repository: repository) }
    check { () throws(FormatRefusal) in try FindingConversion(markdownExport: bytes, repository: repository) }
    _ = FindingFormat(guessing: bytes)
    return 0
}

private func check(_ read: () throws(FormatRefusal) -> FindingConversion?) {
    do throws(FormatRefusal) {
        for finding in try read()?.findings ?? [] {
            do throws(FormatRefusal) { _ = try finding.document.bytes() } catch {
                preconditionFailure("a finding breaks its format: \(error)")
            }
        }
    } catch {
        precondition(!error.violations.isEmpty, "refused without a violation")
    }
}

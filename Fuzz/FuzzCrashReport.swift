// Properties of the crash reader under arbitrary bytes; see `run-fuzz`.
import Correlation

/// The same bytes give the same report twice, within its limits, whatever is counted as a crash.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzCrashReport(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    for settings in [CrashSettings(), CrashSettings(countsExhaustion: true, countsScriptErrors: true)] {
        guard let report = CrashReport(parsing: bytes, settings: settings) else { continue }
        precondition(report == CrashReport(parsing: bytes, settings: settings), "reads something else the second time")
        precondition(!report.crashType.isEmpty && !report.kind.isEmpty, "a crash of no type")
        precondition(report.frames.count <= 512, "more frames than are kept")
        precondition(CrashStateSimilarity.areSimilar(report.crashState, report.crashState) || report.crashState.isEmpty)
    }
    return 0
}

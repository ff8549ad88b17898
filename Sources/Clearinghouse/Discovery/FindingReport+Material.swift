import AdvisoryFormats
import Correlation

extension FindingReport {
    /// The crash that its output tells of, or else the description, where finders paste what a sanitizer printed.
    var crashReport: CrashReport? {
        [crash, detail].lazy.compactMap(\.self).compactMap { CrashReport(parsing: Array($0.utf8)) }.first
    }

    /// The diff of the proposed fix, without what is written around it; else the one that is pasted into the description.
    var diff: String? { [patch, detail].lazy.compactMap(\.self).compactMap(DiffExcerpt.found).first }
}

package import Correlation

extension FindingReport {
    /// The coarse keys of this finding for each of its subjects. A sanitizer's report and a unified diff are read out of its
    /// description, where finders paste them.
    package var coarseKeys: [CoarseKeys] {
        let text = Array(detail.utf8)
        let evidence = FindingFingerprint.Evidence(
            package: package, repository: repository, weakness: weakness, file: file, function: function,
            startLine: startLine.map(Int.init), crash: CrashReport(parsing: text)
        )
        return CoarseKeys.ofSubjects(of: evidence, patch: detail.contains("@@") ? detail : nil)
    }
}

package import Correlation

extension FindingReport {
    /// The coarse keys of this finding for each of its subjects.
    package var coarseKeys: [CoarseKeys] {
        let evidence = FindingFingerprint.Evidence(
            package: package, repository: repository, weakness: weakness, file: file, function: function,
            startLine: startLine.map(Int.init), crash: crashReport
        )
        return CoarseKeys.ofSubjects(of: evidence, patch: diff)
    }
}

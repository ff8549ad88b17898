extension FindingFingerprint.Evidence {
    /// Whether both name the same package or the same repository, by their normalised names and not by their last words: `npm/yaml` and
    /// `pypi/yaml` are two, and so are `golang.org/x/net` and `github.com/other/net`.
    package func namesSubject(of other: FindingFingerprint.Evidence) -> Bool {
        let others = FindingSubject.subjects(of: other)
        return FindingSubject.subjects(of: self).contains { others.contains($0) }
    }
}

import Correlation
import PackageIdentity

extension FindingReport {
    /// What correlation is told of the finding.
    ///
    /// The commit that was scanned is no commit of a fix, and is left out.
    func correlationRecord(_ finding: String, of member: String) -> CorrelationRecord {
        var record = CorrelationRecord(id: finding)
        record.finder = member
        record.title = title
        record.text = detail
        record.packages = [package].compactMap(\.self).map { CorrelationRecord.Package(named: $0) }
        record.repositories = [repository].compactMap(\.self)
        record.weaknesses = [weakness].compactMap(\.self)
        if file != nil || function != nil {
            record.locations = [.init(file: file, function: function, startLine: startLine.map(Int.init))]
        }
        record.renames = renames.map { CorrelationRecord.Rename(from: $0.from, to: $0.to) }
        (record.entry, record.sink) = (entry, sink)
        record.patch = diff
        record.toolFingerprints = correlatedFingerprints
        record.crash = crash(in: record.packages.first?.name ?? repository)
        return record
    }

    private func crash(in project: String?) -> CorrelationRecord.Crash? {
        guard let project, let crash = crashReport, crash.hasFunctionInState else { return nil }
        return CorrelationRecord.Crash(project: project, type: crash.crashType, state: crash.crashState)
    }
}

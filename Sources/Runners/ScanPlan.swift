/// How a source is divided into groups of files: the same source always in the same way, so that a run can go on in the middle.
package struct ScanPlan: Sendable {
    package let units: [[SourceFile]]

    package var fileCount: Int { units.reduce(0) { $0 + $1.count } }

    /// A unit is unpacked, looked at and recorded by itself, so there are never more than this.
    package static let maximumUnitCount = 1_000
    /// What a unit reads at most, unless it is one file.
    private static let unitByteCount = 2 << 20

    package init(_ listing: SourceListing, for runner: some Runner) {
        let files = listing.files.filter { runner.accepts($0.path) }
        let bytes = files.reduce(0) { $0 + $1.sizeInBytes }
        // So long as every unit but the last is more than half full of one or the other, this keeps their number.
        let count = max(runner.unitFileCount, (files.count * 4 + ScanPlan.maximumUnitCount - 1) / ScanPlan.maximumUnitCount)
        let size = max(ScanPlan.unitByteCount, (bytes * 4 + ScanPlan.maximumUnitCount - 1) / ScanPlan.maximumUnitCount)
        var units: [[SourceFile]] = []
        var (current, filled): ([SourceFile], Int) = ([], 0)
        for file in files {
            if !current.isEmpty, current.count >= count || filled + file.sizeInBytes > size {
                units.append(current)
                (current, filled) = ([], 0)
            }
            current.append(file)
            filled += file.sizeInBytes
        }
        if !current.isEmpty { units.append(current) }
        self.units = units
    }
}

import PackageIdentity

/// The epochs that a version may have whose inventory has none: those of the boundaries and of the listed versions of every advisory about
/// its package and release.
///
/// The packages of a release rarely change their epoch: of AlmaLinux's 10,543 packages 55 have more than one.
struct OpenEpochs {
    /// Beyond this many every verdict is open. Real packages have one to three; each costs a judgement of every advisory.
    private static let limit = 8

    /// Ascending, so that the same question has the same evidence.
    private var epochs: [UInt64] = []
    private(set) var areTooMany = false

    mutating func add(_ key: VersionKey) {
        guard !areTooMany, let epoch = key.rpmEpoch, !epochs.contains(epoch) else { return }
        areTooMany = epochs.count == Self.limit
        epochs.append(epoch)
        epochs.sort()
    }

    mutating func removeAll() { self = OpenEpochs() }

    /// What to ask under: epoch 0, which nobody writes, where there are none.
    var asked: [UInt64] { epochs.isEmpty ? [0] : epochs }
}

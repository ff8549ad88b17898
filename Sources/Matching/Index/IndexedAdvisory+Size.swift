extension IndexedAdvisory {
    /// About how many bytes the advisory holds in memory: so much as a bound on many of them needs.
    package var heldByteCount: Int {
        let texts = ([id, summary ?? ""] + aliases).reduce(0) { $0 + $1.utf8.count + MemoryLayout<String>.stride }
        return affected.reduce(MemoryLayout<IndexedAdvisory>.stride + texts) { $0 + $1.heldByteCount }
    }
}

extension AffectedPackage {
    fileprivate var heldByteCount: Int {
        let versions = explicitVersions.reduce(0) { $0 + $1.utf8.count + MemoryLayout<String>.stride }
        let texts = ranges.reduce(0) { $0 + $1.introducedText.utf8.count + 16 + ($1.doubt?.utf8.count ?? 0) }
        return MemoryLayout<AffectedPackage>.stride + name.utf8.count + versions + texts
            + ranges.count * MemoryLayout<VersionRange>.stride
    }
}

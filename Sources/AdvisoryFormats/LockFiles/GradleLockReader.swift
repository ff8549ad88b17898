/// Reads `gradle.lockfile` and `buildscript-gradle.lockfile` (https://docs.gradle.org/current/userguide/dependency_locking.html):
/// `group:artifact:version=configurations` on each line, before Gradle 6.8 without what follows the version.
enum GradleLockReader {
    static func read(_ bytes: [UInt8]) throws(TextFault) -> InventoryDocument {
        try TextCheck.check(bytes)
        var inventory = LockFileInventory(.gradle)
        for line in TextLines(bytes) {
            let content = line.trimmed()
            // `empty=` lists the configurations that have no dependency.
            if content.isEmpty || content.first == UInt8(ascii: "#") || content.hasPrefix("empty=") { continue }
            let parts = content.prefix { $0 != UInt8(ascii: "=") }.split(
                separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
            guard parts.count == 3, parts.allSatisfy({ !$0.isEmpty }) else {
                inventory.log.add(.badValue, at: line.startIndex, "the line is not written as group:artifact:version")
                continue
            }
            inventory.addMaven(group: parts[0].text, artifact: parts[1].text, version: parts[2].text, at: line.startIndex)
        }
        return inventory.finished(bytes)
    }
}

extension LockFileInventory {
    /// Adds an artifact of Maven's ecosystem, named `group:artifact`.
    mutating func addMaven(group: String, artifact: String, version: String?, at offset: Int) {
        add("\(group):\(artifact)", version, type: "maven", namespace: group, purlName: artifact, at: offset)
    }
}

/// The inventory of dpkg's database: the packages whose files are on the system, as `DpkgStatus` reads them.
enum DpkgInventoryReader {
    static func read(_ bytes: [UInt8]) -> InventoryDocument {
        let status = DpkgStatus(parsing: bytes.span)
        var inventory = LockFileInventory(.dpkg)
        for package in status.installed {
            let system = SystemPackage(
                manager: .dpkg, source: package.source, sourceVersion: package.sourceVersion, architecture: package.architecture)
            inventory.add(package.name, package.version, system: system, at: package.byteOffset)
        }
        for problem in status.problems { inventory.log.add(.badValue, at: problem.offset, problem.reason) }
        return inventory.finished(bytes)
    }
}

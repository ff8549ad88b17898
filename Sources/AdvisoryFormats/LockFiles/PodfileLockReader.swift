/// Reads `Podfile.lock` of CocoaPods (https://guides.cocoapods.org/using/using-cocoapods.html): each pod once, however many of its
/// subspecs (`Texture/Core`) are used. Pods of a folder or an archive are the project's own; of a repository, that is named.
enum PodfileLockReader {
    static func read(_ bytes: [UInt8]) throws(TextFault) -> InventoryDocument {
        let root = try YAMLReader.parse(bytes)
        var inventory = LockFileInventory(.cocoaPods)
        inventory.specVersion = root["COCOAPODS"]?.scalar
        guard let pods = root["PODS"] else { throw TextFault("no PODS are listed", at: 0, code: .missingMember) }
        let sources = root["EXTERNAL SOURCES"]?.valuesByKey ?? [:]
        let checkouts = root["CHECKOUT OPTIONS"]?.valuesByKey ?? [:]
        for pod in pods.sequence ?? [] {
            // What a pod depends on makes a mapping of it.
            let text = pod.scalar ?? pod.mapping?.first?.key ?? ""
            guard let (name, version) = parts(text) else {
                inventory.log.add(.badValue, at: pod.byteOffset, "a pod is not written as name (version)")
                continue
            }
            add(name, version, from: sources[name], checkouts[name], to: &inventory, at: pod.byteOffset)
        }
        return inventory.finished(bytes)
    }

    private static func add(
        _ name: String, _ version: String, from source: YAMLNode?, _ checkout: YAMLNode?,
        to inventory: inout LockFileInventory, at offset: Int
    ) {
        guard let source else {
            return inventory.add(name, version, type: "cocoapods", at: offset)
        }
        guard let repository = source[":git"]?.scalar else { return inventory.add(name, version, at: offset) }
        let commit = checkout?[":commit"]?.scalar ?? source[":commit"]?.scalar
        inventory.add(name, version, repository: repository, commit: commit, at: offset)
    }

    /// `Texture/Core (3.1.0)` is `Texture` and `3.1.0`; nil where it is not written so.
    private static func parts(_ text: String) -> (name: String, version: String)? {
        guard text.last == ")", let open = text.lastIndex(of: "(") else { return nil }
        let name = text[..<open].prefix { $0 != "/" }
        let version = text[text.index(after: open)...].dropLast()
        let trimmed = Array(name.utf8)[...].trimmed().text
        return trimmed.isEmpty || version.isEmpty ? nil : (trimmed, String(version))
    }
}

/// Reads `pubspec.lock` of Dart and Flutter (https://dart.dev/tools/pub/glossary#lockfile). Only packages whose source is
/// `hosted` are a registry's; `sdk`, `path` and `git` are not.
enum PubspecLockReader {
    static func read(_ bytes: [UInt8]) throws(TextFault) -> InventoryDocument {
        let root = try YAMLReader.parse(bytes)
        var inventory = LockFileInventory(.pub)
        for member in root["packages"]?.mapping ?? [] {
            let (package, offset) = (member.value, member.keyOffset)
            let (version, description) = (package["version"]?.scalar, package["description"])
            switch package["source"]?.scalar {
            case "hosted": inventory.add(description?["name"]?.scalar ?? member.key, version, type: "pub", at: offset)
            case "git":
                let commit = description?["resolved-ref"]?.scalar
                let address = description?["url"]?.scalar ?? ""
                inventory.add(member.key, version, repository: address, commit: commit, type: "pub", at: offset)
            case nil:
                inventory.log.add(.missingMember, at: offset, "\(member.key) has no source")
                inventory.add(member.key, version, at: offset)
            default: inventory.add(member.key, version, at: offset)
            }
        }
        return inventory.finished(bytes)
    }
}

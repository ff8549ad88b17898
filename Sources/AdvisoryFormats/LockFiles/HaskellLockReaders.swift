/// Reads `stack.yaml.lock` (https://docs.haskellstack.org/en/stable/topics/lock_files/): packages of Hackage are written
/// `name-version@sha256:hash,size`; others are archives and repositories.
enum StackLockReader {
    static func read(_ bytes: [UInt8]) throws(TextFault) -> InventoryDocument {
        let root = try YAMLReader.parse(bytes)
        var inventory = LockFileInventory(.stack)
        for element in root["packages"]?.sequence ?? [] {
            guard let package = element["completed"] else {
                inventory.log.add(.missingMember, at: element.byteOffset, "a package has no member \"completed\"")
                continue
            }
            let (name, version) = (package["name"]?.scalar, package["version"]?.scalar)
            if let hackage = package["hackage"] {
                addHackage(hackage, to: &inventory)
            } else if let git = package["git"]?.scalar {
                let commit = package["commit"]?.scalar
                inventory.add(
                    name ?? git, version, repository: git, commit: commit, type: name.map { _ in "hackage" },
                    at: package.byteOffset)
            } else {
                inventory.add(name ?? package["url"]?.scalar ?? "", version, at: package.byteOffset)
            }
        }
        return inventory.finished(bytes)
    }

    private static func addHackage(_ node: YAMLNode, to inventory: inout LockFileInventory) {
        let text = (node.scalar ?? "").prefix { $0 != "@" }
        guard let hyphen = text.lastIndex(of: "-"), hyphen > text.startIndex else {
            return inventory.log.add(.badValue, at: node.byteOffset, "a package of Hackage is not written as name-version")
        }
        inventory.add(
            String(text[..<hyphen]), String(text[text.index(after: hyphen)...]), type: "hackage", at: node.byteOffset)
    }
}

/// Reads `cabal.project.freeze` (https://cabal.readthedocs.io/en/stable/cabal-project-description-file.html): the constraints
/// `any.name ==version`. Constraints that set flags name no version.
enum CabalFreezeReader {
    static func read(_ bytes: [UInt8]) throws(TextFault) -> InventoryDocument {
        try TextCheck.check(bytes)
        var inventory = LockFileInventory(.cabal)
        var isInConstraints = false
        for line in TextLines(bytes) {
            var content = line.trimmed()
            if content.isEmpty || content.hasPrefix("--") { continue }
            // A field begins at the start of a line and goes on on indented ones.
            if line.indentation == 0 {
                isInConstraints = content.hasPrefix("constraints:")
                if isInConstraints { content = content.dropFirst("constraints:".utf8.count) }
            }
            guard isInConstraints else { continue }
            for constraint in content.split(separator: UInt8(ascii: ",")) { add(constraint.trimmed(), to: &inventory) }
        }
        return inventory.finished(bytes)
    }

    private static func add(_ constraint: TextSlice, to inventory: inout LockFileInventory) {
        guard let (before, after) = constraint.divided(by: "==") else {
            let operators: [UInt8] = [UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "^")]
            if constraint.contains(where: operators.contains) {
                inventory.log.add(.badValue, at: constraint.startIndex, "a constraint names no single version")
            }
            return
        }
        var name = before.trimmed()
        // `any.` makes the constraint hold for build tools too; `installed` packages come with the compiler.
        for qualifier in ["any." as StaticString, "setup."] where name.hasPrefix(qualifier) {
            name = name.dropFirst(qualifier.utf8CodeUnitCount)
        }
        inventory.add(name.text, after.trimmed().text, type: "hackage", at: constraint.startIndex)
    }
}

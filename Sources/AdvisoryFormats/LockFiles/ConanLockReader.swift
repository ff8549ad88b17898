import JSONText

/// Reads `conan.lock` of Conan 2 (`requires`, `build_requires`, `python_requires`) and of Conan 1 (`graph_lock`;
/// https://docs.conan.io/2/tutorial/versioning/lockfiles.html). A reference is `name/version@user/channel#revision%time`.
struct ConanLockReader: JSONLockFileReading {
    static let file = InventoryFile.conan
    var inventory = LockFileInventory(.conan)

    mutating func member(_ key: JSONKey, _ reader: inout JSONReader) throws(JSONError) {
        switch key {
        case "version": inventory.specVersion = try string(&reader)
        case "requires", "build_requires", "python_requires", "config_requires": try references(&reader)
        case "graph_lock":
            try members(&reader) { (this, reader, key) throws(JSONError) in
                guard key == "nodes" else { return }
                try this.members(&reader) { (this, reader, _) throws(JSONError) in try this.node(&reader) }
            }
        default: break
        }
    }

    private mutating func references(_ reader: inout JSONReader) throws(JSONError) {
        try elements(&reader) { (this, reader) throws(JSONError) in
            let offset = reader.offset
            if let text = try this.string(&reader) { this.add(text, at: offset) }
        }
    }

    private mutating func node(_ reader: inout JSONReader) throws(JSONError) {
        try members(&reader) { (this, reader, key) throws(JSONError) in
            // The consumer itself has no reference, or null.
            guard key == "ref" else { return }
            let offset = reader.offset
            if let text = try this.optionalString(&reader) { this.add(text, at: offset) }
        }
    }

    private mutating func add(_ reference: String, at offset: Int) {
        let text = reference.prefix { $0 != "#" && $0 != "%" }
        let halves = text.split(separator: "@", maxSplits: 1)
        let parts = (halves.first ?? "").split(separator: "/", maxSplits: 1).map(String.init)
        guard parts.count == 2 else {
            return log.add(.badValue, at: offset, "\"\(reference)\" is not written as name/version")
        }
        var qualifiers: [String: String] = [:]
        if halves.count == 2 {
            let owner = halves[1].split(separator: "/", maxSplits: 1).map(String.init)
            qualifiers["user"] = owner.first
            qualifiers["channel"] = owner.count == 2 ? owner[1] : nil
        }
        inventory.add(parts[0], parts[1], type: "conan", qualifiers: qualifiers, at: offset)
    }
}

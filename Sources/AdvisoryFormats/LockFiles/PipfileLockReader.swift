import JSONText

/// Reads `Pipfile.lock` (https://pipenv.pypa.io/en/latest/pipfile.html): every category of packages, `default`, `develop` and
/// the project's own; `_meta` is none.
struct PipfileLockReader: JSONLockFileReading {
    static let file = InventoryFile.pipfile
    var inventory = LockFileInventory(.pipfile)

    mutating func member(_ key: JSONKey, _ reader: inout JSONReader) throws(JSONError) {
        if key == "_meta" { return }
        try members(&reader) { (this, reader, key) throws(JSONError) in try this.package(key, &reader) }
    }

    private mutating func package(_ key: JSONKey, _ reader: inout JSONReader) throws(JSONError) {
        let name = key.string
        let offset = key.byteOffset
        guard try isKind(.object, &reader) else { return }
        var version, git, ref: String?
        var isElsewhere = false
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "version": version = try optionalString(&reader)
            case "git": git = try string(&reader)
            case "ref": ref = try string(&reader)
            case "path", "file", "hg", "svn", "bzr": isElsewhere = true
            default: break
            }
        }
        if let git { return inventory.add(name, version, repository: git, commit: ref, at: offset) }
        if isElsewhere { return inventory.add(name, version, at: offset) }
        guard let written = version, let pin = PythonPin.version(written) else {
            log.add(.badValue, at: offset, "\(name) is not locked to one version by ==")
            return inventory.add(name, nil, at: offset)
        }
        inventory.add(name, pin, type: "pypi", at: offset)
    }
}

/// Version specifiers of Python packages (PEP 440) that name one version.
enum PythonPin {
    /// The version of `==1.0` or `===1.0`, also among other specifiers; nil where none names exactly one (`==1.*`, `>=1`).
    static func version(_ specifiers: String) -> String? {
        for part in specifiers.split(separator: ",") {
            var rest = Array(part.utf8)[...].trimmed()
            guard rest.hasPrefix("==") else { continue }
            rest = rest.dropFirst(rest.hasPrefix("===") ? 3 : 2).trimmed()
            if !rest.isEmpty, !rest.hasSuffix("*") { return rest.text }
        }
        return nil
    }
}

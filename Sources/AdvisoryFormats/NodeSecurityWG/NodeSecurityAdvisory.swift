import JSONText

/// An advisory of the Node.js security working group (https://github.com/nodejs/security-wg, `vuln`), as its file has it.
public struct NodeSecurityAdvisory: Sendable, Hashable {
    /// What the advisory is about; the database keeps each kind in a directory of its own.
    public enum Subject: Sendable, Hashable {
        /// A package of npm by its name.
        case npm(String)
        /// Node.js itself.
        case core
        /// A vulnerability of a part that Node.js contains, which does not affect Node.js.
        case unaffectedDependency
    }

    /// What it is about.
    public var subject: Subject
    /// The number of the advisory in its directory: the name of its file, or its key in `index.json`.
    public var number: String
    /// One line of text, or nil.
    public var title: String?
    /// CVE identifiers.
    public var cves: [String]
    /// The day of the last change or of publication, like `2018-01-31`, or nil.
    public var date: String?
    /// The affected versions, as a range of npm; of Node.js itself those of `patchedVersions` are not among them.
    public var vulnerableVersions: String
    /// The versions with the fix, as a range of npm, or nil.
    public var patchedVersions: String?

    /// Reads one file: an advisory, or an `index.json` with all of a directory.
    /// - Parameter fileName: the file's name or path, which has the advisory's number.
    /// - Throws: `FormatRefusal` with every place where the file is not written as the database's files are.
    public static func all(parsing bytes: [UInt8], fileName: String) throws(FormatRefusal) -> [NodeSecurityAdvisory] {
        let name = fileName.split(separator: "/").last.map(String.init) ?? fileName
        let number = name.hasSuffix(".json") ? String(name.dropLast(5)) : name
        let advisories = try bytes.withUnsafeBufferPointer { (bytes) throws(FormatRefusal) in
            try NodeSecurityReader.parse(bytes, limits: .standard)
        }
        return advisories.map { advisory in
            var advisory = advisory
            if advisory.number.isEmpty { advisory.number = number }
            return advisory
        }
    }
}

/// Reads a file of the database.
struct NodeSecurityReader: DocumentReading {
    static let formatName = "Node.js security WG"

    var log = ViolationLog()

    private struct Fields {
        var moduleName, title, overview, vulnerable, patched, date: String?
        var cves: [String] = []
        var isDependency = false
    }

    /// An index has numbers for keys, an advisory none.
    mutating func document(_ reader: inout JSONReader) throws(JSONError) -> [NodeSecurityAdvisory]? {
        let start = reader.offset
        guard try isKind(.object, &reader) else { return nil }
        var advisories: [NodeSecurityAdvisory] = []
        var fields = Fields()
        try reader.readObject { (reader, key) throws(JSONError) in
            let key = key.string
            guard !key.isEmpty, key.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else {
                return try member(key, &fields, &reader)
            }
            let offset = reader.offset
            var inner = Fields()
            guard try isKind(.object, &reader) else { return }
            try reader.readObject { (reader, key) throws(JSONError) in try member(key.string, &inner, &reader) }
            if let advisory = advisory(inner, number: key, at: offset) { advisories.append(advisory) }
        }
        if !advisories.isEmpty { return advisories }
        return advisory(fields, number: "", at: start).map { [$0] }
    }

    private mutating func member(_ key: String, _ fields: inout Fields, _ reader: inout JSONReader) throws(JSONError) {
        switch key {
        case "module_name": fields.moduleName = try string(&reader)
        case "title": fields.title = try optional(&reader)
        case "overview": fields.overview = try optional(&reader)
        case "vulnerable_versions", "vulnerable": fields.vulnerable = try string(&reader)
        case "patched_versions", "patched": fields.patched = try optional(&reader)
        case "updated_at": fields.date = try optional(&reader) ?? fields.date
        case "publish_date":
            let date = try optional(&reader)
            fields.date = fields.date ?? date
        case "cves", "cve": fields.cves = try strings(&reader)
        case "reason":
            fields.isDependency = true
            try reader.skipValue()
        default: try reader.skipValue()
        }
    }

    private mutating func optional(_ reader: inout JSONReader) throws(JSONError) -> String? {
        if try reader.peek() == .null {
            try reader.skipValue()
            return nil
        }
        return try string(&reader)
    }

    private mutating func advisory(_ fields: Fields, number: String, at offset: Int) -> NodeSecurityAdvisory? {
        let subject: NodeSecurityAdvisory.Subject =
            fields.moduleName.map { .npm($0) }
            ?? (fields.vulnerable == nil && fields.isDependency ? .unaffectedDependency : .core)
        if subject != .unaffectedDependency { require(fields.vulnerable != nil, "vulnerable_versions", at: offset) }
        let line = (fields.title ?? fields.overview)?.split(separator: "\n").first.map(String.init)
        return NodeSecurityAdvisory(
            subject: subject, number: number, title: line, cves: fields.cves, date: fields.date,
            vulnerableVersions: fields.vulnerable ?? "", patchedVersions: fields.patched
        )
    }
}

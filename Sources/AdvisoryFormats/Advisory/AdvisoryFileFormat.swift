import JSONText

/// The formats of documents that say which packages or products a vulnerability affects, told by a document's content; and two that
/// say other things of vulnerabilities, which people keep beside them.
public enum AdvisoryFileFormat: String, Sendable, CaseIterable {
    case osv = "OSV"
    case cve = "CVE record"
    case csaf = "CSAF"
    case ghsa = "GHSA"
    case rubySec = "RubySec"
    case friendsOfPHP = "FriendsOfPHP"
    case nodeSecurity = "Node.js security WG"
    /// CISA's catalogue of known exploited vulnerabilities.
    case kev = "KEV"
    /// Scores of the Exploit Prediction Scoring System.
    case epss = "EPSS"

    /// What a document is by its own members; nil where it is none of these, or no document at all.
    public init?(of bytes: [UInt8]) {
        switch bytes.first(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) {
        case UInt8(ascii: "{"):
            guard let format = bytes.withUnsafeBufferPointer(Self.json) else { return nil }
            self = format
        case nil, UInt8(ascii: "["), UInt8(ascii: "<"): return nil
        default:
            guard let format = Self.table(bytes) ?? Self.yaml(bytes) else { return nil }
            self = format
        }
    }

    private static func json(_ bytes: UnsafeBufferPointer<UInt8>) -> AdvisoryFileFormat? {
        var names: Set<String> = []
        // What is no JSON behind its beginning is the reader's to refuse, with the place.
        _ = try? JSONReader.read(bytes) { (reader) throws(JSONError) in
            try reader.readObject { (reader, key) throws(JSONError) in
                names.insert(key.string)
                try reader.skipValue()
            }
        }
        if names.contains("cveMetadata") || names.contains("dataType") { return .cve }
        if names.contains("document") { return .csaf }
        if names.contains("ghsa_id") || names.contains("ghsaId") { return .ghsa }
        if names.contains("catalogVersion") { return .kev }
        if names.contains("module_name") || names.contains("vulnerable") || names.isSuperset(of: ["cve", "reason"]) {
            return .nodeSecurity
        }
        if !names.isEmpty, names.allSatisfy({ $0.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } }) { return .nodeSecurity }
        return names.contains("id") ? .osv : nil
    }

    private static func table(_ bytes: [UInt8]) -> AdvisoryFileFormat? {
        let line = bytes.prefix { $0 != 0x0A }
        if line.starts(with: "#model_version".utf8) || line.starts(with: "cve,epss".utf8) { return .epss }
        return line.starts(with: "cveID,".utf8) || line.starts(with: "\"cveID\",".utf8) ? .kev : nil
    }

    private static func yaml(_ bytes: [UInt8]) -> AdvisoryFileFormat? {
        let names: Set<String>
        if let root = try? YAMLReader.parse(bytes) {
            names = Set((root.mapping ?? []).map(\.key))
        } else {
            // What is no YAML, or more of it than is read, is the reader's to refuse, with the place.
            let lines = bytes.split(separator: 0x0A).map { $0.prefix { $0 != UInt8(ascii: ":") } }
            names = Set(lines.map { String(decoding: $0, as: UTF8.self) })
        }
        if names.isSuperset(of: ["reference", "branches"]) { return .friendsOfPHP }
        return names.contains("title") && (names.contains("gem") || names.contains("engine")) ? .rubySec : nil
    }
}

import Foundation
import TestSupport

@testable import Correlation

/// All advisories of osv-corpus and vulnrichment, and which of them are one vulnerability.
///
/// Truth is what explicit CVE and GHSA aliases join, which is how dedupe-groundtruth was made; here over all records, so that
/// the suite's groups, which are a selection, are among those found. Records without such a name aren't judged (nobody said
/// what they are), and OSS-Fuzz reports are judged among themselves.
struct CorrelationGroundTruth {
    static let folder = "dedupe-groundtruth"
    private(set) var records: [CorrelationRecord] = []
    private(set) var groups = JudgedGroups()
    /// The members of each group.
    private(set) var members: [[String]] = []
    private var parents: [String: String] = [:]
    private var named: Set<String> = []
    private var crashes: Set<String> = []

    static func load() throws -> CorrelationGroundTruth {
        var truth = CorrelationGroundTruth()
        for name in ["bitnami", "go", "pypa", "rustsec", "haskell", "julia", "almalinux", "oss-fuzz"] {
            for line in try lines("osv-corpus/\(name).jsonl.zst") {
                let aliases = (try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any])?["aliases"] as? [String]
                truth.add(try CorrelationRecord(line: line), aliases ?? [], isCrash: name == "oss-fuzz")
            }
        }
        for line in try lines("vulnrichment/vulnrichment.jsonl.zst") {
            let record = try CorrelationRecord(line: line)
            truth.add(record, [record.id])
        }
        for name in ["rubysec", "friendsofphp", "nodejs-security-wg"] {
            for line in try SharedSuite.records("osv-corpus/native-\(name).jsonl.zst") {
                guard let path = line["path"] as? String, let document = line["doc"] as? [String: Any] else { continue }
                let (record, aliases) = NativeAdvisory(path: path, document: document).converted(from: name)
                truth.add(record, aliases)
            }
        }
        truth.close()
        return truth
    }

    private static func lines(_ path: String) throws -> [[UInt8]] {
        try SharedSuite.unpacked(path).split(separator: UInt8(ascii: "\n")).map(Array.init)
    }

    private mutating func add(_ record: CorrelationRecord, _ aliases: [String], isCrash: Bool = false) {
        records.append(record)
        for alias in aliases + [record.id] { join(record.id, alias.uppercased()) }
        if isCrash, let crash = record.crash {
            join(record.id, "crash \(crash.project) \(crash.type) \(crash.state)")
            crashes.insert(record.id)
        }
        if !aliases.isEmpty { named.insert(record.id) }
    }

    private mutating func root(_ key: String) -> String {
        var key = key
        while let parent = parents[key], parent != key {
            parents[key] = parents[parent] ?? parent
            key = parent
        }
        return key
    }

    private mutating func join(_ id: String, _ name: String) {
        let (a, b) = (root("record " + id), root(name))
        if a != b { parents[a] = b }
    }

    private mutating func close() {
        var byRoot: [String: [String]] = [:]
        for record in records where named.contains(record.id) || crashes.contains(record.id) {
            byRoot[root("record " + record.id), default: []].append(record.id)
        }
        members = byRoot.values.filter { $0.count > 1 }
        for (number, group) in members.enumerated() { groups.addGroup(group, number) }
        groups.judgeAmongThemselves(crashes)
        groups.leaveUnjudged(records.map(\.id).filter { !named.contains($0) && !crashes.contains($0) })
    }
}

/// Records of databases with formats of their own, as dedupe-groundtruth names them.
struct NativeAdvisory {
    let path: String
    let document: [String: Any]

    private func text(_ key: String) -> String? { document[key] as? String }
    private func texts(_ value: Any?) -> [String] { (value as? [Any])?.compactMap { $0 as? String } ?? [] }

    func converted(from database: String) -> (CorrelationRecord, aliases: [String]) {
        switch database {
        case "rubysec": rubysec()
        case "friendsofphp": friendsOfPHP()
        default: nodejs()
        }
    }

    private func rubysec() -> (CorrelationRecord, aliases: [String]) {
        var record = CorrelationRecord(id: "RUBYSEC:" + path)
        record.database = "rubysec"
        record.title = text("title") ?? ""
        record.text = text("description") ?? ""
        record.packages = [.init(scope: "gem", name: text("gem") ?? text("library") ?? text("engine") ?? "")]
        record.fixedVersions = texts(document["patched_versions"]).flatMap { Self.versions(in: $0, after: ["=", ">"]) }
        record.references = [text("url")].compactMap(\.self) + texts((document["related"] as? [String: Any])?["url"])
        let cve = document["cve"].map { "CVE-\($0)" }
        return (record, [cve, text("ghsa").map { "GHSA-" + $0 }].compactMap(\.self).filter { !$0.contains("<null>") })
    }

    private func friendsOfPHP() -> (CorrelationRecord, aliases: [String]) {
        var record = CorrelationRecord(id: "FOP:" + path)
        record.database = "friendsofphp"
        record.title = text("title") ?? ""
        let name = text("reference")?.replacingOccurrences(of: "composer://", with: "") ?? ""
        record.packages = [.init(scope: "composer", name: name)]
        let branches = (document["branches"] as? [String: [String: Any]])?.values.flatMap { texts($0["versions"]) } ?? []
        record.fixedVersions = branches.flatMap { Self.versions(in: $0, after: ["<"]) }
        record.references = [text("link")].compactMap(\.self)
        return (record, [text("cve")].compactMap(\.self))
    }

    private func nodejs() -> (CorrelationRecord, aliases: [String]) {
        var record = CorrelationRecord(id: "NODESEC:" + path)
        record.database = "nodejs"
        record.title = text("title") ?? ""
        record.text = text("overview") ?? ""
        record.packages = [.init(scope: "npm", name: text("module_name") ?? "node")]
        record.fixedVersions = Self.versions(in: text("patched") ?? text("patched_versions") ?? "", after: ["^", "=", ">"])
        let references =
            texts(document["references"]) + (text("references") ?? "").split(whereSeparator: \.isWhitespace).map(String.init)
        record.references = [text("ref")].compactMap(\.self) + references.filter { $0.hasPrefix("http") }
        return (record, texts(document["cve"]) + texts(document["cves"]))
    }

    /// Numbers that stand behind one of these characters.
    private static func versions(in text: String, after marks: Set<Character>) -> [String] {
        var versions: [String] = []
        var previous: Character = " "
        for word in text.replacingOccurrences(of: " ", with: "").split(whereSeparator: { "|,".contains($0) }) {
            previous = word.drop { !$0.isNumber }.isEmpty ? " " : word.last { marks.contains($0) } ?? " "
            if previous != " " { versions.append(String(word.drop { !$0.isNumber })) }
        }
        return versions
    }
}

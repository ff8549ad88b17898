import AdvisoryFormats
import Foundation
import Matching
import TestSupport

/// The advisories of the corpus that came from databases with a format of their own, read as their files.
enum NativeCorpus {
    static let files = ["rubysec", "friendsofphp", "nodejs-security-wg"].map { "osv-corpus/native-\($0).jsonl.zst" }

    /// A file of a database: its path there, and its text. JSON is YAML too (YAML 1.2.2, 1.2).
    struct File {
        let path: String
        let bytes: [UInt8]
    }

    static func files(of suite: String) throws -> [File] {
        try SharedSuite.records(suite).map { record in
            File(
                path: record["path"] as? String ?? "",
                bytes: try [UInt8](
                    JSONSerialization.data(withJSONObject: record["doc"] ?? [:], options: [.withoutEscapingSlashes]))
            )
        }
    }

    /// Every advisory; an index of a directory repeats those of its files.
    static func advisories() throws -> [IndexedAdvisory] { try files.flatMap { try advisories(of: $0) } }

    static func advisories(of suite: String) throws -> [IndexedAdvisory] {
        try files(of: suite).flatMap { file in
            if suite.contains("rubysec") {
                return [IndexedAdvisory(try RubySecAdvisory(parsing: file.bytes), fileName: file.path)]
            }
            if suite.contains("friendsofphp") {
                return [IndexedAdvisory(try FriendsOfPHPAdvisory(parsing: file.bytes), fileName: file.path)]
            }
            return try NodeSecurityAdvisory.all(parsing: file.bytes, fileName: file.path).map { IndexedAdvisory($0) }
        }
    }
}

import Foundation
import JSONText
import Testing

@testable import Audit

@Suite struct RecordKindTests {
    /// Every kind that the clearinghouse's source names.
    private static func kinds() throws -> [String] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources/Clearinghouse")
            .standardized
        let files = try #require(FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil))
        var kinds: Set<String> = []
        for case let file as URL in files where file.pathExtension == "swift" {
            for match in try String(contentsOf: file, encoding: .utf8).matches(of: /RecordKind\("([a-z.-]+)"\)/) {
                kinds.insert(String(match.output.1))
            }
        }
        return kinds.sorted()
    }

    @Test func `the auditor knows every kind that the clearinghouse writes, and which contents it names`() throws {
        let kinds = try Self.kinds()
        #expect(kinds.count > 50, "\(kinds)")
        for kind in kinds {
            #expect(ContentReferences.of(kind: kind, payload: [:], sealedUnder: "") != nil, "\(kind)")
        }
    }

    @Test func `a record of every kind is in the journal that is audited here`() async throws {
        let copy = try await AuditFixture.shared.value.copy()
        for kind in try Self.kinds() {
            #expect(try copy.integer("SELECT count(*) FROM record WHERE kind = '\(kind)'") > 0, "\(kind)")
        }
    }
}

import AdvisoryFormats
import TestSupport
import Testing

/// The valid and invalid documents of the CycloneDX specification; the name of each is its verdict.
@Suite struct CycloneDXSuiteTests {
    private static let folder = "cyclonedx/tools/src/test/resources"
    private static let versions = (0...7).map { "1.\($0)" }

    @Test(.enabled(if: SharedSuite.has("cyclonedx"), "shared/suites/cyclonedx is missing"))
    func `accepts every valid document and says what is wrong with every invalid one`() throws {
        var (valid, invalid) = (0, 0)
        for version in Self.versions {
            for path in SharedSuite.files(in: "\(Self.folder)/\(version)") where path.hasSuffix(".json") || path.hasSuffix(".xml")
            {
                let name = String(path.split(separator: "/").last ?? "")
                let bytes = try SharedSuite.bytes(path)
                var violations: [FormatViolation] = []
                do throws(FormatRefusal) {
                    violations = try InventoryDocument(parsing: bytes, validating: true).violations
                } catch {
                    violations = error.violations
                }
                if name.hasPrefix("valid-") {
                    valid += 1
                    #expect(violations.isEmpty, "\(version)/\(name): \(violations)")
                } else if name.hasPrefix("invalid-") {
                    invalid += 1
                    #expect(!violations.isEmpty, "\(version)/\(name) is accepted")
                    #expect(violations.allSatisfy { !$0.reason.isEmpty && 0...bytes.count ~= $0.byteOffset }, "\(name)")
                }
            }
        }
        print("cyclonedx: \(valid) valid and \(invalid) invalid documents judged")
        #expect(valid >= 464 && invalid >= 306, "the suite was read only in part")
    }

    @Test(.enabled(if: SharedSuite.has("cyclonedx"), "shared/suites/cyclonedx is missing"))
    func `holds an extension's elements to the schema of their own namespace`() throws {
        var judged = 0
        for path in SharedSuite.files(in: "\(Self.folder)/ext") where path.hasSuffix(".xml") {
            judged += 1
            let violations = try InventoryDocument(parsing: SharedSuite.bytes(path), validating: true).violations
            #expect(violations.isEmpty == !path.contains("/invalid-"), "\(path): \(violations)")
        }
        #expect(judged >= 3)
    }
}

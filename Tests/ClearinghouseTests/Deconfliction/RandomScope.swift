import TestSupport

@testable import Clearinghouse

/// Scopes of a small world, so that many of them overlap.
enum RandomScope {
    static func scope(using generator: inout SeededGenerator) throws -> ScanScope {
        let revision = ["@a", "@b", ""].randomElement(using: &generator) ?? ""
        let target = ["github.com/acme/parser", "github.com/acme/codec"].randomElement(using: &generator) ?? ""
        return try ScanScope(
            target: ScanTarget(target + revision), isRevisionOnly: !revision.isEmpty && Bool.random(using: &generator),
            subsystem: [nil, "src", "src/xml", "lib"].randomElement(using: &generator) ?? nil,
            bugClass: try ([nil, "CWE-787", "memory-safety", "injection"].randomElement(using: &generator) ?? nil).map {
                try BugClass($0)
            },
            toolFamily: [nil, "fuzzer", "model-agent"].randomElement(using: &generator) ?? nil
        )
    }
}

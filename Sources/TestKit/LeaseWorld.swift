package import Clearinghouse
package import TestSupport

/// A small world of bugs that is known in full. What a scope means is listed here bug by bug, so that two scopes can be told to meet
/// or not without asking the rule that is to be judged.
package enum LeaseWorld {
    static let parser = "github.com/acme/parser"
    static let codec = "github.com/acme/codec"
    /// A second name that the parser has at times.
    static let parserPackage = "pkg:npm/acme-parser"

    /// What a text of one dimension stands for.
    private typealias Meaning = [(text: String?, bugs: Set<String>)]

    private static let commitA = String(repeating: "a1b2", count: 10)
    private static let commitB = String(repeating: "c3d4", count: 10)
    private static let everyRevision: Set<String> = ["A1", "A2", "B1", "B2"]

    /// A commit and the release that is made of it are not known to be one, so every pair of them may be. A shortened commit may be
    /// anything: a branch can be called so.
    private static let revisions: Meaning = [
        (commitA, ["A1", "A2"]), (commitA.uppercased(), ["A1", "A2"]), (commitB, ["B1", "B2"]), ("a1b2a1", everyRevision),
        ("1.0", ["A1", "B1"]), ("v1.0", ["A1", "B1"]), ("2.0", ["A2", "B2"])
    ]
    private static let files: Meaning = [
        (nil, ["a", "b", "c", "d"]), ("src", ["a", "b", "c"]), ("./src/", ["a", "b", "c"]), ("src/xml", ["b"]),
        ("src/xml/b.c", ["b"]), ("src/xmlrpc", ["c"]), ("lib", ["d"])
    ]
    /// Weaknesses by their numbers.
    private static let weaknesses: Meaning = [
        (nil, ["122", "125", "416", "401", "89", "79", "99", "22", "552", "862", "776", "134"]),
        ("CWE-122", ["122"]), ("cwe-787", ["122"]), ("CWE-119", ["122", "125", "416"]), ("bounds", ["122", "125"]),
        ("memory-safety", ["122", "125", "416", "401"]), ("resource-exhaustion", ["401", "776"]),
        ("injection", ["89", "79", "99", "776"]),
        ("CWE-74", ["89", "79", "99"]), ("file-handling", ["99", "22", "552"]), ("access-control", ["22", "862"]),
        ("CWE-22", ["22"]), ("CWE-284", ["552", "862"]), ("format-string", ["134"]), ("sql-injection", ["89"])
    ]
    private static let tools: Meaning = [
        (nil, ["fuzzer", "agent", "other"]), ("fuzzer", ["fuzzer"]), ("Fuzzer", ["fuzzer"]), ("model-agent", ["agent"])
    ]
    private static let models: Meaning = [(nil, ["m1", "m2", "other"]), ("m1", ["m1"]), ("M2", ["m2"])]

    /// The bugs a scope looks at: those that are in every dimension's set.
    package struct Box: Sendable {
        fileprivate let dimensions: [Set<String>]

        /// Whether some bug is in both.
        package func meets(_ other: Box) -> Bool {
            zip(dimensions, other.dimensions).allSatisfy { !$0.isDisjoint(with: $1) }
        }
    }

    /// A scope, and the bugs it is about.
    package struct Scope: Sendable {
        package let scope: ScanScope
        package let box: Box
    }

    package static func scope(using generator: inout SeededGenerator) throws -> Scope {
        func pick(_ meaning: Meaning) -> (text: String?, bugs: Set<String>) {
            // All of a dimension half of the time, so that many scopes meet.
            (Bool.random(using: &generator) ? meaning.first : meaning.randomElement(using: &generator)) ?? (nil, [])
        }
        let target = [parser, parser, parserPackage, codec].randomElement(using: &generator) ?? parser
        let stated = Bool.random(using: &generator) ? pick(revisions) : (text: nil, bugs: everyRevision)
        let isOnly = stated.text != nil && Bool.random(using: &generator)
        let (file, weakness, tool, model) = (pick(files), pick(weaknesses), pick(tools), pick(models))
        let name = try ScanTarget(target)
        return Scope(
            scope: try ScanScope(
                target: try stated.text.map { try name.at($0) } ?? name, isRevisionOnly: isOnly, subsystem: file.text,
                bugClass: try weakness.text.map { try BugClass($0) }, toolFamily: tool.text, modelFamily: model.text
            ),
            box: Box(dimensions: [isOnly ? stated.bugs : everyRevision, file.bugs, weakness.bugs, tool.bugs, model.bugs])
        )
    }

    /// What a recorded scope means; the texts are in the one way they are recorded in.
    static func box(
        revision: String?, isOnly: Bool, subsystem: String?, bugClass: String?, toolFamily: String?, modelFamily: String?
    ) throws -> Box {
        func bugs(_ text: String?, _ meaning: Meaning, _ isSame: (String, String) -> Bool) throws -> Set<String> {
            let found = meaning.first { entry in
                guard let known = entry.text, let text else { return entry.text == nil && text == nil }
                return isSame(known, text)
            }
            guard let found else { throw JournalConformance.Violation(description: "\(text ?? "all") is not of this world") }
            return found.bugs
        }
        func sameWord(_ one: String, _ other: String) -> Bool { one.lowercased() == other.lowercased() }
        return Box(dimensions: [
            isOnly ? try bugs(revision, revisions, ==) : everyRevision, try bugs(subsystem, files, ==),
            try bugs(bugClass, weaknesses, sameWord), try bugs(toolFamily, tools, sameWord),
            try bugs(modelFamily, models, sameWord)
        ])
    }
}

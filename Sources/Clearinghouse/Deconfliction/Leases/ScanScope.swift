package import JSONText

/// What one scan looks at: a box in five dimensions. Where a dimension is nil, all of it is meant.
package struct ScanScope: Sendable, Hashable {
    package let target: ScanTarget
    /// True where only the stated revision is meant (a backport, the difference to an earlier scan). Else the revision says where
    /// the scan stands, and the scope is the target's whole line: a bug lives on from commit to commit.
    package let isRevisionOnly: Bool
    /// A directory or file, from the repository's root, with `/` between its parts.
    package let subsystem: String?
    package let bugClass: BugClass?
    /// What finds: `fuzzer`, `static-analysis`, `model-agent`, or another word.
    package let toolFamily: String?
    /// Whose model it is, where one looks.
    package let modelFamily: String?

    private static let longestSubsystem = 1_024
    private static let longestFamily = 64

    /// - Throws: `malformed` with the place.
    package init(
        target: ScanTarget, isRevisionOnly: Bool = false, subsystem: String? = nil, bugClass: BugClass? = nil,
        toolFamily: String? = nil, modelFamily: String? = nil
    ) throws(Refusal) {
        guard !isRevisionOnly || target.revision != nil else {
            throw Refusal(.malformed, "a scope of one revision needs to say which", place: "/revisionOnly")
        }
        self.target = target
        self.isRevisionOnly = isRevisionOnly
        self.subsystem = try subsystem.flatMap(Self.path)
        self.bugClass = bugClass
        self.toolFamily = try toolFamily.map { text throws(Refusal) in try Self.family(text, at: "/toolFamily") }
        self.modelFamily = try modelFamily.map { text throws(Refusal) in try Self.family(text, at: "/modelFamily") }
    }

    /// The same scope under another of its target's names.
    func on(_ name: String) -> ScanScope {
        name == target.name ? self : ScanScope(self, on: ScanTarget(name: name, revision: target.revision))
    }

    private init(_ scope: ScanScope, on target: ScanTarget) {
        self.target = target
        isRevisionOnly = scope.isRevisionOnly
        subsystem = scope.subsystem
        bugClass = scope.bugClass
        toolFamily = scope.toolFamily
        modelFamily = scope.modelFamily
    }

    /// Whether some bug could be found by both.
    func overlaps(_ other: ScanScope) -> Bool {
        target.name == other.target.name && revisionsMeet(other) && subsystemsMeet(other)
            && ScanScope.meet(bugClass, other.bugClass) { $0.overlaps($1) }
            && ScanScope.meet(toolFamily, other.toolFamily, by: ==) && ScanScope.meet(modelFamily, other.modelFamily, by: ==)
    }

    /// Whether whatever the other looks at, this one looked at: at the same revision, so that a revision nobody stated covers nothing.
    func covers(_ other: ScanScope) -> Bool {
        target.name == other.target.name && isAtRevision(of: other)
            && (subsystem == nil || other.subsystem.map { ScanScope.isInside($0, subsystem ?? "") } ?? false)
            && ScanScope.holds(bugClass, other.bugClass) { $0.covers($1) }
            && ScanScope.holds(toolFamily, other.toolFamily, by: ==) && ScanScope.holds(modelFamily, other.modelFamily, by: ==)
    }

    private func revisionsMeet(_ other: ScanScope) -> Bool {
        guard isRevisionOnly, other.isRevisionOnly else { return true }
        guard let revision = target.revision, let others = other.target.revision else { return true }
        return !ScanRevision(revision).isSurelyOther(than: ScanRevision(others))
    }

    private func isAtRevision(of other: ScanScope) -> Bool {
        guard let revision = target.revision, let others = other.target.revision else { return false }
        return ScanRevision(revision).isSame(as: ScanRevision(others))
    }

    private func subsystemsMeet(_ other: ScanScope) -> Bool {
        ScanScope.meet(subsystem, other.subsystem) { ScanScope.isInside($0, $1) || ScanScope.isInside($1, $0) }
    }

    private static func meet<Value>(_ one: Value?, _ other: Value?, by rule: (Value, Value) -> Bool) -> Bool {
        guard let one, let other else { return true }
        return rule(one, other)
    }

    private static func holds<Value>(_ one: Value?, _ other: Value?, by rule: (Value, Value) -> Bool) -> Bool {
        guard let one else { return true }
        return other.map { rule(one, $0) } ?? false
    }

    private static func isInside(_ path: String, _ directory: String) -> Bool {
        path == directory || path.hasPrefix(directory + "/")
    }

    /// The path without what means nothing; nil for the whole.
    private static func path(_ text: String) throws(Refusal) -> String? {
        let parts = text.split(separator: "/").filter { $0 != "." }
        guard !parts.contains(".."), text.utf8.count <= longestSubsystem, text.utf8.allSatisfy({ $0 >= 0x20 }) else {
            throw Refusal(
                .malformed, "a subsystem is a path from the root, without .. and of at most \(longestSubsystem) bytes",
                place: "/subsystem"
            )
        }
        return parts.isEmpty ? nil : parts.joined(separator: "/")
    }

    /// Families are compared by name, so they are written in one way.
    private static func family(_ text: String, at place: String) throws(Refusal) -> String {
        let name = text.lowercased()
        guard
            (1...longestFamily).contains(name.utf8.count),
            name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else {
            throw Refusal(.malformed, "a family is a word of at most \(longestFamily) printable letters", place: place)
        }
        return name
    }
}

extension ScanScope {
    /// For records and answers; dimensions that mean all are left out.
    package var members: [(String, JSONValue)] {
        let texts: [(String, String?)] = [
            ("bugClass", bugClass?.description), ("modelFamily", modelFamily), ("revision", target.revision),
            ("subsystem", subsystem), ("target", target.name), ("toolFamily", toolFamily)
        ]
        return texts.compactMap { name, text in text.map { (name, .string($0)) } } + [("revisionOnly", .bool(isRevisionOnly))]
    }
}

package import Matching

/// What one source of an inventory said: components, and what it could not say.
package struct Inventory: Sendable {
    /// Where it comes from: `dpkg`, `Python`, a file's name.
    package let source: String
    /// Package URLs and CPE names of what it describes, as they stand there; none where it does not say.
    package let subjects: [String]
    package let components: [Component]
    /// Components that were looked at besides: no advisory concerns them, and they were not kept.
    package private(set) var passedCount = 0
    /// Entries that name no version or no package, in words.
    package let problems: [String]

    /// How much of it can be compared with advisories.
    package private(set) var comparability: Comparability
    /// Those of its components that BOM-Links lead to.
    package private(set) var linked = LinkedComponents()
    /// What components from a repository were taken from, by their numbers.
    package private(set) var commits: [Int: Component] = [:]
    /// Where it breaks the schema of its format, in words; nil where it keeps to it, or there is none. What it lists is here all the same.
    package private(set) var invalidity: String?
    /// Why it could not be read at all; then it has nothing else. Nil where it was read.
    package private(set) var failure: String?

    package var componentCount: Int { components.count + passedCount }

    package init(source: String, subjects: [String] = [], components: [Component] = [], problems: [String] = []) {
        self.source = source
        self.subjects = subjects
        self.components = components
        self.problems = problems
        comparability = Comparability()
        for component in components { comparability.note(component) }
        for problem in problems { comparability.note(.unread, problem) }
    }

    /// An inventory that could not be read.
    package init(source: String, failure: String) {
        self.init(source: source)
        self.failure = failure
    }

    init(source: String, _ listed: ListedComponents, invalidity: String?) {
        self.source = source
        self.invalidity = invalidity
        subjects = listed.subjects
        components = listed.components
        passedCount = listed.passedCount
        problems = listed.problems
        comparability = listed.comparability
        linked = listed.linked
        commits = listed.commits
    }
}

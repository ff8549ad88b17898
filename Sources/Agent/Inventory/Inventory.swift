package import Matching

/// What one source of an inventory said: components, and what it could not say.
package struct Inventory: Sendable {
    /// Where it comes from: `dpkg`, `Python`, a file's name.
    package let source: String
    /// Package URLs and CPE names of what it describes, as they stand there; none where it does not say.
    package var subjects: [String]
    package var components: [Component]
    /// Components that were looked at besides: no advisory concerns them, and they were not kept.
    package var passedCount = 0
    /// Entries that name no version or no package, in words.
    package var problems: [String]

    package var componentCount: Int { components.count + passedCount }

    package init(source: String, subjects: [String] = [], components: [Component] = [], problems: [String] = []) {
        self.source = source
        self.subjects = subjects
        self.components = components
        self.problems = problems
    }

    init(source: String, _ listed: ListedComponents) {
        self.init(source: source, subjects: listed.subjects, components: listed.components, problems: listed.problems)
        passedCount = listed.passedCount
    }
}

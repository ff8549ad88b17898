package import Journal

/// Taking advisories in, publishing our own, and handing all of them out.
package struct Distribution: Sendable {
    let journal: any Journal
    let environment: ClearinghouseEnvironment
    let recent = RecentlyReadAdvisories()

    package init(journal: any Journal, environment: ClearinghouseEnvironment) {
        self.journal = journal
        self.environment = environment
    }
}

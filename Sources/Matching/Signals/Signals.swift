package import CivilTime

/// What is known of how vulnerabilities are exploited, beside an index of advisories.
package struct Signals: Sendable {
    package let exploited: SignalTable<ExploitedElement>?
    package let epss: SignalTable<EPSSElement>?

    /// Nothing is known.
    package static let none = Signals(exploited: nil, epss: nil)

    package init(exploited: SignalTable<ExploitedElement>?, epss: SignalTable<EPSSElement>?) {
        self.exploited = exploited
        self.epss = epss
    }

    /// What is said under any name of a vulnerability.
    ///
    /// Names of one vulnerability may be several CVE identifiers; then the earliest due date counts, and the highest score.
    package func about(_ names: [String]) -> VulnerabilitySignals {
        var found = VulnerabilitySignals()
        if let exploited {
            let earliest = names.lazy.compactMap { exploited[$0] }.min { ($0.due, $0.added) < ($1.due, $1.added) }
            found.exploited = earliest.map(KnownExploitation.init)
        }
        if let epss {
            let highest = names.lazy.compactMap { epss[$0] }.max { $0.score < $1.score }
            found.epss = highest.map { EPSSEstimate($0, date: epss.edition.day) }
        }
        return found
    }
}

/// What is known of how one vulnerability is exploited.
package struct VulnerabilitySignals: Hashable, Sendable {
    package var exploited: KnownExploitation?
    package var epss: EPSSEstimate?

    package init() {}

    package var isEmpty: Bool { exploited == nil && epss == nil }
}

/// That a vulnerability is known to be exploited, and what BOD 22-01 asks of US federal agencies.
package struct KnownExploitation: Hashable, Sendable {
    /// When it came into the catalogue.
    package let added: CivilDate
    /// By when it has to be dealt with.
    package let due: CivilDate
    /// Whether ransomware campaigns are known to use it: `known` or `unknown`, which is not "no"; nil where the catalogue says nothing.
    package let ransomware: String?

    init(_ element: ExploitedElement) {
        added = CivilDate(daysSinceEpoch: Int64(element.added))
        due = CivilDate(daysSinceEpoch: Int64(element.due))
        ransomware = element.ransomware == 0 ? nil : element.ransomware == 1 ? "unknown" : "known"
    }
}

/// How likely a vulnerability is exploited within thirty days.
package struct EPSSEstimate: Hashable, Sendable {
    /// Probability from 0 to 1.
    package let score: Double
    /// Share of the vulnerabilities that score the same or less, from 0 to 1; nil where the feed has none.
    package let percentile: Double?
    /// The day of the scores.
    package let date: CivilDate

    init(_ element: EPSSElement, date: CivilDate) {
        score = Double(element.score) / Double(EPSSElement.unit)
        percentile = element.percentile == EPSSElement.none ? nil : Double(element.percentile) / Double(EPSSElement.unit)
        self.date = date
    }
}

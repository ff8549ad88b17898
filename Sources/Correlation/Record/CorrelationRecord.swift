/// What correlation is told of one finding or advisory: everything is optional but the id, and unverified.
///
/// Correlation owns this type; whoever holds findings or advisories fills it. The documented file format is in
/// `CorrelationRecord+Reading`.
package struct CorrelationRecord: Sendable, Equatable {
    /// A name that is unique in the set; only shown, never compared unless identifiers count (`FeatureExtractor`).
    package var id: String
    /// Who keeps the record, like `pypa` or `cve`; nil for a finding.
    package var database: String?
    /// What stands once in that database.
    package var listing = Listing.byPackage
    /// Who found it: vulnerabilities that independent finders reach are counted by it.
    package var finder: String?
    /// The run of the finder's tool that listed it, by any name: it lists each vulnerability once.
    package var run: String?
    /// Identifiers of the same vulnerability elsewhere.
    package var aliases: [String] = []
    package var title = ""
    package var text = ""
    package var packages: [Package] = []
    package var repositories: [String] = []
    package var fixedVersions: [String] = []
    /// Commits that fix it, as hexadecimal digits.
    package var commits: [String] = []
    package var references: [String] = []
    package var weaknesses: [String] = []
    package var symbols: [String] = []
    package var locations: [Location] = []
    /// Files that have another name in another commit.
    package var renames: [Rename] = []
    /// Where the attacker's data enters, and where it does harm: a chain leads from one finding's sink to another's entry.
    package var entry: String?
    package var sink: String?
    package var crash: Crash?
    /// A unified diff of the fix.
    package var patch: String?
    package var toolFingerprints: [FindingFingerprint.ToolFingerprint] = []

    package init(id: String) { self.id = id }

    /// How a database that is a catalogue lists: it holds two of its records for two vulnerabilities, where both are about
    /// the same packages (`byPackage`) or whatever they are about (`byVulnerability`, like CVE). Findings come from no catalogue
    /// and have no `database`.
    package enum Listing: String, Sendable {
        case byPackage, byVulnerability
    }

    /// A package, product or module as the record names it.
    package struct Package: Sendable, Equatable {
        /// An ecosystem of OSV, a type of purl or a vendor; may be empty.
        package var scope: String
        package var name: String

        package init(scope: String = "", name: String) {
            self.scope = scope
            self.name = name
        }
    }

    package struct Location: Sendable, Equatable {
        package var file: String?
        package var function: String?
        package var startLine: Int?

        package init(file: String? = nil, function: String? = nil, startLine: Int? = nil) {
            self.file = file
            self.function = function
            self.startLine = startLine
        }
    }

    /// A file that was renamed; which way round says nothing about who reports which name.
    package struct Rename: Sendable, Equatable {
        package var from: String
        package var to: String

        package init(from: String, to: String) {
            self.from = from
            self.to = to
        }
    }

    /// A crash as ClusterFuzz describes it.
    package struct Crash: Sendable, Equatable {
        package var project: String
        package var type: String
        package var state: [String]

        package init(project: String, type: String, state: [String]) {
            self.project = project
            self.type = type
            self.state = state
        }
    }
}

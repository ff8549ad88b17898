package import AdvisoryFormats
import PackageIdentity

/// Advisories of databases that have a format of their own. Their identifiers in an index begin with the database's name: two
/// databases may name an advisory after the same CVE, and neither takes the place of the other.
extension IndexedAdvisory {
    /// What an index keeps of an advisory of the Ruby Advisory Database.
    /// - Parameter fileName: the file's name, or its path; what the database calls the advisory.
    package init(_ advisory: RubySecAdvisory, fileName: String) {
        let (directory, name, package) =
            switch advisory.subject {
            case .gem(let name): ("gems", name, AffectedPackage(ecosystem: Ecosystem(name: "RubyGems"), name: name))
            case .engine(let name): ("rubies", name, AffectedPackage(project: name))
            }
        var affected = package
        affected.ranges = advisory.affectedRanges
        self.init(
            id: "rubysec:\(directory)/\(name)/\(Self.stem(fileName))", modified: Self.seconds(advisory.date),
            aliases: advisory.identifiers, summary: Self.line(advisory.title), affected: [affected]
        )
    }

    /// What an index keeps of an advisory of FriendsOfPHP's database.
    /// - Parameter fileName: the file's name, or its path; what the database calls the advisory.
    package init(_ advisory: FriendsOfPHPAdvisory, fileName: String) {
        let package = AffectedPackage(
            ecosystem: Ecosystem(name: "Packagist"), name: advisory.package,
            ranges: advisory.branches.flatMap { branch in
                VersionRange.all(native: branch.versions.joined(separator: ","), type: "composer")
            }
        )
        self.init(
            id: "friendsofphp:\(advisory.package)/\(Self.stem(fileName))",
            modified: advisory.branches.compactMap(\.time).map { Self.seconds(String($0.prefix(10))) }.max() ?? 0,
            aliases: advisory.cve.map { [$0] } ?? [], summary: Self.line(advisory.title), affected: [package]
        )
    }

    /// What an index keeps of an advisory of the Node.js security working group.
    package init(_ advisory: NodeSecurityAdvisory) {
        let (directory, aliases, affected): (String, [String], [AffectedPackage]) =
            switch advisory.subject {
            case .npm(let name):
                (
                    "npm", ["NSWG-ECO-" + advisory.number],
                    [
                        AffectedPackage(
                            ecosystem: Ecosystem(name: "npm"), name: name,
                            ranges: VersionRange.all(native: advisory.vulnerableVersions, type: "npm")
                        )
                    ]
                )
            case .core:
                ("core", [], [AffectedPackage(project: "node", ranges: advisory.rangesOfNode)])
            case .unaffectedDependency: ("deps", [], [])
            }
        self.init(
            id: "nodejs-security-wg:\(directory)/\(advisory.number)", modified: advisory.date.map(Self.seconds) ?? 0,
            aliases: aliases + advisory.cves, summary: advisory.title.flatMap(Self.line), affected: affected
        )
    }

    private static func stem(_ fileName: String) -> String {
        let name = fileName.split(separator: "/").last ?? ""
        return String(name.lastIndex(of: ".").map { name[..<$0] } ?? name)
    }

    private static func line(_ text: String) -> String? { text.split(separator: "\n").first.map(String.init) }

    /// The first second of a day; 0 where it is none.
    private static func seconds(_ day: String) -> Int64 { WrittenTimestamp(day + "T00:00:00Z")?.secondsSince1970 ?? 0 }
}

extension AffectedPackage {
    /// A project of no ecosystem, which inventories name by a package URL of this type.
    init(project name: String, type: String = "generic", ranges: [VersionRange] = []) {
        self.init(ecosystem: Ecosystem(name: Component.ecosystemOfRepositories), name: "pkg:\(type)/\(name)", ranges: ranges)
    }
}

extension RubySecAdvisory {
    /// "Affected" is what is left: the database lists what is not.
    fileprivate var affectedRanges: [VersionRange] {
        do throws(NativeRangeError) {
            guard let syntax = NativeSyntax(type: "gem") else { return [] }
            func range(_ requirement: String) throws(NativeRangeError) -> VersRange {
                try VersRange(native: requirement, in: syntax)
            }
            let patched = try patchedVersions.map(range)
            let others = try unaffectedVersions.map(range)
            guard let affected = try? VersRange(type: "gem", constraints: []).subtracting(patched + others) else {
                return [.everything(in: .rubygems, doubt: "The place of a version of the advisory is not known.")]
            }
            let doubt = platform.map { "The advisory is about the platform \($0), and the inventory does not name one." }
            return VersionRange.all(of: affected, doubt: doubt) { version in
                patched.contains { $0.containment(of: version) == .contained } ? .fixed(version) : .limit(version)
            }
        } catch {
            return [.everything(in: .rubygems, doubt: error.doubt)]
        }
    }
}

extension NodeSecurityAdvisory {
    /// Whole branches are vulnerable, but for the versions with the fix.
    fileprivate var rangesOfNode: [VersionRange] {
        guard let syntax = NativeSyntax(type: "npm") else { return [] }
        do throws(NativeRangeError) {
            let patched = try patchedVersions.map { text throws(NativeRangeError) in try VersRange(native: text, in: syntax) }
            let vulnerable = try VersRange(native: vulnerableVersions, in: syntax)
            guard let affected = vulnerable.subtracting(patched.map { [$0] } ?? []) else {
                return [.everything(in: .npm, doubt: "The place of a version of the advisory is not known.")]
            }
            return VersionRange.all(of: affected) { version in
                patched?.containment(of: version) == .contained ? .fixed(version) : .limit(version)
            }
        } catch {
            return [.everything(in: .npm, doubt: error.doubt)]
        }
    }
}

extension VersionRange {
    /// The runs of a range as an ecosystem's advisories write it; every version in doubt where it can't be read.
    static func all(native text: String, type: String) -> [VersionRange] {
        guard let syntax = NativeSyntax(type: type) else { return [] }
        do throws(NativeRangeError) {
            return all(of: try VersRange(native: text, in: syntax))
        } catch {
            return [.everything(in: VersionScheme(versType: type) ?? .unknown, doubt: error.doubt)]
        }
    }
}

extension NativeRangeError {
    /// Why nothing can be said, as a sentence.
    var doubt: String { "The advisory's range can't be read: \(reason)" }
}

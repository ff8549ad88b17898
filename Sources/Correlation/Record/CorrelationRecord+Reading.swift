import JSONText

/// The file format: one JSON object a line.
///
/// | member | is |
/// |---|---|
/// | `id` | required; a name that is unique in the file |
/// | `database`, `finder`, `run`, `title`, `description`, `patch`, `entry`, `sink` | text |
/// | `listing` | `byPackage` (as if absent) or `byVulnerability`: what stands once in the database |
/// | `aliases`, `repositories`, `fixed`, `commits`, `references`, `weaknesses`, `symbols` | lists of texts |
/// | `packages` | a list of purls or plain names |
/// | `locations` | a list of `{"file", "function", "startLine"}` |
/// | `renames` | a list of `{"from", "to"}`, files that another commit names otherwise |
/// | `crash` | `{"project", "type", "state": [frames, innermost first]}` |
/// | `fingerprints` | a list of `{"tool", "name", "value", "partial"}` |
///
/// Packages, repositories, projects and files have at most 4,096 bytes. A null counts as absent; members that aren't listed are skipped. OSV and CVE records are recognised by their own members
/// (`CorrelationRecord+Advisories`) and need no conversion.
extension CorrelationRecord {
    /// A line that says something else than the format allows.
    package struct Malformation: Error, Sendable, Equatable, CustomStringConvertible {
        /// From 1.
        package var line: Int
        /// The member that is wrong, like `locations[2].file`; empty when the line is no JSON object.
        package var member: String
        package var reason: String

        package var description: String { "line \(line): " + (member.isEmpty ? "" : member + ": ") + reason }
    }

    /// The records of a file, and the lines that aren't one: a bad line costs only itself, and so does one whose `id` stands above
    /// already. Empty lines count as nothing.
    package static func reading(
        lines bytes: [UInt8], visit: (CorrelationRecord) -> Void
    ) -> [Malformation] {
        var malformations: [Malformation] = []
        var lines: [String: Int] = [:]
        var number = 0
        for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            number += 1
            guard line.contains(where: { $0 > .space }) else { continue }
            do throws(MemberFault) {
                let record = try CorrelationRecord(line: Array(line))
                if let first = lines[record.id] { throw MemberFault("id", "\(record.id) is that of line \(first)") }
                lines[record.id] = number
                visit(record)
            } catch {
                malformations.append(Malformation(line: number, member: error.member, reason: error.reason))
            }
        }
        return malformations
    }

    /// - Throws: `MemberFault` naming the member that is wrong.
    init(line: [UInt8]) throws(MemberFault) {
        let value: JSONValue
        do throws(JSONError) { value = try JSONValue(parsing: line) } catch { throw MemberFault("", "\(error)") }
        guard let object = value.object else { throw MemberFault("", "not a JSON object") }
        if let advisory = Self.advisory(object) {
            self = advisory
        } else {
            try self.init(members: MemberReader(object))
        }
    }

    private init(members: MemberReader) throws(MemberFault) {
        guard let id = try members.text("id"), !id.isEmpty else { throw MemberFault("id", "missing") }
        self.init(id: id)
        database = try members.text("database")
        finder = try members.text("finder")
        run = try members.text("run")
        if let name = try members.text("listing") {
            guard let known = Listing(rawValue: name) else {
                throw MemberFault("listing", "neither byPackage nor byVulnerability")
            }
            listing = known
        }
        title = try members.text("title") ?? ""
        text = try members.text("description") ?? ""
        patch = try members.text("patch")
        entry = try members.text("entry")
        sink = try members.text("sink")
        aliases = try members.texts("aliases")
        packages = try members.names("packages").map { Package(named: $0) }
        repositories = try members.names("repositories")
        fixedVersions = try members.texts("fixed")
        commits = try members.texts("commits")
        references = try members.texts("references")
        weaknesses = try members.texts("weaknesses")
        symbols = try members.texts("symbols")
        for part in try members.objects("locations") {
            locations.append(
                Location(
                    file: try part.name("file"), function: try part.text("function"),
                    startLine: try part.integer("startLine")))
        }
        for part in try members.objects("renames") {
            renames.append(Rename(from: try part.requiredName("from"), to: try part.requiredName("to")))
        }
        for part in try members.objects("fingerprints") {
            toolFingerprints.append(
                FindingFingerprint.ToolFingerprint(
                    tool: try part.required("tool"), name: try part.required("name"), value: try part.required("value"),
                    isPartial: try part.bool("partial") ?? false))
        }
        crash = try members.object("crash").map { part throws(MemberFault) in
            Crash(project: try part.requiredName("project"), type: try part.required("type"), state: try part.texts("state"))
        }
    }
}

extension CorrelationRecord.Package {
    /// A purl without version, qualifiers and subpath, or a plain name.
    package init(named text: String) {
        guard let purl = FindingSubject.normalizedPackage(text) else {
            self.init(name: text)
            return
        }
        let parts = purl.dropFirst(4).split(separator: "/", maxSplits: 1)
        self.init(scope: String(parts[0]), name: String(parts[1]))
    }
}

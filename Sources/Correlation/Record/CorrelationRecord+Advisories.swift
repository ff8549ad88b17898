import JSONText

/// Advisories in the formats of their databases, read leniently: a member of another type than expected counts as absent, for
/// correlation compares what is there. Documents are held to their schemas by `AdvisoryFormats`, not here.
extension CorrelationRecord {
    /// The record of an OSV object (https://ossf.github.io/osv-schema) or a CVE record 5; nil for anything else.
    static func advisory(_ object: JSONObject) -> CorrelationRecord? {
        if let metadata = object["cveMetadata"]?.object, let id = metadata["cveId"]?.string {
            return cve(object, id: id)
        }
        if let id = object["id"]?.string, let affected = object["affected"]?.array { return osv(object, id: id, affected) }
        return nil
    }

    // MARK: OSV

    private static func osv(_ object: JSONObject, id: String, _ affected: [JSONValue]) -> CorrelationRecord {
        var record = CorrelationRecord(id: id)
        record.database = id.prefix { $0 != "-" }.lowercased()
        // Go's database has one report for all modules that a vulnerability is in.
        if record.database == "go" { record.listing = .byVulnerability }
        record.aliases = (object["aliases"] ?? .null).texts
        record.title = object["summary"]?.string ?? ""
        record.text = object["details"]?.string ?? ""
        record.references = (object["references"]?.array ?? []).compactMap { $0["url"]?.string }
        record.weaknesses = (object["database_specific"]?["cwe_ids"] ?? .null).texts
        for part in affected { record.addAffected(part) }
        record.crash = record.packages.first.flatMap { crash(inText: record.text, project: $0.name) }
        return record
    }

    private mutating func addAffected(_ part: JSONValue) {
        if let name = part["package"]?["name"]?.string {
            packages.append(Package(scope: part["package"]?["ecosystem"]?.string ?? "", name: name))
        }
        for range in part["ranges"]?.array ?? [] {
            let isGit = range["type"]?.string == "GIT"
            for event in range["events"]?.array ?? [] {
                if let fixed = event["fixed"]?.string {
                    if isGit { commits.append(fixed) } else { fixedVersions.append(fixed) }
                }
                if !isGit, let last = event["last_affected"]?.string { fixedVersions.append(last) }
            }
        }
        // Symbols as Go's and Rust's databases list them.
        for place in part["ecosystem_specific"]?["imports"]?.array ?? [] { symbols += (place["symbols"] ?? .null).texts }
        symbols += (part["ecosystem_specific"]?["affects"]?["functions"] ?? .null).texts
    }

    /// `Crash type: …` and the lines after `Crash state:`, as the reports of OSS-Fuzz have them.
    static func crash(inText text: String, project: String) -> Crash? {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard let typeLine = lines.firstIndex(where: { $0.hasPrefix("Crash type: ") }),
            let stateLine = lines[typeLine...].firstIndex(where: { $0.hasPrefix("Crash state:") })
        else { return nil }
        let state = lines[(stateLine + 1)...].prefix { !$0.hasPrefix("```") }.map { $0.filter { $0 != "\r" } }
        return Crash(
            project: project, type: String(lines[typeLine].dropFirst("Crash type: ".count)),
            state: state.filter { !$0.isEmpty })
    }

    // MARK: CVE

    private static func cve(_ object: JSONObject, id: String) -> CorrelationRecord {
        var record = CorrelationRecord(id: id)
        record.database = "cve"
        record.listing = .byVulnerability
        let containers = object["containers"]
        let publisher = containers?["cna"]
        record.title = publisher?["title"]?.string ?? ""
        record.text = (publisher?["descriptions"]?.array ?? []).filter {
            ($0["lang"]?.string ?? "en").hasPrefix("en")
        }.compactMap { $0["value"]?.string }.joined(separator: " ")
        for container in [publisher].compactMap(\.self) + (containers?["adp"]?.array ?? []) {
            record.references += (container["references"]?.array ?? []).compactMap { $0["url"]?.string }
            for type in container["problemTypes"]?.array ?? [] {
                record.weaknesses += (type["descriptions"]?.array ?? []).compactMap { $0["cweId"]?.string }
            }
            for product in container["affected"]?.array ?? [] { record.addProduct(product) }
        }
        return record
    }

    private mutating func addProduct(_ product: JSONValue) {
        let vendor = product["vendor"]?.string ?? ""
        for key in ["product", "packageName"] {
            if let name = product[key]?.string { packages.append(Package(scope: vendor, name: name)) }
        }
        if let repository = product["repo"]?.string { repositories.append(repository) }
        // cpe:2.3:a:VENDOR:PRODUCT:…
        for cpe in (product["cpes"] ?? .null).texts {
            let parts = cpe.split(separator: ":", omittingEmptySubsequences: false)
            if parts.count > 4 { packages.append(Package(scope: String(parts[3]), name: String(parts[4]))) }
        }
        for version in product["versions"]?.array ?? [] {
            for key in ["lessThan", "lessThanOrEqual"] {
                guard let bound = version[key]?.string else { continue }
                if version["versionType"]?.string == "git" { commits.append(bound) } else { fixedVersions.append(bound) }
            }
            // Many publishers write the range into the version: `>= 1.29.0, < 1.29.4`.
            for bound in (version["version"]?.string ?? "").split(separator: "<").dropFirst() {
                fixedVersions.append(String(bound.drop { $0 == "=" || $0 == " " }.prefix { $0 != "," && $0 != " " }))
            }
        }
        symbols += (product["programRoutines"]?.array ?? []).compactMap { $0["name"]?.string }
    }
}

extension JSONValue {
    /// The texts of a list; none when it is something else.
    fileprivate var texts: [String] { array?.compactMap(\.string) ?? [] }
}

/// The fields of one entry by the names that both editions give them, and the rules of the schema on their values.
struct KEVFields {
    /// The fields in the order of the CSV edition, without the weaknesses.
    static let names: [StaticString] = [
        "cveID", "vendorProject", "product", "vulnerabilityName", "dateAdded", "shortDescription", "requiredAction", "dueDate",
        "knownRansomwareCampaignUse", "notes"
    ]

    private var cve: CVEID?
    private var rest: KEVEntry? = CVEID("CVE-0000-0000").map { KEVEntry(cve: $0) }

    /// The entry; nil while its identifier is missing or wrong.
    var entry: KEVEntry? {
        guard let cve, var entry = rest else { return nil }
        entry.cve = cve
        return entry
    }

    /// Sets a field and says what is wrong with the value.
    mutating func set(_ name: String, _ text: String) -> String? {
        switch name {
        case "cveID":
            cve = CVEID(text)
            return cve == nil ? "not an identifier like CVE-2026-12345" : nil
        case "vendorProject": rest?.vendorProject = text
        case "product": rest?.product = text
        case "vulnerabilityName": rest?.name = text
        case "dateAdded":
            rest?.dateAdded = text
            return Self.reason(againstDate: text)
        case "shortDescription": rest?.shortDescription = text
        case "requiredAction": rest?.requiredAction = text
        case "dueDate":
            rest?.dueDate = text
            return Self.reason(againstDate: text)
        case "knownRansomwareCampaignUse": rest?.ransomwareUse = text
        default: rest?.notes = text
        }
        return nil
    }

    /// Adds a weakness, `^CWE-([0-9])+$`, and says what is wrong with it.
    mutating func add(weakness text: String) -> String? {
        rest?.weaknesses.append(text)
        let digits = text.utf8.dropFirst(4)
        let isWeakness = text.hasPrefix("CWE-") && !digits.isEmpty && digits.allSatisfy(CSAFSyntax.isDigit)
        return isWeakness ? nil : "not a weakness like CWE-122"
    }

    /// `full-date` of RFC 3339.
    private static func reason(againstDate text: String) -> String? {
        text.utf8.count == 10 && WrittenTimestamp(text + "T00:00:00Z") != nil ? nil : "not a date like 2026-01-31"
    }
}

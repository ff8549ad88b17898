public import JSONText
public import PackageIdentity

extension FindingConversion {
    /// Reads scrutineer's sharing bundle, or the same shape written by hand ("minimal JSON"): an object with `findings`.
    ///
    /// Members a finding has no place for are kept in its `extra`, under their own names with the prefix `scrutineer/`.
    /// - Throws: `FormatRefusal` with the place for what is no such object, and with `.tooLarge` where its findings are more than
    ///   are taken of one document.
    public init(
        scrutineerBundle bytes: [UInt8], package: Purl? = nil, repository: String? = nil, limits: JSONLimits = .standard
    ) throws(FormatRefusal) {
        self.init()
        let format = "scrutineer bundle"
        let root: JSONValue
        do throws(JSONError) { root = try JSONValue(parsing: bytes, limits: limits) } catch {
            throw FormatRefusal(format: format, violations: [bytes.withUnsafeBufferPointer { FormatViolation(error, in: $0) }])
        }
        guard let list = root["findings"]?.array else {
            let violation = FormatViolation(
                code: .missingMember, pointer: "/findings", byteOffset: 0, reason: "a bundle has a list of findings")
            throw FormatRefusal(format: format, violations: [violation])
        }
        var allowance = ConversionAllowance(of: format)
        for (index, value) in list.enumerated() {
            let place = "/findings/\(index)"
            guard let object = value.object else {
                note(place, "left out: a finding is an object")
                continue
            }
            var reader = BundleReader(object, of: root, place: place)
            let finding = reader.read()
            misfits += reader.misfits
            try take(finding, package: package, repository: repository, &allowance)
        }
        if list.isEmpty { note("/findings", "it is empty") }
    }
}

/// Reads one finding of a bundle.
private struct BundleReader {
    private let object: JSONObject
    private let root: JSONValue
    private var finding: ScrutineerFinding
    private(set) var misfits: [Misfit] = []

    init(_ object: JSONObject, of root: JSONValue, place: String) {
        (self.object, self.root) = (object, root)
        finding = ScrutineerFinding(place: place)
    }

    /// The audit's steps after the first, which is the description.
    private static let steps = [
        "boundary": "Boundary", "validation": "Validation", "prior_art": "Prior art", "reach": "Reach", "rating": "Rating"
    ]

    mutating func read() -> ScrutineerFinding {
        finding.repository = root["repository"]?.string
        finding.tool = root["tool"]?.string.flatMap { $0.isEmpty ? nil : $0 }
        finding.commit = root["commit"]?.string
        finding.describe(nil, object["description"]?.string)
        for member in object.members { take(member.key, member.value) }
        if let path = object["sub_path"]?.string, !path.isEmpty, let location = finding.location, !location.isEmpty {
            finding.location = path + "/" + location
        }
        return finding
    }

    private mutating func take(_ name: String, _ value: JSONValue) {
        switch name {
        case "references": references(value)
        case "title", "description", "severity", "cwe", "location", "commit", "cvss_vector", "cvss_v4_vector", "sub_path":
            guard let text = value.string else { return noteType(name) }
            take(name, text)
        case let step where Self.steps[step] != nil:
            guard let text = value.string else { return noteType(name) }
            finding.describe(Self.steps[step], text)
        case "patch":
            guard let text = value.string else { return noteType(name) }
            patch(text)
        default:
            // Names of functions, or numbers of the sinks in a report, which mean something there only.
            if name == "sinks" { finding.sink = value.string.flatMap(Self.sink) }
            finding.keep(name, value)
        }
    }

    private mutating func take(_ name: String, _ text: String) {
        switch name {
        case "title": finding.title = text
        case "severity": finding.severity = text
        case "cwe": finding.weakness = text
        case "location": finding.location = text
        case "commit": finding.commit = text.isEmpty ? finding.commit : text
        case "cvss_vector", "cvss_v4_vector": if !text.isEmpty { finding.vectors.append(text) }
        default: break
        }
    }

    /// A diff has a place of its own; what is said beside it, and what is none, belongs to the description.
    private mutating func patch(_ text: String) {
        let diff = DiffExcerpt.found(in: text)
        if let diff, diff.utf8.count <= FindingDocument.maximumPatchBytes { finding.patch = diff }
        if finding.patch == nil || finding.patch.map(FindingDocument.trimmed) != FindingDocument.trimmed(text) {
            finding.describe("Suggested patch", text)
        }
    }

    /// The first of the sinks, which are joined by commas; nil where it is `S1` and the like.
    private static func sink(_ sinks: String) -> String? {
        let first = FindingDocument.trimmed(String(sinks.prefix { $0 != "," }))
        let isNumber = first.hasPrefix("S") && first.dropFirst().allSatisfy(\.isNumber)
        return first.isEmpty || isNumber || first.utf8.count > FindingDocument.maximumNameBytes ? nil : first
    }

    private mutating func references(_ value: JSONValue) {
        finding.references = (value.array ?? []).compactMap { $0["url"]?.string }
        if finding.references.count != value.array?.count { noteType("references") }
    }

    private mutating func noteType(_ name: String) {
        misfits.append(Misfit(pointer: "\(finding.place)/\(name)", reason: "not of the type it should have: left out"))
    }
}

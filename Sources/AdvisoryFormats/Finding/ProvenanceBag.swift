import JSONText

/// What the property bag of a document (SARIF's `properties`, OSV's `database_specific`) says of the making of its findings.
///
/// None of these formats has members for it. Read are an object `provenance` with the members of our own finding format, and
/// the same as properties of the bag itself with the prefix `ai/` (`ai/model`, `ai/modelVersion`), as the AI emit profile of
/// SARIF's SDK writes its own (`ai/origin`), or plainly (`model`, `promptPolicyHash`; a plain `version` would be anything's); the object
/// counts before them, and the prefix before none. Every other `ai/…` property is kept under its name.
struct ProvenanceBag {
    private(set) var provenance: FindingProvenance
    private(set) var misfits: [Misfit] = []
    /// Where in `provenance.extra` a name stands.
    private var places: [String: Int]

    /// Starts from what the document says elsewhere, like the tool's name as harness.
    init(_ provenance: FindingProvenance) {
        self.provenance = provenance
        places = Dictionary(provenance.extra.enumerated().map { ($1.name, $0) }) { _, last in last }
    }

    /// Takes what a bag says, which counts before what stands here; `pointer` is the bag's place.
    mutating func take(_ bag: JSONValue?, pointer: String) {
        guard let bag = bag?.object else { return }
        let own = bag.members.filter { $0.key.hasPrefix(Self.prefix) }
        let stated = bag["provenance"]
        if stated != nil, stated?.object == nil {
            note(pointer + "/provenance", "a provenance is an object; it is left out")
        }
        let object = stated?.object?.members ?? []
        // The version belongs to the model: that of another model says nothing about this one.
        let plain = bag.members.filter { Self.plainNames.contains($0.key) }
        let model =
            object.first { $0.key == "model" }?.value ?? own.first { $0.key == Self.prefix + "model" }?.value ?? bag["model"]
        if let name = model?.string, !name.isEmpty, name != provenance.model { provenance.version = nil }
        for member in plain { take(member.key, member.value, member.key, pointer) }
        for member in own { take(String(member.key.dropFirst(Self.prefix.count)), member.value, member.key, pointer) }
        for member in object { take(member.key, member.value, member.key, pointer + "/provenance") }
    }

    private static let prefix = "ai/"
    private static let plainNames: Set<String> = [
        "model", "modelVersion", "model-version", "harness", "harnessVersion", "harness-version", "promptPolicyHash",
        "prompt-policy-hash", "humanReviewed", "human-reviewed"
    ]

    /// - Parameter written: the member's name as the document has it.
    private mutating func take(_ name: String, _ value: JSONValue, _ written: String, _ pointer: String) {
        let place = pointer + "/" + written.replacing("~", with: "~0").replacing("/", with: "~1")
        switch name {
        case "model": takeText(value, \.model, place)
        case "version", "modelVersion", "model-version": takeText(value, \.version, place)
        case "harness": takeText(value, \.harness, place)
        case "harnessVersion", "harness-version": takeText(value, \.harnessVersion, place)
        case "promptPolicyHash", "prompt-policy-hash": takeText(value, \.promptPolicyHash, place)
        case "humanReviewed", "human-reviewed":
            guard case .bool(let isReviewed) = value else { return note(place, "not true or false, left out") }
            provenance.humanReviewed = isReviewed
        default: keep(written, value)
        }
    }

    private mutating func takeText(
        _ value: JSONValue, _ member: WritableKeyPath<FindingProvenance, String?>, _ place: String
    ) {
        guard let text = value.string, !text.isEmpty else { return note(place, "not a text, or empty: left out") }
        provenance[keyPath: member] = text
    }

    private mutating func keep(_ name: String, _ value: JSONValue) {
        let member = RawMember(name: name, value: RawJSON(value))
        if let place = places[name] {
            provenance.extra[place] = member
        } else {
            places[name] = provenance.extra.count
            provenance.extra.append(member)
        }
    }

    private mutating func note(_ place: String, _ reason: String) {
        misfits.append(Misfit(pointer: place, reason: reason))
    }
}

extension FindingProvenance {
    /// Nil where nothing is said.
    var ifStated: FindingProvenance? { self == FindingProvenance() ? nil : self }
}

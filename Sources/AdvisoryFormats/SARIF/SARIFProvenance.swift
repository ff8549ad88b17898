import JSONText

/// What a log says of the model behind its results, beyond the tool.
///
/// SARIF has no members for it, and the AI emit profile of SARIF's SDK only `ai/…` properties. So the property bag of a run or
/// of a result may have `provenance`, an object with the members of our own finding format; the result's count before the
/// run's. Every `ai/…` property is kept under its own name.
struct SARIFProvenance {
    private(set) var provenance: FindingProvenance
    private(set) var misfits: [Misfit] = []

    /// Starts from what the tool says: its name as harness and its version.
    init(_ provenance: FindingProvenance) {
        self.provenance = provenance
    }

    /// Takes what a property bag says; `pointer` is the bag's place.
    mutating func take(_ bag: RawJSON?, pointer: String) {
        guard let members = bag?.value.object?.members else { return }
        for member in members where member.key.hasPrefix("ai/") { keep(member.key, member.value) }
        guard let stated = members.first(where: { $0.key == "provenance" })?.value else { return }
        guard let object = stated.object else {
            return note(pointer + "/provenance", "a provenance is an object; it is left out")
        }
        take(object, pointer: pointer + "/provenance")
    }

    private mutating func take(_ object: JSONObject, pointer: String) {
        // The version belongs to the model: that of the tool, or of another model, says nothing about this one.
        if let model = object["model"]?.string, !model.isEmpty, model != provenance.model { provenance.version = nil }
        for member in object.members {
            let place = pointer + "/" + member.key
            switch member.key {
            case "model": takeText(member.value, \.model, place)
            case "version": takeText(member.value, \.version, place)
            case "harness": takeText(member.value, \.harness, place)
            case "promptPolicyHash": takeText(member.value, \.promptPolicyHash, place)
            case "humanReviewed":
                guard case .bool(let isReviewed) = member.value else {
                    note(place, "not true or false, left out")
                    continue
                }
                provenance.humanReviewed = isReviewed
            default: keep(member.key, member.value)
            }
        }
    }

    private mutating func takeText(
        _ value: JSONValue, _ member: WritableKeyPath<FindingProvenance, String?>, _ place: String
    ) {
        guard let text = value.string, !text.isEmpty else { return note(place, "not a text, or empty: left out") }
        provenance[keyPath: member] = text
    }

    private mutating func keep(_ name: String, _ value: JSONValue) {
        provenance.extra.removeAll { $0.name == name }
        provenance.extra.append(RawMember(name: name, value: RawJSON(value)))
    }

    private mutating func note(_ place: String, _ reason: String) {
        misfits.append(Misfit(pointer: place, reason: reason))
    }
}

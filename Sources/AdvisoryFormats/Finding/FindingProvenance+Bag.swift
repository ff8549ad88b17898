import JSONText

extension FindingProvenance {
    /// What a property bag says of the making of a finding: an object `provenance` with the members of our own format, or the
    /// same under names with the prefix `ai/`, as the AI profile of SARIF writes its own (`ai/origin`).
    ///
    /// What the bag says counts before what stands here; members of other types than they should have are passed.
    mutating func take(_ bag: JSONValue?) {
        take(bag?["provenance"]?.object, prefix: "")
        take(bag?.object, prefix: "ai/")
    }

    private mutating func take(_ object: JSONObject?, prefix: String) {
        guard let object else { return }
        func text(_ names: String...) -> String? {
            names.lazy.compactMap { object[prefix + $0]?.string }.first { !$0.isEmpty }
        }
        model = text("model") ?? model
        version = text("version", "modelVersion", "model-version") ?? version
        harness = text("harness") ?? harness
        promptPolicyHash = text("promptPolicyHash", "prompt-policy-hash") ?? promptPolicyHash
        humanReviewed = (object[prefix + "humanReviewed"] ?? object[prefix + "human-reviewed"])?.bool ?? humanReviewed
        for name in ["prompt", "origin"] {
            guard let value = object[prefix + name], !extra.contains(where: { $0.name == name }) else { continue }
            extra.append(RawMember(name: name, value: RawJSON(value)))
        }
    }

    /// Nil where nothing is said.
    var ifStated: FindingProvenance? { self == FindingProvenance() ? nil : self }
}

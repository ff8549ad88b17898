// What a result means in its run: references by index and identifier are followed here.
extension SARIFRun {
    /// The rule of a result (3.27.5 to 3.27.7), or nil when the run does not describe it.
    ///
    /// An index counts before an identifier. Identifiers may be hierarchical: "CA2101/1" belongs to rule "CA2101".
    public func rule(of result: SARIFResult) -> SARIFRule? {
        let component = component(of: result)
        if let index = result.ruleIndex, component.rules.indices.contains(index) { return component.rules[index] }
        guard var id = result.ruleID else { return nil }
        while true {
            if let rule = component.rules.first(where: { $0.id == id }) { return rule }
            guard let slash = id.lastIndex(of: "/") else { return nil }
            id = String(id[..<slash])
        }
    }

    /// The level that applies to a result (3.27.10): the stated one, none for results that report no problem, the
    /// rule's default, or `warning`.
    public func level(of result: SARIFResult) -> SARIFResult.Level {
        if let level = result.level { return level }
        if result.kind != .fail { return .none }
        return rule(of: result)?.defaultLevel ?? .warning
    }

    /// The text of a result's message (3.11.7), with its arguments put in; nil when the run has no text for its
    /// identifier.
    public func text(of result: SARIFResult) -> String? {
        let message = result.message
        if let text = message.text { return SARIFMessage.fill(text, with: message.arguments) }
        guard let id = message.id else { return nil }
        let text = rule(of: result)?.messageTexts[id] ?? component(of: result).messageTexts[id]
        return text.map { SARIFMessage.fill($0, with: message.arguments) }
    }

    /// The artifact location with its URI, taken from the run's artifacts where it is given by index (3.4.5).
    public func resolve(_ location: SARIFArtifactLocation) -> SARIFArtifactLocation {
        guard location.uri == nil, let index = location.index, artifacts.indices.contains(index) else { return location }
        return artifacts[index]
    }

    /// The logical location with its names, taken from the run's where it is given by index (3.33.3).
    public func resolve(_ location: SARIFLogicalLocation) -> SARIFLogicalLocation {
        guard location.fullyQualifiedName == nil, let index = location.index, logicalLocations.indices.contains(index)
        else { return location }
        return logicalLocations[index]
    }

    private func component(of result: SARIFResult) -> SARIFToolComponent {
        guard let index = result.ruleExtensionIndex, tool.extensions.indices.contains(index) else { return tool.driver }
        return tool.extensions[index]
    }
}

extension SARIFMessage {
    /// Puts arguments in place of `{0}`, `{1}`, …; `{{` and `}}` stand for braces (3.11.5). A placeholder without an
    /// argument stays as it is.
    static func fill(_ text: String, with arguments: [String]) -> String {
        guard text.utf8.contains(UInt8(ascii: "{")) || text.utf8.contains(UInt8(ascii: "}")) else { return text }
        var output = ""
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            if scalar == "{" || scalar == "}", rest.first == scalar {
                output.unicodeScalars.append(scalar)
                rest.removeFirst()
            } else if scalar == "{", let close = rest.firstIndex(of: "}"), let index = Int(String(rest[..<close])),
                arguments.indices.contains(index)
            {
                output += arguments[index]
                rest = rest[rest.index(after: close)...]
            } else {
                output.unicodeScalars.append(scalar)
            }
        }
        return output
    }
}

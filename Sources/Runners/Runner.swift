package import JSONText

/// Something that looks at sources and says what it finds: a program in the sandbox, or a model that is shown what the sandbox
/// read. It is off unless an operator names it, and is only ever given groups of files.
package protocol Runner: Sendable {
    /// How it is named in configuration, requests and authorisations.
    var name: String { get }
    /// Whom a SARIF log names as its author.
    var driver: RunnerDriver { get }
    /// Names of files that a source may not bring along for this tool.
    var configuration: Set<String> { get }
    /// Files that are looked at together.
    var unitFileCount: Int { get }

    /// Whether this is a file to look at.
    func accepts(_ path: String) -> Bool

    /// Looks at these files of the source.
    /// - Throws: `RunnerError`; nothing is kept. Findings outside `source` are dropped with a notice by the caller.
    func scan(_ files: [SourceFile], of source: Source, in sandbox: @escaping SandboxRun) async throws -> UnitResult
}

/// A source: the archive, and what the sandbox found in it.
package struct Source: Sendable {
    package let archive: SourceArchive
    package let listing: SourceListing
    /// What the run took of a model so far.
    package var spent: TokenUsage

    package init(archive: SourceArchive, listing: SourceListing, spent: TokenUsage = TokenUsage()) {
        self.spent = spent
        self.archive = archive
        self.listing = listing
    }
}

/// The author of a SARIF log.
package struct RunnerDriver: Sendable, Hashable {
    package let name: String
    package let informationURI: String?
    /// What is known of the model behind it, where there is one.
    package let model: ModelProvenance?

    package init(name: String, informationURI: String? = nil, model: ModelProvenance? = nil) {
        self.name = name
        self.informationURI = informationURI
        self.model = model
    }
}

extension RunnerDriver {
    /// For records: a log can then be written whoever runs the server by then, and with whatever settings.
    package var json: JSONValue {
        var members: [(String, JSONValue)] = [("informationURI", .text(informationURI)), ("name", .string(name))]
        if let model {
            members.append(
                (
                    "model",
                    [
                        "harnessVersion": .string(model.harnessVersion), "name": .string(model.model),
                        "promptPolicyHash": .string(model.promptPolicyHash)
                    ]
                ))
        }
        return .object(JSONObject(members))
    }

    /// Nil for anything but what `json` writes.
    package init?(json: JSONValue?) {
        guard let name = json?["name"]?.string else { return nil }
        var model: ModelProvenance?
        if let stated = json?["model"], !stated.isNull {
            guard
                let name = stated["name"]?.string, let version = stated["harnessVersion"]?.string,
                let hash = stated["promptPolicyHash"]?.string
            else { return nil }
            model = ModelProvenance(model: name, harnessVersion: version, promptPolicyHash: hash)
        }
        self.init(name: name, informationURI: json?["informationURI"]?.string, model: model)
    }
}

/// Who speaks, when a model does.
package struct ModelProvenance: Sendable, Hashable {
    /// As it was asked for; the service's answers say which version answered.
    package let model: String
    package let harnessVersion: String
    /// SHA-256 of every instruction the model was given.
    package let promptPolicyHash: String

    package init(model: String, harnessVersion: String, promptPolicyHash: String) {
        self.model = model
        self.harnessVersion = harnessVersion
        self.promptPolicyHash = promptPolicyHash
    }
}

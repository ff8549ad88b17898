import Clearinghouse
import HTTPTypes
import Hummingbird
import JSONText
import Matching
import PackageIdentity

/// The questions of OSV.dev's API (https://google.github.io/osv.dev/api/), asked of this clearinghouse: its clients need only
/// another address.
enum QueryEndpoints {
    static let all = [query, batch, read]

    /// Questions in one batch, as OSV.dev has it.
    private static let batchLimit = 1_000

    /// OSV.dev's own examples send JSON with `curl -d`, which names it a form.
    private static let mediaTypes = ["application/json", "application/x-www-form-urlencoded"]

    private static let question = Schema.object([
        ("commit?", Schema.text), ("version?", Schema.text), ("page_token?", Schema.text),
        ("package?", Schema.object([("name?", Schema.text), ("ecosystem?", Schema.text), ("purl?", Schema.text)]))
    ])

    /// What OSV.dev has no member for, and its clients pass over: what can't be decided, and why.
    private static let undecided = Schema.list(Schema.object([("id?", Schema.text), ("reason", Schema.text)]))

    private static let query = Endpoint(
        .post, "/v1/query", "queryVulnerabilities", "The advisories that concern a package, as OSV records", access: .anyone,
        body: .init(mediaTypes: mediaTypes, schema: question, maximumByteCount: BodyLimit.command),
        answers: [
            .json(
                200, "A page of OSV records; without `vulns` where none concerns it",
                Schema.object([
                    ("vulns?", Schema.list(["type": "object"])), ("next_page_token?", Schema.text), ("undecided?", undecided)
                ])
            )
        ]
    ) { call in
        let question = try AdvisoryQuestion(try await call.json().value, at: "")
        let answers = try await call.rooms.distribution.advisories(concerning: [question], withRecords: true)
        var writer = JSONWriter()
        write(answers[0], &writer) { writer, advisory in writer.raw(advisory.osv) }
        return Answer.bytes(writer.finish(), "application/json")
    }

    private static let batch = Endpoint(
        .post, "/v1/querybatch", "queryVulnerabilitiesInBatch",
        "The advisories that concern each of many packages, by identifier and time of change", access: .anyone,
        body: .init(
            mediaTypes: mediaTypes, schema: Schema.object([("queries", Schema.list(question))]),
            maximumByteCount: BodyLimit.report
        ),
        answers: [
            .json(
                200, "One entry a question, in their order",
                Schema.object([
                    (
                        "results",
                        Schema.list(
                            Schema.object([
                                ("vulns?", Schema.list(Schema.object([("id", Schema.text), ("modified", Schema.moment)]))),
                                ("next_page_token?", Schema.text), ("undecided?", undecided)
                            ])
                        )
                    )
                ])
            )
        ]
    ) { call in
        guard let list = try await call.json().value["queries"]?.array else {
            throw Refusal(.malformed, "queries must be a list of questions", place: "/queries")
        }
        guard list.count <= batchLimit else {
            throw Refusal(.malformed, "a batch has at most \(batchLimit) questions", place: "/queries/\(batchLimit)")
        }
        let questions = try list.enumerated().map { try AdvisoryQuestion($0.element, at: "/queries/\($0.offset)") }
        let answers = try await call.rooms.distribution.advisories(concerning: questions, withRecords: false)
        var writer = JSONWriter()
        writer.object { writer in
            writer.key("results")
            writer.array(answers) { writer, answers in
                write(answers, &writer) { writer, advisory in
                    writer.object { writer in
                        writer.member("id", advisory.identifier)
                        writer.member("modified", advisory.modified)
                    }
                }
            }
        }
        return Answer.bytes(writer.finish(), "application/json")
    }

    private static let read = Endpoint(
        .get, "/v1/vulns/{vulnerability}", "readOSVRecord", "An advisory as OSV, by its identifier or an alias of only one",
        access: .anyone, answers: [.json(200, "An OSV record", ["type": "object"])]
    ) { call in
        Answer.bytes(try await call.rooms.distribution.osv(try call.parameter("vulnerability")), "application/json")
    }

    private static func write(
        _ answers: AdvisoryAnswers, _ writer: inout JSONWriter, _ each: (inout JSONWriter, AdvisoryAnswers.Advisory) -> Void
    ) {
        writer.object { writer in
            writer.array("vulns", ifNotEmpty: answers.advisories, each)
            writer.member("next_page_token", ifPresent: answers.next.map { AdvisoryQuestion.tokenPrefix + $0 })
            writer.array("undecided", ifNotEmpty: answers.undecided) { writer, undecided in
                writer.object { writer in
                    writer.member("id", ifPresent: undecided.identifier)
                    writer.member("reason", undecided.reason)
                }
            }
        }
    }
}

extension AdvisoryQuestion {
    /// - Parameter place: JSON Pointer to the question.
    /// - Throws: `malformed` where it names no package or no known ecosystem, or names the package or its version twice.
    fileprivate init(_ json: JSONValue, at place: String) throws {
        let after = try Self.place(of: Self.text("page_token", in: json, at: place), at: place)
        if let commit = try Self.text("commit", in: json, at: place) {
            guard try Self.text("version", in: json, at: place) == nil, json["package"]?.isNull ?? true else {
                throw Refusal(.malformed, "a question names a commit or a package, not both", place: place + "/commit")
            }
            guard Self.isHash(commit) else {
                throw Refusal(
                    .malformed, "commit must be a hash: 7 to 64 hexadecimal digits", place: place + "/commit")
            }
            self.init(.commit(commit.lowercased()), after: after)
            return
        }
        guard let package = json["package"], package.object != nil else {
            throw Refusal(.malformed, "a question names a package or a commit", place: place + "/package")
        }
        let version = try Self.text("version", in: json, at: place)
        self.init(.component(try Self.component(package, version, at: place)), after: after)
    }

    /// A hash of SHA-1 or SHA-256, or as much of it as Git itself shortens it to.
    private static func isHash(_ text: String) -> Bool {
        (7...64).contains(text.utf8.count)
            && text.utf8.allSatisfy {
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0 | 0x20)
            }
    }

    /// Tells a token of ours from any other text, which would seem to be a page with nothing on it.
    fileprivate static let tokenPrefix = "after:"

    private static func place(of token: String?, at place: String) throws -> String {
        guard let token, !token.isEmpty else { return "" }
        guard token.hasPrefix(tokenPrefix) else {
            throw Refusal(.malformed, "page_token is none of this server's", place: place + "/page_token")
        }
        return String(token.dropFirst(tokenPrefix.utf8.count))
    }

    private static func component(_ package: JSONValue, _ version: String?, at place: String) throws -> Component {
        let name = try text("name", in: package, at: place + "/package")
        let ecosystem = try text("ecosystem", in: package, at: place + "/package")
        if let purl = try text("purl", in: package, at: place + "/package") {
            guard name == nil, ecosystem == nil else {
                throw Refusal(.malformed, "a package has a purl, or a name and an ecosystem", place: place + "/package/purl")
            }
            return try component(purl, version, at: place)
        }
        guard let name, !name.isEmpty, let ecosystem, !ecosystem.isEmpty else {
            throw Refusal(.malformed, "a package has a name and an ecosystem, or a purl", place: place + "/package")
        }
        let known = Ecosystem(ecosystem)
        // As OSV.dev does, and for a batch as a whole: an empty answer would be a clean bill of health by a name that nobody knows.
        guard known.isKnown else {
            throw Refusal(
                .malformed, "Invalid ecosystem: the OSV schema has none of this name", place: place + "/package/ecosystem")
        }
        return Component(ecosystem: known, name: name, version: version)
    }

    private static func component(_ text: String, _ version: String?, at place: String) throws -> Component {
        let purl: Purl
        do {
            // Tools write purls that the standard does not allow, such as a Go module without a namespace: the agent takes them too.
            if let strict = try? Purl(parsing: text) { purl = strict } else { purl = try Purl(normalizing: text) }
        } catch {
            throw Refusal(.malformed, "the purl is not valid: \(error.reason)", place: place + "/package/purl")
        }
        guard purl.version == nil || version == nil else {
            throw Refusal(.malformed, "the version stands in the purl already", place: place + "/version")
        }
        var component = Component(anyPurl: purl)
        if let version { component.version = version }
        return component
    }

    private static func text(_ name: String, in json: JSONValue, at place: String) throws -> String? {
        guard let value = json[name], !value.isNull else { return nil }
        guard let text = value.string else { throw Refusal(.malformed, "\(name) must be a string", place: "\(place)/\(name)") }
        // An empty text is the absent one: protocol buffers, which OSV.dev speaks underneath, know no difference.
        return text.isEmpty ? nil : text
    }
}

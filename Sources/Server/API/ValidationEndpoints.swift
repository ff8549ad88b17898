import Clearinghouse
import HTTPTypes
import JSONText
import Sealing

/// Reproducers and their replays.
enum ValidationEndpoints {
    static let all = [attachReproducer, readReproducer, requestValidation, readValidation]

    private static let attachReproducer = Endpoint(
        .put, "/v1/findings/{finding}/reproducer", "attachReproducer",
        "Attach a reproducer: its manifest, and every file it names in base64", access: .member(.submitFindings),
        body: .init(
            mediaTypes: ["application/json"],
            schema: Schema.object([("manifest", ["type": "object"]), ("files", ["type": "object"])]),
            maximumByteCount: BodyLimit.reproducer
        ),
        answers: [.json(200, "Attached", Schema.object([("finding", Schema.text), ("files", Schema.integer)]))]
    ) { call in
        let (body, finding) = (try await call.json(), try call.parameter("finding"))
        guard let manifest = body.value["manifest"] else {
            throw Refusal(.malformed, "the manifest is missing", place: "/manifest")
        }
        var files: [String: [UInt8]] = [:]
        for member in body.value["files"]?.object?.members ?? [] {
            guard let text = member.value.string, let bytes = try? Base64.decode(text) else {
                throw Refusal(.malformed, "\(member.key) is not base64", place: "/files/\(member.key)")
            }
            files[member.key] = bytes
        }
        let bundle = try ReproducerBundle(manifest: ReproducerManifest(json: manifest), files: files)
        try await call.rooms.validation.attach(manifest.canonicalBytes(), bundle, to: finding, by: try call.caller())
        return Answer.json(["finding": .string(finding), "files": .number(JSONNumber(Int64(files.count)))])
    }

    private static let readReproducer = Endpoint(
        .get, "/v1/findings/{finding}/reproducer", "readReproducer",
        "The reproducer as it was attached, for the finder, the coordinators and the vendor of the case",
        access: .member(.readFindings),
        answers: [
            .json(
                200, "The manifest, and every file it names in base64",
                Schema.object([("manifest", ["type": "object"]), ("files", ["type": "object"])])
            )
        ]
    ) { call in
        let found = try await call.rooms.validation.reproducer(of: try call.parameter("finding"), for: try call.caller())
        let files = found.bundle.manifest.files.map { file in
            (file.path, JSONValue.string(Base64.encode(found.bundle.files[file.path] ?? [])))
        }
        return Answer.json([
            "manifest": try JSONValue(parsing: found.manifest), "files": .object(JSONObject(files))
        ])
    }

    private static let requestValidation = Endpoint(
        .post, "/v1/findings/{finding}/validations", "requestValidation",
        "Ask for a replay of the finding's reproducer, on the shipped build or with a fix applied", access: .member(.validate),
        body: .init(
            mediaTypes: ["application/json"], schema: Schema.object([("fix?", Schema.optionalText)]),
            maximumByteCount: BodyLimit.command
        ),
        answers: [.json(202, "The replay is queued", Schema.object([("validation", Schema.text)]))]
    ) { call in
        let body = try await call.json()
        let identifier = try await call.rooms.validation.request(
            finding: try call.parameter("finding"), fix: try body.optionalText("fix"), by: try call.caller()
        )
        return Answer.json(["validation": .string(identifier)], status: 202)
    }

    private static let readValidation = Endpoint(
        .get, "/v1/validations/{validation}", "readValidation", "A replay and its signed verdict", access: .member(nil),
        answers: [
            .json(
                200, "The validation",
                Schema.object([
                    ("validation", Schema.text), ("outcome", Schema.optionalText), ("runCount", Schema.integer),
                    ("crashCount", Schema.integer), ("crashType", Schema.optionalText), ("envelope", Schema.optionalText)
                ])
            )
        ]
    ) { call in
        Answer.json(json(try await call.rooms.validation.summary(try call.parameter("validation"), for: try call.caller())))
    }

    static func json(_ validation: ValidationSummary) -> JSONValue {
        [
            "validation": .string(validation.identifier), "finding": .string(validation.finding),
            "vulnerability": .string(validation.vulnerability), "fix": text(validation.fix),
            "outcome": text(validation.outcome), "runCount": .number(JSONNumber(validation.runCount)),
            "crashCount": .number(JSONNumber(validation.crashCount)), "crashType": text(validation.crashType),
            "crashState": text(validation.crashState), "explanation": text(validation.explanation),
            "envelope": text(validation.envelope)
        ]
    }

    private static func text(_ value: String?) -> JSONValue {
        value.map { .string($0) } ?? .null
    }
}

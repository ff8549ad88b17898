import BlindQuestion
import CivilTime
import Clearinghouse
import HTTPTypes
import Hummingbird
import JSONText
import Sealing

/// "Is it already known?" without telling: commitments, blinded questions, the tags of what is known, blind cases.
enum QuestionEndpoints {
    static let all = [epoch, rotate, tags, lodge, ask, open, own, agree]

    private static let commitmentMember = ("commitment", Schema.text)

    private static let epoch = Endpoint(
        .get, "/v1/questions/epoch", "readQuestionEpoch",
        "The open epoch, the key that questions are answered under, how much was asked, and how much a member may ask",
        access: .anyone,
        answers: [
            .json(
                200, "The epoch",
                Schema.object([
                    ("epoch", Schema.integer), ("suite", Schema.text), ("publicKey", Schema.text), ("opened", Schema.moment),
                    ("ends", Schema.moment), ("elements", Schema.integer), ("questions", Schema.integer),
                    ("members", Schema.integer), ("tags", Schema.integer), ("findings", Schema.integer),
                    ("waitingFindings", Schema.integer), ("questionsADay", Schema.integer), ("questionsAnEpoch", Schema.integer)
                ])
            )
        ]
    ) { call in
        let (epoch, figures) = try await call.rooms.questions.epoch()
        return Answer.json([
            "epoch": number(epoch.number), "suite": "P384-SHA384",
            "publicKey": .string(Hexadecimal.encode(epoch.publicKey.bytes)), "opened": .string(epoch.opened.description),
            "ends": .string(epoch.ends.description), "elements": number(Int64(BlindedQuestion.elementCount)),
            "questions": number(figures.questionCount), "members": number(figures.memberCount), "tags": number(figures.tagCount),
            "findings": number(figures.findingCount), "waitingFindings": number(figures.waitingCount),
            "questionsADay": number(QuestionLimits.questionsADay), "questionsAnEpoch": number(QuestionLimits.questionsAnEpoch)
        ])
    }

    private static let rotate = Endpoint(
        .post, "/v1/questions/epoch", "rotateQuestionEpoch",
        "End the open epoch now and open the next; the key and every tag of the old one are destroyed",
        access: .member(.administerMembers), answers: [.json(201, "Opened", Schema.object([("epoch", Schema.integer)]))]
    ) { call in
        Answer.json(["epoch": number(try await call.rooms.questions.rotate(by: try call.caller()))], status: 201)
    }

    private static let tags = Endpoint(
        .get, "/v1/questions/epochs/{epoch}/tags", "readQuestionTags",
        "The tags of everything that is known, sorted, eight bytes each behind a header of 40: compared at home",
        access: .member(.askQuestions),
        query: [
            .init(
                name: "after",
                meaning:
                    "only what was added after this change (the list's own number); the whole list unless told, and where something went or much came since",
                isInteger: true),
            .init(name: "If-None-Match", meaning: "the ETag of the list one has", isInteger: false, isHeader: true)
        ],
        answers: [
            .init(status: 200, meaning: "The list", mediaType: "application/octet-stream", schema: Schema.text),
            .init(
                status: 304, meaning: "The list one has is the latest", mediaType: "application/octet-stream", schema: Schema.text
            )
        ]
    ) { call in
        guard let epoch = Int64(try call.parameter("epoch")) else {
            throw Refusal(.malformed, "an epoch is a number", place: "path parameter epoch")
        }
        let published = try await call.rooms.questions.tags(
            of: epoch, after: try call.integerQuery("after", default: -1, in: -1...(.max)), for: try call.caller())
        let tag = "\"\(published.version)\""
        if call.request.headers[.ifNoneMatch] == tag {
            return Response(status: .notModified, headers: [.contentType: "application/octet-stream", .eTag: tag])
        }
        var response = Answer.bytes(published.bytes, "application/octet-stream")
        response.headers[.eTag] = tag
        return response
    }

    private static let lodge = Endpoint(
        .post, "/v1/questions/commitments", "lodgeCommitment",
        "Lodge a salted commitment to a finding, before anything is asked about it", access: .member(.askQuestions),
        body: .init(
            mediaTypes: ["application/json"], schema: Schema.object([commitmentMember]), maximumByteCount: QuestionBody.lodging),
        answers: [
            .json(201, "Lodged, durable", Schema.object([commitmentMember, ("lodged", Schema.moment)]))
        ]
    ) { call in
        let commitment = try QuestionBody.commitment(try await call.json())
        let lodged = try await call.rooms.questions.lodge(commitment, by: try call.caller())
        return Answer.json(
            ["commitment": .string(commitment.digest.hex), "lodged": .string(lodged.description)], status: 201)
    }

    private static let ask = Endpoint(
        .post, "/v1/questions", "askQuestion",
        "Ask with blinded elements (RFC 9497, VOPRF P384-SHA384), always five; each is answered with its proof. Counts against the budget, but for the same elements again",
        access: .member(.askQuestions),
        body: .init(
            mediaTypes: ["application/json"],
            schema: Schema.object([commitmentMember, ("epoch", Schema.integer), ("elements", Schema.list(Schema.text))]),
            maximumByteCount: QuestionBody.asking),
        answers: [
            .json(
                200, "The evaluations, in the order of the elements",
                Schema.object([("epoch", Schema.integer), ("evaluations", Schema.list(Schema.text))]))
        ]
    ) { call in
        let body = try await call.json()
        let epoch = try QuestionBody.epoch(body)
        let evaluations = try await call.rooms.questions.ask(
            try QuestionBody.elements(body), commitment: try QuestionBody.commitment(body), epoch: epoch, by: try call.caller())
        return Answer.json([
            "epoch": number(epoch), "evaluations": .array(evaluations.map { .string(Hexadecimal.encode($0.bytes)) })
        ])
    }

    private static let sides = Schema.list(
        Schema.object([
            ("you", Schema.boolean), ("since", Schema.moment), ("member", Schema.optionalText),
            ("reference", Schema.optionalText), ("agreed", ["type": ["boolean", "null"]])
        ]))

    private static let blindCase = Schema.object([("case", Schema.text), ("opened", Schema.moment), ("sides", sides)])

    private static let open = Endpoint(
        .post, "/v1/questions/openings", "openCommitment",
        "After a match: open the commitment, and with it a blind case for everybody who holds the same",
        access: .member(.askQuestions),
        body: .init(
            mediaTypes: ["application/json"],
            schema: Schema.object([
                commitmentMember, ("salt", Schema.text), ("finding", Schema.text), ("epoch", Schema.integer), ("tag", Schema.text)
            ]), maximumByteCount: BodyLimit.report),
        answers: [.json(200, "The blind case, durable", blindCase)]
    ) { call in
        let body = try await call.json()
        let opening = QuestionOpening(
            commitment: try QuestionBody.commitment(body), salt: try QuestionBody.salt(body),
            finding: try QuestionBody.finding(body), epoch: try QuestionBody.epoch(body), tag: try QuestionBody.tag(body))
        return Answer.json(json(try await call.rooms.questions.open(opening, by: try call.caller())))
    }

    private static let own = Endpoint(
        .get, "/v1/questions", "readOwnQuestions", "The caller's budget, its latest commitments and its blind cases",
        access: .member(.readFindings), query: [Paging.limit],
        answers: [
            .json(
                200, "What the caller asked",
                Schema.object([
                    ("leftToday", Schema.integer), ("leftInEpoch", Schema.integer), ("next", Schema.optionalText),
                    (
                        "commitments",
                        Schema.list(
                            Schema.object([
                                commitmentMember, ("lodged", Schema.moment), ("asked", Schema.optionalText),
                                ("case", Schema.optionalText)
                            ]))
                    ), ("cases", Schema.list(blindCase))
                ]))
        ]
    ) { call in
        let own = try await call.rooms.questions.own(limit: try Paging(call).limit, for: try call.caller())
        return Answer.json([
            "leftToday": number(own.budget.leftToday), "leftInEpoch": number(own.budget.leftInEpoch),
            "next": text(own.budget.next?.description),
            "commitments": .array(
                own.commitments.map { lodged in
                    [
                        "commitment": .string(lodged.commitment), "lodged": .string(lodged.lodged.description),
                        "asked": text(lodged.asked?.description), "case": text(lodged.blindCase)
                    ]
                }),
            "cases": .array(own.cases.map(json))
        ])
    }

    private static let agree = Endpoint(
        .post, "/v1/questions/cases/{case}/agreement", "agreeToBeNamed",
        "Let yourself be named to those of a blind case's other sides that agree too; for good",
        access: .member(.askQuestions),
        answers: [.json(200, "The blind case", blindCase)]
    ) { call in
        Answer.json(json(try await call.rooms.questions.agree(to: try call.parameter("case"), by: try call.caller())))
    }
}

extension QuestionEndpoints {
    private static func json(_ found: BlindCase) -> JSONValue {
        [
            "case": .string(found.identifier), "opened": .string(found.opened.description),
            "sides": .array(
                found.sides.map { side in
                    [
                        "you": .bool(side.isCaller), "since": .string(side.since.description), "member": text(side.member),
                        "reference": text(side.reference), "agreed": side.hasAgreed.map { .bool($0) } ?? .null
                    ]
                })
        ]
    }

    private static func number(_ value: Int64) -> JSONValue { .number(JSONNumber(value)) }
    private static func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
}

/// The members of the bodies of questions.
private enum QuestionBody {
    /// A digest in hexadecimal and its name.
    static let lodging = 1_024
    /// Five points in hexadecimal, a digest and a number.
    static let asking = 4_096

    static func commitment(_ body: JSONBody) throws -> Commitment {
        guard let digest = Digest(hex: try body.text("commitment")) else {
            throw Refusal(.malformed, "a commitment is 64 hexadecimal digits", place: "/commitment")
        }
        return Commitment(digest: digest)
    }

    static func epoch(_ body: JSONBody) throws -> Int64 {
        guard let epoch = try body.optionalInteger("epoch") else {
            throw Refusal(.malformed, "epoch must be an integer", place: "/epoch")
        }
        return epoch
    }

    static func elements(_ body: JSONBody) throws -> [BlindedElement] {
        try body.texts("elements").enumerated().map { place, text in
            let path = "/elements/\(place)"
            guard let bytes = Hexadecimal.decode(text) else {
                throw Refusal(.malformed, "an element is hexadecimal digits", place: path)
            }
            do throws(SealingError) {
                return try BlindedElement(parsing: bytes, at: path)
            } catch {
                throw Refusal(.malformed, error.reason, place: error.path)
            }
        }
    }

    static func salt(_ body: JSONBody) throws -> CommitmentSalt {
        guard let salt = Hexadecimal.decode(try body.text("salt")).flatMap({ CommitmentSalt(bytes: $0) }) else {
            throw Refusal(.malformed, "a salt is 64 hexadecimal digits", place: "/salt")
        }
        return salt
    }

    static func finding(_ body: JSONBody) throws -> [UInt8] {
        let text = try body.text("finding")
        do throws(SealingError) {
            return try Base64.decode(text)
        } catch {
            throw Refusal(.malformed, error.reason, place: "/finding")
        }
    }

    static func tag(_ body: JSONBody) throws -> QuestionTag {
        guard let tag = QuestionTag(hex: try body.text("tag")) else {
            throw Refusal(.malformed, "a tag is 16 hexadecimal digits", place: "/tag")
        }
        return tag
    }
}

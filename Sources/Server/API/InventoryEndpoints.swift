import CivilTime
import Clearinghouse
import HTTPTypes
import JSONText
import Matching
import PackageIdentity
import Sealing

/// Inventories that their owners chose to deposit, and what advisories mean for them.
enum InventoryEndpoints {
    static let all = [deposit, list, withdraw, matches, concerned, count]

    /// Problems named in an answer; a list of packages without package URLs has one a line.
    private static let shownProblemCount = 100

    private static let deposit = Endpoint(
        .post, "/v1/inventories", "depositInventory",
        "Deposit an inventory (SBOM, lock file, package database or list; compressed or not); it replaces the one of the same name",
        access: .member(.depositInventories),
        query: [
            .init(name: "name", meaning: "what its owner calls it; needed", isInteger: false),
            .init(
                name: "file", meaning: "the file's name, which tells lock files and package databases apart, such as yarn.lock",
                isInteger: false
            ),
            .init(
                name: "release", meaning: "the distribution of a package database, such as Debian:12", isInteger: false
            )
        ],
        body: .init(
            mediaTypes: [
                "application/octet-stream", "application/json", "application/vnd.cyclonedx+json", "application/vnd.cyclonedx+xml",
                "application/spdx+json", "application/ld+json", "application/xml", "text/plain", "text/csv"
            ],
            schema: Schema.text, maximumByteCount: BodyLimit.report
        ),
        answers: [
            .json(
                201, "What was understood, durable",
                Schema.object([
                    ("inventory", Schema.text), ("components", Schema.integer), ("problems", Schema.list(Schema.text)),
                    ("problemCount", Schema.integer), ("replaced", Schema.boolean), ("unchanged", Schema.boolean)
                ])
            )
        ]
    ) { call in
        let principal = try call.caller()
        let deposit = try InventoryDeposit(
            try await call.unpackedBytes(), named: call.query("name") ?? "", fileName: call.query("file") ?? "",
            release: call.query("release")
        )
        return Answer.json(json(try await call.rooms.inventories.deposit(deposit, by: principal)), status: 201)
    }

    private static let list = Endpoint(
        .get, "/v1/inventories", "listInventories", "The caller's inventories, latest first", access: .member(.readInventories),
        query: Paging.parameters,
        answers: [
            .json(
                200, "A page",
                Schema.object([
                    (
                        "inventories",
                        Schema.list(
                            Schema.object([
                                ("id", Schema.text), ("name", Schema.text), ("format", Schema.text), ("document", Schema.text),
                                ("components", Schema.integer), ("problemCount", Schema.integer), ("deposited", Schema.moment),
                                ("sequence", Schema.integer)
                            ])
                        )
                    ), ("next", ["type": ["integer", "null"]])
                ])
            )
        ]
    ) { call in
        let page = try Paging(call)
        let found = try await call.rooms.inventories.inventories(
            before: page.before, limit: page.limit, for: try call.caller()
        )
        return Answer.json(["inventories": .array(found.map(json)), "next": page.next(found.map(\.sequence))])
    }

    private static let withdraw = Endpoint(
        .delete, "/v1/inventories/{inventory}", "withdrawInventory",
        "Withdraw an inventory, by its identifier or name, for good: its rows go, and the key of everything deposited under it is destroyed",
        access: .member(.depositInventories),
        answers: [.json(200, "Withdrawn", Schema.object([("withdrawn", Schema.text)]))]
    ) { call in
        let inventory = try call.parameter("inventory")
        try await call.rooms.inventories.withdraw(inventory, by: try call.caller())
        return Answer.json(["withdrawn": .string(inventory)])
    }

    private static let match = Schema.object([
        ("ecosystem", Schema.text), ("name", Schema.text), ("version", Schema.optionalText), ("purl", Schema.optionalText),
        ("verdict", Schema.choice(["affected", "unknown"])), ("reason", Schema.optionalText), ("rule", Schema.text),
        ("evidence", Schema.text), ("fixed", Schema.optionalText)
    ])

    /// A list of what matches are of, each with the first of them and how many are left out.
    private static func matched(_ members: [(String, JSONValue)]) -> JSONValue {
        Schema.list(Schema.object(members + [("matches", Schema.list(match)), ("omitted", Schema.integer)]))
    }

    private static let matches = Endpoint(
        .get, "/v1/inventories/{inventory}/matches", "readInventoryMatches",
        "Advisories recorded after a sequence that concern an inventory (its identifier or name), oldest first; `next` is where to go on, now or tomorrow",
        access: .member(.readInventories),
        query: [
            .init(name: "since", meaning: "only advisories recorded after this sequence; -1 for all", isInteger: true),
            Paging.limit
        ],
        answers: [
            .json(
                200, "A page, which may be empty and not the last",
                Schema.object([
                    ("advisories", matched([("advisory", Schema.text), ("sequence", Schema.integer)])),
                    ("next", Schema.integer), ("complete", Schema.boolean)
                ])
            )
        ]
    ) { call in
        let page = try await call.rooms.inventories.matches(
            of: try call.parameter("inventory"), since: try call.integerQuery("since", default: -1, in: -1...(.max)),
            limit: Int(try Paging(call).limit), for: try call.caller()
        )
        return Answer.json([
            "advisories": .array(page.advisories.map(json)), "next": .number(JSONNumber(page.next)),
            "complete": .bool(page.isComplete)
        ])
    }

    private static let concerned = Endpoint(
        .get, "/v1/advisories/{advisory}/inventories", "readConcernedInventories",
        "The caller's inventories that an advisory concerns, with the evidence", access: .member(.readInventories),
        query: [
            .init(name: "after", meaning: "only inventories after this one; take it from `next`", isInteger: true), Paging.limit
        ],
        answers: [
            .json(
                200, "A page",
                Schema.object([
                    ("inventories", matched([("id", Schema.text), ("name", Schema.text)])),
                    ("next", ["type": ["integer", "null"]])
                ])
            )
        ]
    ) { call in
        let page = try await call.rooms.inventories.inventories(
            concernedBy: try await call.rooms.distribution.osv(try call.parameter("advisory")),
            after: try call.integerQuery("after", default: -1, in: -1...(.max)), limit: Int(try Paging(call).limit),
            for: try call.caller()
        )
        return Answer.json([
            "inventories": .array(page.inventories.map(json)), "next": page.next.map { .number(JSONNumber($0)) } ?? .null
        ])
    }

    private static let count = Endpoint(
        .get, "/v1/advisories/{advisory}/inventories/count", "countConcernedInventories",
        "How many deposited inventories of all members an advisory concerns, and nothing else of them",
        access: .member(.coordinate),
        answers: [
            .json(200, "The numbers", Schema.object([("affected", Schema.integer), ("undecided", Schema.integer)]))
        ]
    ) { call in
        let osv = try await call.rooms.distribution.osv(try call.parameter("advisory"))
        let count = try await call.rooms.inventories.concernedCount(of: osv, for: try call.caller())
        return Answer.json([
            "affected": .number(JSONNumber(Int64(count.affected))), "undecided": .number(JSONNumber(Int64(count.undecided)))
        ])
    }
}

extension InventoryEndpoints {
    private static func json(_ receipt: InventoryReceipt) -> JSONValue {
        [
            "inventory": .string(receipt.identifier), "components": .number(JSONNumber(Int64(receipt.componentCount))),
            "problems": .array(receipt.problems.prefix(shownProblemCount).map { .string($0) }),
            "problemCount": .number(JSONNumber(Int64(receipt.problems.count))), "replaced": .bool(receipt.replacedEarlier),
            "unchanged": .bool(receipt.isUnchanged)
        ]
    }

    private static func json(_ inventory: StoredInventory) -> JSONValue {
        [
            "id": .string(inventory.identifier), "name": .string(inventory.name), "format": .string(inventory.format),
            "document": .string(inventory.document.hex), "components": .number(JSONNumber(inventory.componentCount)),
            "problemCount": .number(JSONNumber(inventory.problemCount)),
            "deposited": .string(inventory.deposited.description), "sequence": .number(JSONNumber(inventory.sequence))
        ]
    }

    private static func json(_ found: AdvisoryMatches) -> JSONValue {
        [
            "advisory": .string(found.advisory), "sequence": .number(JSONNumber(found.sequence)),
            "matches": .array(found.matches.first.map(json)),
            "omitted": .number(JSONNumber(Int64(found.matches.omittedCount)))
        ]
    }

    private static func json(_ found: ConcernedInventory) -> JSONValue {
        [
            "id": .string(found.inventory.identifier), "name": .string(found.inventory.name),
            "matches": .array(found.matches.first.map(json)),
            "omitted": .number(JSONNumber(Int64(found.matches.omittedCount)))
        ]
    }

    private static func json(_ found: ComponentMatch) -> JSONValue {
        let (component, match) = (found.component, found.match)
        return [
            "ecosystem": .string(component.ecosystem.description), "name": .string(component.name),
            "version": text(component.version), "purl": text(component.purl),
            "verdict": .string(match.verdict == .affected ? "affected" : "unknown"), "reason": text(match.reason),
            "rule": .string(match.evidence.rule.rawValue), "evidence": .string(match.evidence.text),
            "fixed": text(match.fixedVersion)
        ]
    }

    private static func text(_ value: String?) -> JSONValue {
        value.map { .string($0) } ?? .null
    }
}

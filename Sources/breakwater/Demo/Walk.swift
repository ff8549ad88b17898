import CivilTime
import Client
import Foundation
import JSONText

/// One finding on its way from two labs to a published, verified fix, every step through the API.
struct Walk: Sendable {
    let url: String
    let administrator: ClearinghouseClient
    let example: String
    let agentPath: String

    /// The advisory an earlier start published.
    func publishedBefore() async throws -> String? {
        let page = try await administrator.json(.get, "/v1/advisories?source=breakwater&limit=1")
        return page["advisories"]?.array?.first?["id"]?.string
    }

    func run() async throws {
        heading("The walk: one bug in libtide, two labs, one fix")
        let labA = try await member("lab-a", "Lab Anemone", "finder")
        let labB = try await member("lab-b", "Lab Barnacle", "finder")
        let vendor = try await member("libtide", "The libtide project", "vendor")
        say("1  members     lab-a and lab-b find, libtide maintains; each has a scoped token that expires")

        let first = try await reportSARIF(as: labA)
        let second = try await reportNDJSON(as: labB)
        say("2  intake      lab-a's SARIF is \(first.finding); sent again it is \(first.repeated), not a second finding")
        say("               lab-b's NDJSON is \(second.finding)")
        say("3  joined      both are \(second.vulnerability): \(second.reasons.first ?? "")")

        try await attachReproducer(to: first.finding, as: labA)
        let shipped = try await validate(first.finding, fix: nil)
        say(
            "4  validated   \(verdict(shipped)); \(shipped["crashType"]?.string?.replacing("\n", with: " ") ?? "") in \(frames(shipped))"
        )

        let identifier = try await openCase(second.vulnerability)
        let wrong = try await judgedFix("wrong.patch", "1.2.1", of: identifier, finding: first.finding, as: vendor)
        say("5  case        \(identifier.name) under embargo until \(identifier.until)")
        say("               the vendor's first patch is \(wrong.state): with it, \(wrong.explanation)")
        let right = try await judgedFix("right.patch", "1.2.1", of: identifier, finding: first.finding, as: vendor)
        say("               the second is \(right.state): with it, \(right.explanation)")

        let advisory = try await publish(identifier.name)
        let csaf = try await administrator.bytes(.get, "/v1/advisories/\(advisory)/csaf")
        let osv = try await administrator.bytes(.get, "/v1/advisories/\(advisory)/osv")
        say(
            "6  published   \(advisory) as OSV (\(osv.count) bytes) and CSAF 2.0 (\(csaf.count) bytes) in one step, signed and logged"
        )
    }

    // MARK: members

    private func member(_ identifier: String, _ name: String, _ role: String, key: String? = nil) async throws
        -> ClearinghouseClient
    {
        try await WalkMember(url: url, administrator: administrator).client(identifier, name, role, key: key)
    }

    // MARK: findings

    private struct Receipt {
        let finding: String
        let vulnerability: String
        let reasons: [String]
        var repeated = ""
    }

    private func reportSARIF(as lab: ClearinghouseClient) async throws -> Receipt {
        let path = "/v1/findings?package=\(Local.escaped("pkg:generic/libtide@1.2.0"))"
        let report = try Local.bytes("\(example)/reports/lab-a.sarif")
        let headers = ["Idempotency-Key": "lab-a/libtide/run-1"]
        var receipts: [Receipt] = []
        for _ in 0..<2 {
            let answer = try await lab.bytes(.post, path, report, type: "application/sarif+json", headers: headers)
            receipts.append(try receipt(JSONValue(parsing: answer)["findings"]?.array?.first))
        }
        receipts[0].repeated = receipts[1].finding
        return receipts[0]
    }

    private func reportNDJSON(as lab: ClearinghouseClient) async throws -> Receipt {
        let (lines, feed) = AsyncStream.makeStream(of: [UInt8].self)
        feed.yield(try Local.bytes("\(example)/reports/lab-b.ndjson"))
        feed.finish()
        var last: JSONValue?
        try await lab.forEachLine(.post, "/v1/findings/bulk", body: lines) { last = try JSONValue(parsing: Array($0)) }
        return try receipt(last)
    }

    private func receipt(_ json: JSONValue?) throws -> Receipt {
        guard let finding = json?["finding"]?.string, let vulnerability = json?["vulnerability"]?.string else {
            throw WalkFailure(reason: "the finding was not taken: \(json?["detail"]?.string ?? "no answer")")
        }
        return Receipt(
            finding: finding, vulnerability: vulnerability, reasons: (json?["reasons"]?.array ?? []).compactMap(\.string)
        )
    }

    // MARK: validation

    private func attachReproducer(to finding: String, as lab: ClearinghouseClient) async throws {
        let bundle = try ReproducerFiles(manifest: "\(example)/reproducer/manifest.json", root: example)
        _ = try await lab.json(.put, "/v1/findings/\(finding)/reproducer", bundle.request)
    }

    private func validate(_ finding: String, fix: String?) async throws -> JSONValue {
        let asked = try await administrator.json(.post, "/v1/findings/\(finding)/validations", Local.object([("fix", fix)]))
        guard let identifier = asked["validation"]?.string else { throw WalkFailure(reason: "no validation was queued") }
        for _ in 0..<Walk.longestWaitInTenths {
            let state = try await administrator.json(.get, "/v1/validations/\(identifier)")
            if state["outcome"]?.string != nil { return state }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw WalkFailure(reason: "the replay \(identifier) did not end; is the sandbox available (bubblewrap)?")
    }

    /// Two minutes: a build and a handful of replays take seconds.
    private static let longestWaitInTenths = 1_200

    private func verdict(_ validation: JSONValue) -> String {
        let outcome = validation["outcome"]?.string ?? "?"
        return
            "\(outcome), \(validation["crashCount"]?.integer ?? 0) of \(validation["runCount"]?.integer ?? 0) replays in the sandbox crashed"
    }

    private func frames(_ validation: JSONValue) -> String {
        (validation["crashState"]?.string ?? "").split(separator: "\n").joined(separator: " < ")
    }

    // MARK: the case

    private func openCase(_ vulnerability: String) async throws -> (name: String, until: String) {
        let body = Local.object([
            ("vulnerability", vulnerability), ("vendor", "libtide"),
            ("title", "Heap buffer overflow while decoding a tide frame")
        ])
        do {
            let opened = try await administrator.json(.post, "/v1/cases", body)
            guard let name = opened["id"]?.string else { throw WalkFailure(reason: "the case was not opened") }
            return (name, opened["embargoUntil"]?.string ?? "?")
        } catch let problem as ClientProblem where problem.status == 409 {
            return try await caseOpenedBefore(vulnerability)
        }
    }

    /// A start that was interrupted in the middle of its walk has left its case open.
    private func caseOpenedBefore(_ vulnerability: String) async throws -> (name: String, until: String) {
        let cases = try await administrator.json(.get, "/v1/cases?limit=100")["cases"]?.array ?? []
        guard let opened = cases.first(where: { $0["vulnerability"]?.string == vulnerability }), let name = opened["id"]?.string
        else { throw WalkFailure(reason: "the vulnerability \(vulnerability) has a case that is not listed") }
        return (name, opened["embargoUntil"]?.string ?? "?")
    }

    private func judgedFix(
        _ patch: String, _ version: String, of opened: (name: String, until: String), finding: String,
        as vendor: ClearinghouseClient
    ) async throws -> (state: String, explanation: String) {
        let text = String(decoding: try Local.bytes("\(example)/fixes/\(patch)"), as: UTF8.self)
        let attached = try await vendor.json(
            .post, "/v1/cases/\(opened.name)/fixes", Local.object([("patch", text), ("fixedVersion", version)])
        )
        guard let fix = attached["fix"]?.string else { throw WalkFailure(reason: "the fix was not attached") }
        let validation = try await validate(finding, fix: fix)
        let judged = try await administrator.json(
            .post, "/v1/fixes/\(fix)/judgement", Local.object([("validation", validation["validation"]?.string)])
        )
        return (judged["state"]?.string ?? "?", validation["explanation"]?.string ?? "")
    }

    private func publish(_ identifier: String) async throws -> String {
        let order = Local.object([
            ("summary", "Heap buffer overflow in libtide's frame decoder"),
            (
                "details",
                "A frame whose run length exceeds the announced number of levels makes the decoder write beyond its heap buffer. Update to 1.2.1."
            ), ("package", "pkg:generic/libtide"), ("ecosystem", "GIT"), ("name", "libtide"), ("introduced", "1.0.0"),
            ("weakness", "CWE-122"), ("knownExploited", "no"), ("automatable", "yes"), ("technicalImpact", "total"),
            ("earlyBecause", "fixed and verified; the vendor and both finders agreed")
        ])
        let published = try await administrator.json(.post, "/v1/cases/\(identifier)/publication", order)
        guard let advisory = published["advisory"]?.string else { throw WalkFailure(reason: "nothing was published") }
        return advisory
    }
}

struct WalkFailure: Error, CustomStringConvertible {
    let reason: String
    var description: String { reason }
}

/// Registers a member where it is new, and gives a client with a fresh token.
struct WalkMember: Sendable {
    let url: String
    let administrator: ClearinghouseClient

    func client(_ identifier: String, _ name: String, _ role: String, key: String? = nil) async throws -> ClearinghouseClient {
        let body: JSONValue = [
            "id": .string(identifier), "name": .string(name), "roles": [.string(role)],
            "verificationKey": key.map { .string($0) } ?? .null
        ]
        do {
            _ = try await administrator.json(.post, "/v1/members", body)
        } catch let problem as ClientProblem where problem.status == 409 {
            // Registered by an earlier start.
        }
        let token = try await administrator.json(.post, "/v1/members/\(identifier)/tokens", [:])
        return ClearinghouseClient(baseURL: url, token: token["token"]?.string)
    }
}

import HTTPTypes
import JSONText
import Testing

@Suite
struct FindingSubmissionTests {
    @Test
    func `answers a finding with its identifier, its vulnerability and the reasons`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            let receipt = try await walk.submit()
            let finding = try #require(receipt["finding"]?.string)
            #expect(receipt["joinedExisting"]?.bool == false)
            #expect(receipt["reasons"]?.array?.isEmpty == false)
            let read = try await desk.get("/v1/findings/\(finding)", as: walk.finder).json
            #expect(read["title"]?.string == "Heap overflow in tide_expand")
            #expect(read["package"]?.string == Walk.package)
            #expect(read["weakness"]?.string == "CWE-122")
            #expect(read["vulnerability"] == receipt["vulnerability"])
        }
    }

    @Test
    func `answers and shows what a finding brings along, folded and as text`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            var report = Walk.report().object ?? JSONObject()
            let patch = "--- a/x.c\n+++ b/x.c\n@@ -1 +1 @@\n-if (a<b)\n+if (a<=b)\n"
            report["patch"] = .string(patch)
            (report["crash"], report["entry"], report["sink"]) = ("<crash> of size 4", "tide_open", "tide_expand")
            report["renames"] = [["from": "src/old.c", "to": "src/tide.c"]]
            let finding = try #require(try await walk.submit(.object(report))["finding"]?.string)
            let read = try await desk.get("/v1/findings/\(finding)", as: walk.finder).json
            for name in ["patch", "crash", "entry", "sink", "renames"] { #expect(read[name] == report[name], "\(name)") }
            let page = try await desk.page("/findings/\(finding)", as: walk.finder).text
            for text in [
                "<details><summary>Proposed fix</summary>", "+if (a&lt;=b)", "<details><summary>Output of the crash</summary>",
                "&lt;crash&gt; of size 4", "<dt>Enters at</dt><dd><bdi>tide_open", "<dt>Does harm at</dt><dd><bdi>tide_expand",
                "src/old.c → src/tide.c"
            ] {
                #expect(page.contains(text), "\(text)")
            }
            let without = try #require(try await walk.submit(Walk.report("Another", function: "g"))["finding"]?.string)
            let other = try await desk.get("/v1/findings/\(without)", as: walk.finder).json
            #expect(other["patch"]?.isNull == true && other["renames"]?.array?.isEmpty == true)
            #expect(try await !desk.page("/findings/\(without)", as: walk.finder).text.contains("Proposed fix"))
        }
    }

    @Test
    func `gives a repeated submission the same answer and records nothing again`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            let first = try await walk.submit(key: "run-7/finding-1")
            let count = try await desk.get("/v1/health").json["records"]
            for _ in 0..<3 { #expect(try await walk.submit(key: "run-7/finding-1") == first) }
            #expect(try await desk.get("/v1/health").json["records"] == count)
            #expect(try await desk.get("/v1/findings", as: walk.finder).list("findings").count == 1)
        }
    }

    @Test
    func `recognises the same bytes sent again without a key`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            let first = try await walk.submit()
            #expect(try await walk.submit() == first)
            #expect(try await desk.get("/v1/findings", as: walk.finder).list("findings").count == 1)
        }
    }

    @Test
    func `goes on giving the first answer after the finding was moved`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            let first = try await walk.submit(key: "k")
            let finding = try #require(first["finding"]?.string)
            let moved = try await desk.post(
                "/v1/findings/\(finding)/vulnerability", ["reason": "another bug"], as: walk.coordinator)
            #expect(moved.status == 200)
            #expect(try await walk.submit(key: "k") == first)
        }
    }

    @Test
    func `refuses a key that was used for other bytes, and keeps the first finding`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            let first = try await walk.submit(key: "k")
            let reply = try await desk.post(
                "/v1/findings", Walk.report("Another bug", function: "tide_seek"), as: walk.finder,
                headers: ["Idempotency-Key": "k"]
            )
            #expect(reply.status == 422)
            #expect(try reply.text("type").hasSuffix("/idempotency-key-reused"))
            #expect(try await walk.submit(key: "k") == first)
            #expect(try await desk.get("/v1/findings", as: walk.finder).list("findings").count == 1)
        }
    }

    @Test
    func `keeps the keys of two members apart`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            let other = try await desk.member("lab-b", "finder")
            let (mine, theirs) = (try await walk.submit(key: "k"), try await walk.submit(as: other, key: "k"))
            #expect(mine["finding"] != theirs["finding"])
        }
    }

    @Test
    func `refuses keys that are empty, too long or not printable`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            for key in ["", String(repeating: "k", count: 201), "a b", "ä"] {
                let reply = try await desk.post("/v1/findings", Walk.report(), as: walk.finder, headers: ["Idempotency-Key": key])
                #expect(reply.status == 400, "\(key)")
                #expect(try reply.text("place") == "header Idempotency-Key")
            }
        }
    }

    @Test
    func `takes each format under its media type or by name, and refuses what our own format says itself`() async throws {
        try await TestClearinghouse.open { desk in
            let token = try await desk.member("lab-a", "finder")
            let csv = Array("Severity,Repository,Name,Description\nlow,a/b,N,D\n".utf8)
            let typed = try await desk.send(.post, "/v1/findings", as: token, bytes: csv, type: "text/csv")
            #expect(typed.status == 201, "\(typed.text)")
            let bundle = Array(#"{"repository":"https://example.org/r","findings":[{"title":"T","vid":"v"}]}"#.utf8)
            let named = try await desk.send(.post, "/v1/findings?format=scrutineer", as: token, bytes: bundle)
            #expect(named.status == 201, "\(named.text)")
            let finding = try #require(try named.list("findings").first?["finding"]?.string)
            let read = try await desk.get("/v1/findings/\(finding)", as: token)
            #expect(try read.json["further"]?["scrutineer/vid"] == "v")
            let own = try await desk.post("/v1/findings?package=pkg%3Anpm%2Fa", Walk.report(), as: token)
            #expect(try own.status == 400 && own.text("place") == "query parameter package")
        }
    }

    @Test(arguments: IntakeSample.all)
    func `takes every format that finders produce, told by its media type or by name`(sample: IntakeSample) async throws {
        try await TestClearinghouse.open { desk in
            let token = try await desk.member("lab-a", "finder")
            for (query, type) in [("", sample.mediaType), ("?format=\(sample.format)", "application/json")] {
                let answer = try await desk.send(
                    .post, "/v1/findings\(query)", as: token, bytes: Array(sample.text.utf8), type: type)
                #expect(answer.status == 201, "\(sample.format): \(answer.text)")
                let finding = try #require(try answer.list("findings").first?["finding"]?.string)
                let read = try await desk.get("/v1/findings/\(finding)", as: token).json
                #expect(read["title"]?.string == "Tide overflows" && read["package"]?.string == sample.package)
                let original = try await desk.get("/v1/findings/\(finding)/original", as: token)
                #expect(original.text == sample.text)
            }
        }
    }

    @Test
    func `refuses a report that breaks its format, with the place in the document`() async throws {
        try await TestClearinghouse.open { desk in
            let token = try await desk.member("lab-a", "finder")
            let report = Array(IntakeSample.csaf.replacing(#""label": "AMBER""#, with: #""label": "WHITE""#).utf8)
            let answer = try await desk.send(.post, "/v1/findings?format=csaf", as: token, bytes: report)
            #expect(try answer.status == 400 && answer.text("place").hasPrefix("/document/distribution/tlp/label, byte "))
            #expect(try !answer.text("place").hasSuffix(" 0"))
        }
    }

    @Test
    func `a finding of free text waits in a list until a person has read it`() async throws {
        try await TestClearinghouse.open { desk in
            let token = try await desk.member("lab-a", "finder")
            let text = Array("It crashes\nModel: m-1\n".utf8)
            let answer = try await desk.send(.post, "/v1/findings", as: token, bytes: text, type: "text/plain")
            let finding = try #require(try answer.list("findings").first?["finding"]?.string)
            func waiting() async throws -> [String?] {
                try await desk.get("/v1/findings?needsReview=true&model=m-1", as: token).list("findings").map { $0["id"]?.string }
            }
            #expect(try await waiting() == [finding])
            #expect(try await desk.page("/findings?needsReview=true", as: token).text.contains("It crashes"))
            #expect(try await desk.page("/findings?needsReview=false&model=m-1", as: token).text.contains("nothing here yet"))
            #expect(try await desk.get("/v1/findings?needsReview=maybe", as: token).status == 400)
            #expect(try await desk.send(.post, "/v1/findings/\(finding)/review", as: token).status == 403)
            let reviewed = try await desk.send(.post, "/v1/findings/\(finding)/review", as: desk.house.adminToken)
            #expect(reviewed.status == 200, "\(reviewed.text)")
            #expect(try await waiting() == [])
        }
    }

    @Test
    func `takes a SARIF log as one finding a result, and repeats of it as the same`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            let results = ["tide_expand", "tide_seek"].map { function -> JSONValue in
                [
                    "ruleId": "CWE-122", "message": ["text": .string("overflow in \(function)")], "level": "error",
                    "locations": [
                        [
                            "physicalLocation": ["artifactLocation": ["uri": "src/tide.c"], "region": ["startLine": 88]],
                            "logicalLocations": [["name": .string(function), "kind": "function"]]
                        ]
                    ]
                ]
            }
            let log: JSONValue = [
                "version": "2.1.0", "runs": [["tool": ["driver": ["name": "kelp"]], "results": .array(results)]]
            ]
            func send() async throws -> Reply {
                try await desk.send(
                    .post, "/v1/findings?package=pkg:generic/libtide", as: walk.finder, bytes: log.bytes(),
                    type: "application/sarif+json; charset=utf-8"
                )
            }
            let first = try await send()
            #expect(first.status == 201, "\(first.text)")
            #expect(try first.list("findings").count == 2)
            #expect(try await send().list("findings") == first.list("findings"))
            #expect(try await desk.get("/v1/findings", as: walk.finder).list("findings").count == 2)
        }
    }

    @Test
    func `takes a later scan's log as the findings it repeats, under the package the run names`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            func send(_ text: String, tool: String, key: String) async throws -> Reply {
                let result: JSONValue = [
                    "ruleId": "CWE-122", "message": ["text": .string(text)], "guid": "22222222-2222-4222-8222-222222222222",
                    "locations": [["physicalLocation": ["artifactLocation": ["uri": "src/tide.c"]]]]
                ]
                let log: JSONValue = [
                    "version": "2.1.0",
                    "runs": [
                        [
                            "tool": ["driver": ["name": "kelp", "version": .string(tool)]], "results": [result],
                            "properties": ["package": .string(Walk.package)]
                        ]
                    ]
                ]
                return try await desk.send(
                    .post, "/v1/findings", as: walk.finder, bytes: log.bytes(), type: "application/sarif+json",
                    headers: ["Idempotency-Key": key]
                )
            }
            let first = try await send("overflow", tool: "1", key: "monday")
            #expect(first.status == 201, "\(first.text)")
            let listed = try await desk.get("/v1/findings", as: walk.finder).list("findings")
            #expect(listed.map { $0["package"]?.string } == [Walk.package])
            let second = try await send("overflow", tool: "2", key: "tuesday")
            #expect(try second.status == 201 && second.list("findings") == first.list("findings"), "\(second.text)")
            let reused = try await send("overflow", tool: "3", key: "monday")
            #expect(reused.status == 422)
            #expect(try reused.text("place") == "header Idempotency-Key")
            let other = try await send("another problem", tool: "2", key: "wednesday")
            #expect(other.status == 201, "\(other.text)")
            let vulnerabilities = try [first, other].map { try $0.list("findings").first?["vulnerability"]?.string }
            #expect(vulnerabilities[0] == vulnerabilities[1], "the same result, which says something else now")
            #expect(try await desk.get("/v1/findings", as: walk.finder).list("findings").count == 2)
        }
    }

    @Test
    func `records nothing of a SARIF log whose key was used for another log`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            func send(_ functions: [String]) async throws -> Reply {
                let results = functions.map { function -> JSONValue in
                    [
                        "ruleId": "CWE-122", "message": ["text": .string("overflow in \(function)")],
                        "locations": [["physicalLocation": ["artifactLocation": ["uri": .string("src/\(function).c")]]]]
                    ]
                }
                let log: JSONValue = [
                    "version": "2.1.0", "runs": [["tool": ["driver": ["name": "kelp"]], "results": .array(results)]]
                ]
                return try await desk.send(
                    .post, "/v1/findings?package=pkg:generic/libtide", as: walk.finder, bytes: log.bytes(),
                    type: "application/sarif+json", headers: ["Idempotency-Key": "nightly"]
                )
            }
            #expect(try await send(["one"]).status == 201)
            // The second result has no predecessor to clash with, and still must not be taken alone.
            #expect(try await send(["two", "three"]).status == 422)
            #expect(try await desk.get("/v1/findings", as: walk.finder).list("findings").count == 1)
        }
    }

    @Test
    func `pages through findings without losing or repeating one while others arrive`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            for number in 0..<7 { _ = try await walk.submit(Walk.report("Bug \(number)", function: "f\(number)")) }
            var (seen, next): ([String], JSONValue?) = ([], nil)
            repeat {
                let query = next?.integer.map { "&before=\($0)" } ?? ""
                let page = try await desk.get("/v1/findings?limit=3\(query)", as: walk.finder)
                seen += try page.list("findings").compactMap { $0["title"]?.string }
                next = try page.json["next"]
                _ = try await walk.submit(Walk.report("Late \(seen.count)", function: "late\(seen.count)"))
            } while next?.integer != nil
            #expect(seen == (0..<7).reversed().map { "Bug \($0)" })
        }
    }

    @Test
    func `refuses pages that are no numbers or out of range`() async throws {
        try await TestClearinghouse.open { desk in
            let walk = try await Walk(desk)
            for query in ["limit=0", "limit=1001", "limit=x", "before=-1", "before=9223372036854775808", "limit="] {
                let reply = try await desk.get("/v1/findings?\(query)", as: walk.finder)
                #expect(reply.status == 400, "\(query)")
                #expect(try reply.text("place").hasPrefix("query parameter"), "\(query)")
            }
        }
    }
}

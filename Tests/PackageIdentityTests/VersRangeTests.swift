import PackageIdentity
import Testing

@Suite struct `VERS ranges` {
    /// The examples of the specification.
    @Test func `parse canonical texts and print them again`() throws {
        let texts = [
            "vers:npm/1.2.3|>=2.0.0|<5.0.0", "vers:gem/>=2.2.0|!=2.2.1|<2.3.0", "vers:npm/1.2.3",
            "vers:pypi/0.0.0|0.0.1|0.0.2|0.0.3|1.0|2.0rc1", "vers:deb/*", "vers:all/*", "vers:none/*",
            "vers:maven/>=1.0.0-beta1|<=1.7.5|>=7.0.0-M1|<=7.0.7|>=7.1.0|<=7.1.2|>=8.0.0-M1|<=8.0.1",
            "vers:datetime/>=2024-01-01T00:00:00Z|<2024-06-01T12:00:00+02:00", "vers:npm/1.0%252F0",
            "vers:lexicographic/a%20b%7Cc",
            "vers:lexicographic/%C3%A9", "vers:tomee/>=b|<a", "vers:x.y-1/<1", "vers:deb/>=1:2.0+dfsg-1~a|<2:0", "vers:pypi/!=5"
        ]
        for text in texts {
            let range = try VersRange(parsing: text)
            #expect(range.description == text && range.findings.isEmpty, "\(text)")
            #expect(try VersRange(normalizing: text) == range, "\(text)")
            if range.versionScheme.isOrdered {
                #expect(try VersRange(type: range.type, constraints: range.constraints.reversed()) == range, "\(text)")
            }
        }
        let range = try VersRange(parsing: "vers:npm/!=1.0%252F0|<2")
        #expect(range.type == "npm" && range.constraints == [VersConstraint(.notEqual, "1.0%2F0"), VersConstraint(.less, "2")])
        #expect(try VersRange(type: "npm", constraints: []).description == "vers:npm/*" && range.versionScheme == .npm)
    }

    @Test func `are refused with a code and the place`() {
        let long = "vers:npm/" + String(repeating: "1", count: VersRange.maximumLength)
        let cases: [(String, VersError.Code, Int)] = [
            ("", .scheme, 0), ("Vers:npm/1", .scheme, 0), ("vers", .scheme, 4), ("pkg:npm/1", .scheme, 0),
            (long, .length, 1_048_576),
            ("vers:npm", .type, 5), ("vers:/1", .type, 5), ("vers:NPM/1", .type, 5), ("vers:1npm/1", .type, 5),
            ("vers:n_m/1", .type, 6), ("vers:npm/", .separator, 9), ("vers:npm/|1", .separator, 9),
            ("vers:npm/1|", .separator, 11),
            ("vers:npm/1||2", .separator, 11), ("vers:npm/1 |2", .whitespace, 10), ("vers:npm/1\t", .whitespace, 10),
            ("\nvers:npm/1", .whitespace, 0), ("vers:npm/é", .encoding, 9), ("vers:npm/\u{7F}", .encoding, 9),
            ("vers:npm/**", .star, 9), ("vers:npm/*1", .star, 9), ("vers:npm/1|*", .star, 11), ("vers:all/1", .star, 9),
            ("vers:none/<1", .star, 10), ("vers:npm/=1", .comparator, 9), ("vers:npm/==1", .comparator, 9),
            ("vers:npm/!1", .comparator, 9), ("vers:npm/>", .version, 10), ("vers:npm/>=|1", .version, 11),
            ("vers:npm/<>1", .encoding, 10), ("vers:npm/1<2", .encoding, 10), ("vers:npm/1%2", .encoding, 10),
            ("vers:npm/1%", .encoding, 10), ("vers:npm/1%2G", .encoding, 10), ("vers:npm/1%7c", .encoding, 10),
            ("vers:npm/1%41", .encoding, 10), ("vers:npm/1%2B2", .encoding, 10), ("vers:lexicographic/%FF", .encoding, 19),
            ("vers:datetime/2024-01-01t00:00:00Z", .version, 14), ("vers:datetime/2024-01-01T00:00:00z", .version, 14),
            ("vers:datetime/2024-01-01T00%3A00:00Z", .encoding, 27), ("vers:npm/2|1", .order, 11),
            ("vers:npm/>=2.0.0|<1.0.0", .order, 17),
            ("vers:npm/1|1.0", .duplicate, 11), ("vers:npm/>=1|<1.0.0", .duplicate, 13), ("vers:tomee/b|a|b", .duplicate, 15),
            ("vers:npm/1|<2", .sequence, 11), ("vers:npm/<1|<2", .sequence, 12), ("vers:npm/>1|2", .sequence, 12),
            ("vers:npm/>1|!=2|>=3", .sequence, 16), ("vers:npm/<1|2|<=3", .sequence, 14), ("vers:tomee/>1|>2", .sequence, 14)
        ]
        for (text, code, offset) in cases {
            do {
                let range = try VersRange(parsing: text)
                Issue.record("\(text.prefix(60)) was accepted as \(range)")
            } catch {
                #expect(error.code == code && error.offset == offset, "\(text.prefix(60)): \(error)")
            }
        }
    }

    @Test func `are built from constraints in any order, or refused`() throws {
        let built = try VersRange(type: "npm", constraints: [.init(.less, "2"), .init(.equal, "0|1"), .init(.greater, "1.0.0")])
        #expect(built.description == "vers:npm/0%7C1|>1.0.0|<2")
        let cases: [(String, [VersConstraint], VersError.Code)] = [
            ("NPM", [], .type), ("npm", [.init(.less, "")], .version), ("all", [.init(.less, "1")], .star),
            ("npm", [.init(.less, "1"), .init(.greater, "1.0")], .duplicate),
            ("npm", [.init(.less, "1"), .init(.less, "2")], .sequence),
            ("datetime", [.init(.less, "2024-01-01t00:00:00Z")], .version)
        ]
        for (type, constraints, code) in cases {
            do {
                _ = try VersRange(type: type, constraints: constraints)
                Issue.record("\(type) \(constraints) was accepted")
            } catch { #expect(error.code == code && error.offset == 0, "\(type) \(constraints): \(error)") }
        }
    }

    @Test func `are read as the field writes them, sorted, and not repaired further`() throws {
        let cases: [(String, String, [VersError.Code])] = [
            (" VERS:NPM / >= 1.0 | < 2 ", "vers:npm/>=1.0|<2", []), ("vers:npm/||2|1|", "vers:npm/1|2", []),
            ("vers:npm/=1|%3e2", "vers:npm/1|%3E2", []), ("vers:npm/1%2B2", "vers:npm/1+2", []),
            ("vers:npm/>1|>=1|<1|<=1|1", "vers:npm/<1|<=1|1|>=1|>1", [.duplicate, .sequence]),
            ("vers:npm/<2|>=1|<3", "vers:npm/>=1|<2|<3", [.sequence]), ("vers:tomee/b|a", "vers:tomee/b|a", []),
            ("vers:npm/2|latest|1", "vers:npm/2|latest|1", [])
        ]
        for (text, printed, codes) in cases {
            let range = try VersRange(normalizing: text)
            #expect(range.description == printed, "\(text)")
            #expect(Set(range.findings.map(\.code)) == Set(codes), "\(text): \(range.findings)")
        }
        for text in [
            "vers:npm/", "vers:npm/|", "vers:npm/==1", "vers:npm/1<2", "vers:npm/1|*", "vers:npm/%4", "x:npm/1", "vers:n m!/1"
        ] {
            #expect(throws: VersError.self, "\(text)") { try VersRange(normalizing: text) }
        }
    }

    @Test func `are simplified as the specification prescribes`() throws {
        let cases: [(String, String?)] = [
            ("vers:pypi/>0.0.0|>=0.0.1|0.0.2|<0.0.3|0.0.4|<0.0.5|>=0.0.6", "vers:pypi/>0.0.0|<0.0.5|>=0.0.6"),
            (
                "vers:pypi/>0.0.0|>=0.0.1|>=0.0.1|0.0.2|0.0.3|0.0.4|<0.0.5|<=0.0.6|!=0.7|8.0|>12|<15.3",
                "vers:pypi/>0.0.0|<=0.0.6|8.0|>12|<15.3"
            ),
            ("vers:npm/0|1|<2", "vers:npm/<2"), ("vers:npm/>1|<2|3|<4", "vers:npm/>1|<4"), ("vers:npm/<1|>=1", "vers:npm/*"),
            ("vers:npm/<1|>1", "vers:npm/!=1"), ("vers:npm/<1|>1|<2", "vers:npm/!=1|<2"),
            ("vers:npm/!=1|!=2", "vers:npm/!=1|!=2"),
            ("vers:npm/>=1|!=1.5|<2", "vers:npm/>=1|!=1.5|<2"), ("vers:npm/1|!=2", "vers:npm/1"),
            ("vers:npm/1|!=1", "vers:npm/1"),
            ("vers:npm/<1|1", "vers:npm/<=1"), ("vers:npm/1|>1", "vers:npm/>=1"), ("vers:npm/<=1|>1|<2", "vers:npm/<2"),
            ("vers:npm/*", "vers:npm/*"), ("vers:npm/>2|<2", "vers:npm/!=2"), ("vers:tomee/1|<2", nil),
            ("vers:npm/latest|1", nil),
            ("vers:npm/>=1.0.0|<1", "vers:npm/*")
        ]
        for (text, simplified) in cases {
            let range = try VersRange(normalizing: text)
            #expect(range.simplified?.description == simplified, "\(text)")
        }
    }

    @Test func `give the intervals that stand for them`() throws {
        func key(_ version: String) throws -> VersionKey { try VersionKey(encoding: version, in: .npm) }
        let range = try VersRange(parsing: "vers:npm/<=1|2|>3|!=3.5|<4|>=5")
        let intervals = try #require(range.intervals)
        let expected: [(VersionInterval.Bound, VersionInterval.Bound)] = try [
            (.unbounded, .included(key("1"))), (.included(key("2")), .included(key("2"))),
            (.excluded(key("3")), .excluded(key("3.5"))),
            (.excluded(key("3.5")), .excluded(key("4"))), (.included(key("5")), .unbounded)
        ]
        #expect(intervals.map(\.lower) == expected.map(\.0) && intervals.map(\.upper) == expected.map(\.1))
        try #require(intervals.count == 5)
        #expect(intervals[0].start.isLowest && intervals[4].end == nil)
        #expect(try intervals[1].start == key("2") && intervals[1].end == key("2").successor)
        #expect(try intervals[2].start == key("3").successor && intervals[2].end == key("3.5"))
        #expect(try VersRange(parsing: "vers:none/*").intervals == [] && VersRange(parsing: "vers:npm/*").intervals?.count == 1)
        #expect(
            try VersRange(parsing: "vers:tomee/<1").intervals == nil && VersRange(parsing: "vers:npm/latest").intervals == nil)
    }

    @Test func `contain a version, or not, or nobody knows`() throws {
        let cases: [(String, String, String)] = [
            ("vers:npm/>=1|<2", "1.0.0", "yes"), ("vers:npm/>=1|<2", "2.0.0", "no"), ("vers:npm/>=1|<2", "2.0.0-rc", "yes"),
            ("vers:npm/>=1|<2", "latest", "version"), ("vers:npm/*", "latest", "yes"), ("vers:all/*", "x", "yes"),
            ("vers:none/*", "x", "no"), ("vers:npm/latest", "latest", "yes"), ("vers:npm/!=latest|<1", "latest", "no"),
            ("vers:npm/<1|latest", "0.5", "yes"), ("vers:npm/<1|latest", "1.5", "bound 1"),
            ("vers:npm/<latest", "latest", "version"),
            ("vers:npm/<latest", "0.1", "bound 0"), ("vers:npm/!=latest", "1", "bound 0"), ("vers:npm/1|!=latest", "1", "yes"),
            ("vers:tomee/>=1|<2", "1.5", "type"), ("vers:tomee/>=1|<2", "1", "yes"), ("vers:tomee/1|2", "3", "type"),
            ("vers:pypi/<1", "banana", "version"), ("vers:pypi/<banana", "1", "bound 0"), ("vers:pypi/banana", "banana", "yes"),
            ("vers:pypi/1.0", "1", "yes"), ("vers:pypi/!=5", "5.0", "no"), ("vers:pypi/!=5", "6", "yes"),
            ("vers:npm/<1", "", "version"),
            ("vers:npm/1|!=2", "3", "no"), ("vers:deb/<1:0", "2.0", "yes"), ("vers:conan/>=2.5|<2.6-", "2.6-pre.1", "no")
        ]
        for (text, version, expected) in cases {
            let actual: String
            switch try VersRange(parsing: text).containment(of: version) {
            case .contained: actual = "yes"
            case .notContained: actual = "no"
            case .unknown(let unknown):
                switch unknown.subject {
                case .type: actual = "type"
                case .version: actual = "version"
                case .bound(let index): actual = "bound \(index)"
                }
            }
            #expect(actual == expected, "\(text) and \(version)")
        }
    }
}

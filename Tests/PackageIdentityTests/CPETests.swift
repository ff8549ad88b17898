import PackageIdentity
import TestSupport
import Testing

/// The examples of NIST IR 7695 for both bindings, and its rules for well-formed names.
@Suite struct `CPE names` {
    /// Clauses 6.1.2.4, 6.1.3.2, 6.2.2.3 and 6.2.3.3: a URI, the formatted string of the same name, and the URI that it is
    /// bound to where that is spelled otherwise.
    static let bindings: [(uri: String, formatted: String, bound: String?)] = [
        (
            "cpe:/a:microsoft:internet_explorer:8.0.6001:beta",
            "cpe:2.3:a:microsoft:internet_explorer:8.0.6001:beta:*:*:*:*:*:*", nil
        ),
        ("cpe:/a:microsoft:internet_explorer:8.%02:sp%01", "cpe:2.3:a:microsoft:internet_explorer:8.*:sp?:*:*:*:*:*:*", nil),
        (
            "cpe:/a:microsoft:internet_explorer:8.%2a:sp%3f", #"cpe:2.3:a:microsoft:internet_explorer:8.\*:sp\?:*:*:*:*:*:*"#,
            nil
        ),
        (
            "cpe:/a:hp:insight_diagnostics:7.4.0.1570:-:~~online~win2003~x64~",
            "cpe:2.3:a:hp:insight_diagnostics:7.4.0.1570:-:*:*:online:win2003:x64:*", nil
        ),
        (
            "cpe:/a:hp:insight_diagnostics:7.4.0.1570::~~online~win2003~x64~",
            "cpe:2.3:a:hp:insight_diagnostics:7.4.0.1570:*:*:*:online:win2003:x64:*", nil
        ),
        (
            "cpe:/a:hp:openview_network_manager:7.51::~~~linux~~",
            "cpe:2.3:a:hp:openview_network_manager:7.51:*:*:*:*:linux:*:*", nil
        ),
        (
            "cpe:/a:hp:openview_network_manager:7.51:-:~~~linux~~",
            "cpe:2.3:a:hp:openview_network_manager:7.51:-:*:*:*:linux:*:*", nil
        ),
        (
            "cpe:/a:foo%5cbar:big%24money_manager_2010:::~~special~ipod_touch~80gb~",
            #"cpe:2.3:a:foo\\bar:big\$money_manager_2010:*:*:*:*:special:ipod_touch:80gb:*"#, nil
        ),
        (
            "cpe:/a:foo~bar:big%7emoney_2010", #"cpe:2.3:a:foo\~bar:big\~money_2010:*:*:*:*:*:*:*:*"#,
            "cpe:/a:foo%7ebar:big%7emoney_2010"
        ),
        ("cpe:/", "cpe:2.3:*:*:*:*:*:*:*:*:*:*:*", nil),
        ("cpe:/o:linux:linux_kernel:-", "cpe:2.3:o:linux:linux_kernel:-:*:*:*:*:*:*:*", nil),
        ("CPE:/H:Cisco:Router::::en-us", "cpe:2.3:h:cisco:router:*:*:*:en-us:*:*:*:*", "cpe:/h:cisco:router::::en-us"),
        ("cpe:/a:v:p:1:u:~e~~~~o:de", "cpe:2.3:a:v:p:1:u:e:de:*:*:*:o", nil),
        ("cpe:/a:v:p:%01%01x%02", "cpe:2.3:a:v:p:??x*:*:*:*:*:*:*:*", nil)
    ]

    @Test func `read and print both bindings of every example`() throws {
        for (uri, formatted, bound) in Self.bindings {
            let (fromURI, fromString) = (try CPE(parsing: uri), try CPE(parsing: formatted))
            #expect(fromURI == fromString, "\(uri) and \(formatted)")
            #expect(fromURI.formattedString == formatted && fromString.description == formatted, "\(uri)")
            #expect(fromString.uri == bound ?? uri, "\(formatted)")
        }
    }

    @Test func `hold decoded values`() throws {
        let name = try CPE(parsing: #"cpe:2.3:a:foo\\bar:big\$money\:x:?1.0*:-:*:de-DE:*:*:*:\*"#)
        #expect(name[.vendor].literal == #"foo\bar"# && name[.product].literal == "big$money:x")
        #expect(try name[.version] == .pattern(CPEPattern(leading: .upTo(1), literal: "1.0", trailing: .any)))
        #expect(name[.update] == .notApplicable && name[.edition] == .any && name[.version].literal == nil)
        #expect(name[.language].literal == "de-DE" && name[.other].literal == "*")
        let built = try CPE([.part: .literal("a"), .vendor: .literal("a&b"), .version: .notApplicable])
        #expect(built.description == #"cpe:2.3:a:a\&b:*:-:*:*:*:*:*:*:*"# && built.uri == "cpe:/a:a%26b::-")
    }

    @Test func `are equal without regard to case and keep it`() throws {
        let (upper, lower) = ("cpe:2.3:a:Apache:HTTPD:2.4:RC*:*:*:*:*:*:*", "cpe:2.3:a:apache:httpd:2.4:rc*:*:*:*:*:*:*")
        #expect(try CPE(parsing: upper) == CPE(parsing: lower) && CPE(parsing: upper).description == upper)
        #expect(try CPE(parsing: upper).hashValue == CPE(parsing: lower).hashValue)
    }

    @Test func `accept a backslash before marks that need none`() throws {
        let name = try CPE(parsing: #"cpe:2.3:a:x:commons\-lang3:3\.1\_a:*:*:*:*:*:*:*"#)
        #expect(name.description == "cpe:2.3:a:x:commons-lang3:3.1_a:*:*:*:*:*:*:*")
    }

    @Test func `are refused with a code and the place`() {
        let long = String(repeating: "x", count: CPE.maximumLength)
        let cases: [(String, CPEError.Code, Int)] = [
            ("", .scheme, 0), ("cpe:2.2:a", .scheme, 4), ("cpe:a", .scheme, 4), ("CPE:2.3:a", .scheme, 4),
            ("cpe:/" + long, .length, 4096),
            ("cpe:2.3:a:v:p:1:*:*:*:*:*:*", .count, 27), ("cpe:2.3:a:v:p:1:*:*:*:*:*:*:*:*", .count, 30),
            ("cpe:/a:b:c:d:e:f:en:h", .count, 20), ("cpe:/a:v:p:1::~a~b", .count, 14), ("cpe:/a:v:p:1::~a~b~c~d~e~f", .count, 14),
            ("cpe:2.3:x:v:p:1:*:*:*:*:*:*:*", .part, 8), ("cpe:2.3:A:v:p:1:*:*:*:*:*:*:*", .part, 8),
            ("cpe:2.3:a*:v:p:1:*:*:*:*:*:*:*", .part, 8), ("cpe:/x:v", .part, 5),
            ("cpe:2.3:a:v:p:1:*:*:english:*:*:*:*", .language, 20), ("cpe:2.3:a:v:p:1:*:*:en-usa:*:*:*:*", .language, 20),
            ("cpe:2.3:a:v:p:1:*:*:e*:*:*:*:*", .language, 20), ("cpe:/a:v:p:1:::e", .language, 15),
            ("cpe:2.3:a::p:1:*:*:*:*:*:*:*", .empty, 10), ("cpe:2.3:a:v p:p:1:*:*:*:*:*:*:*", .character, 11),
            ("cpe:2.3:a:é:p:1:*:*:*:*:*:*:*", .character, 10), (#"cpe:2.3:a:\é:p:1:*:*:*:*:*:*:*"#, .character, 10),
            ("cpe:2.3:a:v~p:p:1:*:*:*:*:*:*:*", .character, 11), (#"cpe:2.3:a:\v:p:1:*:*:*:*:*:*:*"#, .character, 10),
            (#"cpe:2.3:a:v:p:1:*:*:*:*:*:*:x\"#, .character, 29), ("cpe:/a:v!", .character, 8),
            ("cpe:2.3:a:hp:insight:7.4.*.1570:*:*:*:*:*:*:*", .wildcard, 26), ("cpe:2.3:a:v:p:1**:*:*:*:*:*:*:*", .wildcard, 16),
            ("cpe:2.3:a:v:p:1?*:*:*:*:*:*:*:*", .wildcard, 16), ("cpe:2.3:a:v:p:**:*:*:*:*:*:*:*", .wildcard, 15),
            ("cpe:2.3:a:v:p:1?2:*:*:*:*:*:*:*", .wildcard, 16), ("cpe:/a:foo:bar:12.%02.1234", .wildcard, 21),
            ("cpe:/a:foo:bar:%02", .wildcard, 15), (#"cpe:2.3:a:\-:p:1:*:*:*:*:*:*:*"#, .hyphen, 10),
            ("cpe:/a:foo%5cbar:big%24money_2010%07", .encoding, 33), ("cpe:/a:v:p%2", .encoding, 10),
            ("cpe:/a:v:p%zz", .encoding, 10),
            ("cpe:/a:v:p%41", .encoding, 10), ("cpe:/a:v:p%2e", .encoding, 10), ("cpe:/a:v:p%20", .encoding, 10)
        ]
        for (text, code, offset) in cases {
            do {
                let name = try CPE(parsing: text)
                Issue.record("\(text.prefix(60)) was accepted as \(name)")
            } catch {
                #expect(error.code == code && error.offset == offset, "\(text.prefix(60)): \(error)")
            }
        }
        #expect(throws: CPEError.self) { try CPE([.part: .literal("b")]) }
        #expect(throws: CPEError.self) { try CPEValue.literal("-") }
        #expect(throws: CPEError.self) { try CPEValue.literal("a b") }
        #expect(throws: CPEError.self) { try CPEPattern(leading: .upTo(0), literal: "a") }
        #expect(throws: CPEError.self) { try CPEPattern(leading: .any, literal: "") }
        #expect(throws: CPEError.self) { try CPEValue.literal("") }
    }

    @Test(arguments: [1, 2, 3, 0xC9E] as [UInt64])
    func `are the same after printing and parsing in either binding`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let marks = Array("\\*?!\"#$%&'()+,/:;<=>@[]^`{|}~-._aZ09")
        func value(_ random: inout SeededGenerator) throws -> CPEValue {
            if random.chance(oneIn: 4) { return random.pick([.any, .notApplicable]) }
            let ends: [CPEPattern.Wildcard] = [.none, .none, .none, .any, .upTo(1), .upTo(3)]
            let text = String((0..<(1 + random.below(6))).map { _ in random.pick(marks) })
            let pattern = try CPEPattern(
                leading: random.pick(ends), literal: text == "-" ? "--" : text, trailing: random.pick(ends))
            return .pattern(pattern)
        }
        for _ in 0..<2_000 {
            var values: [CPE.Attribute: CPEValue] = [:]
            for attribute in CPE.Attribute.allCases where attribute != .part && attribute != .language {
                values[attribute] = try value(&random)
            }
            values[.part] = try random.pick([.literal("a"), .literal("O"), .any])
            values[.language] = try random.pick([.any, .notApplicable, .literal("en"), .literal("de-AT"), .literal("es-419")])
            let name = try CPE(values)
            if try CPE(parsing: name.uri) != name { Issue.record("seed \(seed): \(name.uri)") }
            // A formatted string has a lowercase part.
            values[.part] = try .literal("h")
            let hardware = try CPE(values)
            let again = try CPE(parsing: hardware.formattedString)
            let isSame = again == hardware && again.formattedString == hardware.formattedString
            if !isSame { Issue.record("seed \(seed): \(hardware)") }
        }
    }

    @Test(arguments: [4, 5, 6] as [UInt64])
    func `are made of any text or refused`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let pieces = [
            "cpe:2.3:", "cpe:/", "a", ":", ":", ":*", ":-", "*", "?", "\\", "%01", "%02", "%2a", "%", "~", "-", "é", "\u{0}", " ",
            "x"
        ]
        for _ in 0..<5_000 {
            let text = random.pick(["cpe:2.3:a", "cpe:/a", ""]) + (0..<random.below(25)).map { _ in random.pick(pieces) }.joined()
            guard let name = try? CPE(parsing: text) else { continue }
            if (try? CPE(parsing: name.uri)) != name { Issue.record("seed \(seed): \(text)") }
        }
    }
}

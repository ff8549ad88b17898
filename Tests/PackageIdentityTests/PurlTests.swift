import PackageIdentity
import TestSupport
import Testing

@Suite struct `Purl text` {
    @Test func `names the component and the byte at which a text is no purl`() {
        let cases: [(String, PurlError.Code, Int)] = [
            ("", .scheme, 0), ("pkg", .scheme, 3), ("npm/foo", .scheme, 0), ("pkg:npm", .type, 4), ("pkg:/", .type, 5),
            ("pkg:3npm/foo", .type, 4), ("pkg:np+m/foo", .type, 6), ("pkg:npm/", .name, 8), ("pkg:npm/@1.0", .name, 8),
            ("pkg:npm/foo%", .encoding, 11), ("pkg:npm/foo%2", .encoding, 11), ("pkg:npm/%zz", .encoding, 8),
            ("pkg:npm/%ff", .encoding, 8), ("pkg:npm/a b", .encoding, 9), ("pkg:npm/é", .encoding, 8),
            ("pkg:npm/a%2Fb/c", .namespace, 8), ("pkg:cargo/a/b", .namespace, 10), ("pkg:maven/a", .namespace, 10),
            ("pkg:npm/a?1k=v", .qualifier, 10), ("pkg:npm/a?k=1&k=2", .qualifier, 14), ("pkg:npm/a?k", .qualifier, 10),
            ("pkg:npm/a?=v", .qualifier, 10), ("pkg:npm/a?b?c=d", .encoding, 9), ("pkg:npm/a#b%2Fc", .subpath, 10),
            ("pkg:julia/Dates", .qualifier, 0), ("pkg:swid/a/b/c/d?tag_id=1", .namespace, 9),
            ("pkg:cocoapods/.a", .name, 14), ("pkg:chrome-extension/aaaa", .name, 21)
        ]
        for (text, code, offset) in cases {
            do {
                let purl = try Purl(parsing: text)
                Issue.record("\(text) was accepted as \(purl)")
            } catch {
                #expect(error.code == code && error.offset == offset, "\(text): \(error)")
            }
        }
    }

    @Test func `refuses a text beyond the length limit and accepts one at it`() throws {
        let prefix = "pkg:generic/"
        let fitting = prefix + String(repeating: "a", count: Purl.maximumLength - prefix.utf8.count)
        #expect(try Purl(parsing: fitting).name.utf8.count == Purl.maximumLength - prefix.utf8.count)
        #expect { try Purl(parsing: fitting + "a") } throws: { ($0 as? PurlError)?.code == .length }
    }

    @Test func `repairs what the field writes only when asked to`() throws {
        let cases = [
            ("pkg:golang/stdlib@1.21", "pkg:golang/stdlib@1.21"), ("pkg:npm/a b@1", "pkg:npm/a%20b@1"),
            ("pkg:rpm/fedora/curl?Arch=i386", "pkg:rpm/fedora/curl?arch=i386"), ("pkg:npm/é", "pkg:npm/%C3%A9"),
            ("pkg:generic/a?download_url=https://x/?y=z", "pkg:generic/a?download_url=https:%2F%2Fx%2F%3Fy%3Dz"),
            ("pkg:npm/a?flag", "pkg:npm/a"), ("pkg:julia/Dates", "pkg:julia/Dates"),
            ("pkg:git/GitHub.com/Foo/Bar", "pkg:git/github.com/foo/bar")
        ]
        for (text, expected) in cases {
            #expect(try Purl(normalizing: text).description == expected)
            #expect((try? Purl(parsing: text))?.description != expected, "\(text) needs no repair")
        }
    }

    @Test func `prints what parses to the same purl again, for any components`() throws {
        let pieces = [
            "a", "B", "é", "日本", "%", "+", " ", "@", "?", "#", "&", "=", ":", "..", "~", "\u{7F}", "\u{0}", "::", "x-y_z.1"
        ]
        for seed in UInt64(1)...5 {
            var random = SeededGenerator(seed: seed)
            func text(_ most: Int) -> String { (0..<(1 + random.below(most))).map { _ in random.pick(pieces) }.joined() }
            for _ in 0..<300 {
                let purl = try Purl(
                    type: random.pick(["generic", "npm", "docker", "x"]),
                    namespace: random.pick([nil, text(2), text(2) + "/" + text(1)]),
                    name: text(3), version: random.pick([nil, text(3)]),
                    qualifiers: [random.pick(["k", "arch", "a.b"]): text(2), "k_2": random.pick(["", text(1)])],
                    subpath: random.pick([nil, text(1) + "/" + text(2)])
                )
                #expect(try Purl(parsing: purl.description) == purl, "seed \(seed): \(purl)")
                #expect(purl.description.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }, "seed \(seed): \(purl)")
            }
        }
    }

    @Test func `survives every cut and every changed byte of a purl`() {
        let text = Array("pkg:maven/org.apache/a%20b@1.0?classifier=x&type=zip#sub/path".utf8)
        var random = SeededGenerator(seed: 7)
        for _ in 0..<3_000 {
            var bytes = Array(text.prefix(random.below(text.count + 1)))
            for _ in 0..<random.below(3) where !bytes.isEmpty {
                bytes[random.below(bytes.count)] = UInt8(truncatingIfNeeded: random.next())
            }
            let mutated = String(decoding: bytes, as: UTF8.self)
            if let purl = try? Purl(parsing: mutated) { #expect((try? Purl(parsing: purl.description)) == purl, "\(mutated)") }
            if let purl = try? Purl(normalizing: mutated) {
                #expect((try? Purl(normalizing: purl.description)) == purl, "\(mutated)")
            }
        }
    }
}

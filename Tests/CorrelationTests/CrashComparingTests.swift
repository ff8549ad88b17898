import Testing

@testable import Correlation

/// What two crashes say about two records.
@Suite struct `Two crashes` {
    private static func record(_ project: String, _ type: String, _ state: [String]) -> CorrelationRecord {
        var record = CorrelationRecord(id: project)
        record.crash = .init(project: project, type: type, state: state)
        return record
    }

    private static func signal(_ a: CorrelationRecord, _ b: CorrelationRecord) -> Signal? {
        var run = CorrelationRun(comparesIdentifiers: false)
        run.add(a)
        run.add(b)
        let said = run.index().explanation(0, 1).map(\.signal)
        return said.first { [.crashState, .similarCrash, .otherCrash].contains($0) }
    }

    @Test func `are one whatever hash a build of Rust gave their functions`() {
        let type = "Heap-buffer-overflow READ 4"
        let first = Self.record("kelp", type, ["kelp::decode::h89abcdef01234567", "kelp::open::h0011223344556677"])
        let second = Self.record("kelp", type, ["kelp::decode::hNUMBERabcdef", "kelp::open"])
        #expect(Self.signal(first, second) == .crashState)
    }

    @Test func `are one by type, state and project, similar in part, and others where their states differ`() {
        let (type, state) = ("Heap-buffer-overflow READ 4", ["expand", "decode", "open"])
        let first = Self.record("libtide", type, state)
        let cases: [(CorrelationRecord, Signal?, String)] = [
            (Self.record("libtide", type, state), .crashState, "the same"),
            (Self.record("https://git.example/tide/LibTide.git", type, state), .crashState, "the project by its repository"),
            (Self.record("libtide", "Heap-buffer-overflow READ 1", state), .similarCrash, "another size"),
            (Self.record("libtide", type, ["expand", "inflate", "open"]), .similarCrash, "two frames in their order"),
            (Self.record("libtide", type, ["open", "expand", "close"]), .otherCrash, "two frames in another order"),
            (Self.record("libtide", type, ["close", "decode", "open"]), .otherCrash, "another function of the same callers"),
            (Self.record("libtide", type, ["close"]), .otherCrash, "another state"),
            (Self.record("kelp", type, state), nil, "another project says nothing against"),
            (Self.record("libtide", "Use-after-free READ 4", state), nil, "another kind in the same place may be one bug or two")
        ]
        for (second, wanted, what) in cases {
            #expect(Self.signal(first, second) == wanted, "\(what)")
            #expect(Self.signal(second, first) == wanted, "\(what), the other way")
        }
    }

    @Test func `whose states name no function say nothing`() {
        let message = "called `Option::unwrap()` on a `None` value"
        let states = [
            ("ASSERT", [message]), ("ASSERT", ["ready"]), ("CHECK failure", ["size > 0 in fling.cc"]),
            ("Abrt", ["parse_fuzzer.cc"]),
            ("UNKNOWN READ", ["libtide.so", "/usr/bin/tide", "libkelp.so+0x12"]), ("ASSERT", [message, "lexer.rs"]), ("Abrt", [])
        ]
        for (type, state) in states {
            #expect(Self.signal(Self.record("libtide", type, state), Self.record("libtide", type, state)) == nil, "\(state)")
        }
        #expect(Self.signal(Self.record("libtide", "ASSERT", [message]), Self.record("libtide", "ASSERT", ["other"])) == nil)
        let named = [
            ["parser::lexer::next"], ["<parser::Token as core::fmt::Display>::fmt"], ["std::map<int, char*>::at(int const&)"],
            ["com.acme.B.c"], ["json.(*state).object"], ["bool operator ==<int>"], ["module!Function"], ["start_up"]
        ]
        for state in named {
            let (one, two) = (Self.record("p", "Abrt", state), Self.record("p", "ASSERT", [message] + state))
            #expect(Self.signal(one, one) == .crashState && Self.signal(two, two) == .crashState, "\(state)")
        }
    }

    @Test func `that are similar are found without another word in common`() {
        var run = CorrelationRun(comparesIdentifiers: false)
        run.add(Self.record("libtide", "Heap-buffer-overflow READ 4", ["expand", "decode", "open"]))
        run.add(Self.record("libtide", "Heap-buffer-overflow READ 4", ["expand", "inflate", "open"]))
        var candidates: [UInt32] = []
        run.index().forEachCandidate(of: 1) { other, _ in candidates.append(other) }
        #expect(candidates == [0])
    }

    @Test func `halves of two fingerprints make none`() {
        let all: [[UInt32]] = [[1, 2, 3, 4], [1, 4, 2, 3], [3, 4, 7, 8]]
        let views = all.map { tokens in
            var bag = TokenBag()
            bag[.fingerprint] = tokens
            return bag.features()
        }
        var index = CorrelationIndex(weights: .general)
        for features in views { _ = index.add(features) }
        #expect(!index.explanation(0, 1).contains { $0.signal == .fingerprint })
        #expect(index.explanation(0, 2).contains { $0.signal == .fingerprint })
    }
}

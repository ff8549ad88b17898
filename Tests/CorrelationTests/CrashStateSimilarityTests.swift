import Foundation
import TestSupport
import Testing

@testable import Correlation

struct `The similarity of crash states` {
    @Test(.enabled("SKIPPED: clusterfuzz-stacktraces is missing") { SharedSuite.has(ClusterFuzzTraces.folder) })
    func `is that of ClusterFuzz`() throws {
        let pairs = try SharedSuite.json(ClusterFuzzTraces.folder + "/crash-comparer-pairs.json") as? [[String: Any]] ?? []
        #expect(!pairs.isEmpty)
        for pair in pairs {
            let states = ["state1", "state2"].map { (pair[$0] as? String ?? "").split(separator: "\n").map(String.init) }
            #expect(CrashStateSimilarity.areSimilar(states[0], states[1]) == pair["similar"] as? Bool, "\(pair)")
        }
    }

    @Test func `needs two frames in one order, or lines that differ in little`() {
        let cases: [(first: [String], second: [String], areSimilar: Bool)] = [
            (["a1", "b2", "c3"], ["x9", "a1", "c3"], true), (["a1", "b2", "c3"], ["c3", "b2", "a1"], false),
            (["parse_header"], ["parse_headers"], true), (["parse_header"], ["write_footer"], false),
            ([], [], false), (["a1"], [], false), ([""], [""], true),
            (["FuzzerHash=12", "b2", "c3"], ["FuzzerHash=13", "b2", "c3"], false),
            (["i < size() (1 vs 2) in a.cc", "f"], ["i < size() (8 vs 7) in a.cc", "f"], true)
        ]
        for (first, second, areSimilar) in cases {
            #expect(CrashStateSimilarity.areSimilar(first, second) == areSimilar, "\(first), \(second)")
        }
    }

    @Test func `is the same in both directions and certain for equal states`() {
        var generator = SeededGenerator(seed: 7)
        for round in 0..<500 {
            let states = (0..<2).map { _ in
                (0..<Int.random(in: 1...3, using: &generator)).map { _ in
                    String(
                        (0..<Int.random(in: 0...6, using: &generator)).map { _ in "abc".randomElement(using: &generator) ?? "a" })
                }
            }
            let forth = CrashStateSimilarity.areSimilar(states[0], states[1])
            #expect(forth == CrashStateSimilarity.areSimilar(states[1], states[0]), "seed 7, round \(round): \(states)")
            #expect(CrashStateSimilarity.areSimilar(states[0], states[0]), "seed 7, round \(round): \(states)")
            #expect(CrashStateSimilarity.ratio(states[0][0], states[0][0]) == 1, "seed 7, round \(round)")
        }
    }
}

import Foundation
import TestSupport
import Testing

@testable import Correlation

/// Judges correlation by what databases say themselves is one vulnerability, with all their names hidden.
@Suite(.serialized, .enabled("SKIPPED: dedupe-groundtruth is missing") { SharedSuite.has(CorrelationGroundTruth.folder) })
struct `Records of several databases, their identifiers hidden,` {
    @Test func `are joined with 99.5 % precision and 80 % recall, on either half and for the suite's own groups`() throws {
        let truth = try CorrelationGroundTruth.load()
        let selection = try selection(of: truth)
        var run = CorrelationRun(comparesIdentifiers: false)
        for record in truth.records { run.add(record) }
        let index = run.index()
        let relations = index.relations()
        for half in [0, 1] {
            let curve = PrecisionCurve(relations, ids: run.ids, groups: truth.groups, half: half)
            let point = try #require(curve.point(at: 0.5))
            print(
                "half \(half): precision \(point.precision), recall \(point.recall) of \(curve.truePairCount), "
                    + "\(curve.unjudgedCount) proposals not judged")
            #expect(point.precision >= 0.995 && point.recall >= 0.80)
        }
        let point = try #require(PrecisionCurve(relations, ids: run.ids, groups: selection).point(at: 0.5))
        print("the suite's own groups among all records: precision \(point.precision), recall \(point.recall)")
        #expect(point.precision >= 0.995 && point.recall >= 0.80)
        expectClusters(of: index, run, truth)
    }

    /// The suite's own groups, which must be among those of all records, whole; records of no such group are not judged.
    private func selection(of truth: CorrelationGroundTruth) throws -> JudgedGroups {
        var selection = JudgedGroups()
        for (number, line) in try SharedSuite.lines(CorrelationGroundTruth.folder + "/alias-groups.jsonl").enumerated() {
            let group = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: [[String: String]]]
            let ids = group?["members"]?.compactMap { $0["id"] } ?? []
            #expect(
                ids.count > 1 && Set(ids.map { truth.groups.groups[$0] }).count == 1 && truth.groups.groups[ids[0]] != nil,
                "\(ids)")
            selection.addGroup(ids, number)
        }
        selection.leaveUnjudged(truth.records.map(\.id).filter { selection.groups[$0] == nil })
        return selection
    }

    /// Joined clusters must not be less precise than the pairs they are made of.
    private func expectClusters(of index: CorrelationIndex, _ run: CorrelationRun, _ truth: CorrelationGroundTruth) {
        var (right, wrong) = (0, 0)
        for cluster in VulnerabilityClusters(of: index).clusters {
            for (place, a) in cluster.enumerated() {
                for b in cluster[(place + 1)...] {
                    let (first, second) = (run.ids[Int(a)], run.ids[Int(b)])
                    guard truth.groups.half(of: first) == 1 || truth.groups.half(of: second) == 1 else { continue }
                    switch truth.groups.verdict(first, second) {
                    case true?: right += 1
                    case false?: wrong += 1
                    case nil: break
                    }
                }
            }
        }
        let precision = Double(right) / Double(right + wrong)
        let recall = Double(right) / Double(truth.groups.truePairCount(half: 1))
        print("clusters, half 1: precision \(precision), recall \(recall)")
        #expect(precision >= 0.995 && recall >= 0.80)
    }
}

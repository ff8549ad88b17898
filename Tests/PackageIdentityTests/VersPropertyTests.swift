import TestSupport
import Testing

@testable import PackageIdentity

/// On generated ranges with few versions, so that they touch, repeat and contradict each other.
@Suite struct `VERS properties` {
    static let seeds: [UInt64] = [1, 2, 3, 0x5EED, 20_261_127]
    private static let versions = ["0.9", "1.0", "1.0.0", "1.5-rc.1", "1.5", "2", "2.0.1", "3.0.0-a", "3", "10"]
    private static let between = versions + ["0", "0.9.1", "1.0.1-0", "1.5-rc.2", "1.6", "2.0.0-x", "2.1", "3.0.0-b", "4", "11"]

    private func constraints(_ random: inout SeededGenerator) -> [VersConstraint] {
        (0..<(1 + random.below(6))).map { _ in
            VersConstraint(random.pick(VersConstraint.Comparator.allCases), random.pick(Self.versions))
        }
    }

    private func text(_ constraints: [VersConstraint]) -> String {
        "vers:semver/"
            + constraints.map { ($0.comparator == .equal ? "" : $0.comparator.rawValue) + $0.version }.joined(separator: "|")
    }

    @Test(arguments: seeds)
    func `what is accepted as canonical prints as it was written, the rest says why`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var accepted = 0
        for _ in 0..<1_500 {
            let text = text(constraints(&random))
            let normalized = try VersRange(normalizing: text)
            if try VersRange(normalizing: normalized.description) != normalized { Issue.record("seed \(seed): \(text) moves") }
            guard let range = try? VersRange(parsing: text) else {
                // Refused is what has a finding, or is not sorted.
                if normalized.findings.isEmpty, normalized.description == text {
                    Issue.record("seed \(seed): \(text) was refused")
                }
                continue
            }
            accepted += 1
            if range.description != text || range != normalized { Issue.record("seed \(seed): \(text) is printed as \(range)") }
        }
        #expect(accepted > 150, "seed \(seed)")
    }

    /// The specification's two procedures, step by step, against the algebra.
    @Test(arguments: seeds)
    func `containment agrees with the specification's own steps`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<600 {
            let range = try VersRange(normalizing: text(constraints(&random)))
            let naive = try NaiveRange(range.constraints)
            let intervals = try #require(range.intervals)
            let simplified = range.simplified
            for version in Self.between {
                let key = try VersionKey(encoding: version, in: .semver)
                let expected = naive.contains(key)
                let halfOpen = intervals.contains { key.isWithin($0.start, to: $0.end) }
                let isSound =
                    range.containment(of: version) == (expected ? .contained : .notContained) && halfOpen == expected
                    && range.containment(of: key) == range.containment(of: version)
                    && intervals.contains { $0.contains(key) } == expected
                    && (simplified?.containment(of: key) == .contained) == expected
                if !isSound { Issue.record("seed \(seed): \(range) and \(version): expected \(expected), \(intervals)") }
            }
        }
    }

    @Test(arguments: seeds)
    func `the simplified form is canonical and stays as it is; intervals are sorted and apart`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<600 {
            let range = try VersRange(normalizing: text(constraints(&random)))
            guard let simplified = range.simplified else {
                #expect(range.intervals == [], "seed \(seed): \(range)")
                continue
            }
            let isCanonical =
                (try? VersRange(parsing: simplified.description)) == simplified && simplified.simplified == simplified
            if !isCanonical { Issue.record("seed \(seed): \(range) became \(simplified)") }
            let intervals = try #require(simplified.intervals)
            for (left, right) in zip(intervals, intervals.dropFirst()) {
                guard let end = left.end, end < right.start || left.upper == right.lower else {
                    Issue.record("seed \(seed): \(range): \(left) touches \(right)")
                    continue
                }
            }
        }
    }

    @Test(arguments: seeds)
    func `any text is a range or refused, and printing it again gives the same range`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let pieces = [
            "vers:", "npm/", "pypi/", "datetime/", "x/", ">=", "<=", "!=", "<", ">", "=", "|", "*", "1", "2.0", "-rc", "%", "%7C",
            "%25", "%3d",
            " ", "\t", "é", "\u{0}", "/", "T", "z", "~", "+", "latest"
        ]
        for _ in 0..<2_500 {
            let start = random.pick(["vers:npm/", "vers:pypi/", "vers:tomee/", "vers:lexicographic/", "vers:", ""])
            let text = start + (0..<random.below(14)).map { _ in random.pick(pieces) }.joined()
            if let range = try? VersRange(parsing: text), range.description != text { Issue.record("seed \(seed): \(text)") }
            guard let range = try? VersRange(normalizing: text) else { continue }
            _ = (range.findings, range.simplified, range.intervals, range.containment(of: random.pick(pieces)))
            if (try? VersRange(normalizing: range.description)) != range { Issue.record("seed \(seed): \(text) as \(range)") }
        }
    }

    /// Alternatives of comparators, evaluated one by one, against the range that they become.
    @Test(arguments: seeds)
    func `a native range contains what its own comparators say`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<600 {
            let alternatives = (0..<(1 + random.below(3))).map { _ in
                // A list of exact versions alone is an enumeration, and has a test of its own.
                (0..<(1 + random.below(3))).map { _ in
                    VersConstraint(
                        random.pick([.less, .lessOrEqual, .notEqual, .greaterOrEqual, .greater]), random.pick(Self.versions))
                }
            }
            let native = alternatives.map { $0.map { $0.comparator.rawValue + $0.version }.joined(separator: ", ") }
            let text = native.joined(separator: " || ")
            let range = try? VersRange(native: text, in: .gemnasium("semver"))
            for version in Self.between {
                let key = try VersionKey(encoding: version, in: .semver)
                let expected = try alternatives.contains { try $0.allSatisfy { try holds($0, key) } }
                let isSound = range?.containment(of: version) == (expected ? .contained : range == nil ? nil : .notContained)
                if !isSound { Issue.record("seed \(seed): \(text) as \(range?.description ?? "nothing") and \(version)") }
            }
        }
    }

    private func holds(_ constraint: VersConstraint, _ version: VersionKey) throws -> Bool {
        let bound = try VersionKey(encoding: constraint.version, in: .semver)
        switch constraint.comparator {
        case .less: return version < bound
        case .lessOrEqual: return version <= bound
        case .equal: return version == bound
        case .notEqual: return version != bound
        case .greaterOrEqual: return version >= bound
        case .greater: return version > bound
        }
    }

    @Test(arguments: seeds)
    func `any bytes in any native syntax are a canonical range or refused`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let pieces = [
            "1", "2.0", "1.2.3", "x", "*", "v", "-", "-rc1", "+b", "^", "~", "~>", "~=", "=", "==", "===", "!=", "<>", ">=", "<=",
            "<<", ">>", "<",
            ">", "||", "|", ",", " ", " - ", "and", "or", "[", "]", "(", ")", "@dev", "'", "!", ".", ".*", "all", "none", "pkg",
            "/", ";", "é",
            "\u{0}", "99999999999999999999999", "_p", ":", "1:"
        ]
        let types = [
            "alpm", "apk", "cargo", "composer", "conan", "deb", "gem", "gentoo", "golang", "hex", "maven", "nginx", "npm",
            "nuget", "openssl",
            "pypi", "rpm", "tomee"
        ]
        var accepted = 0
        for _ in 0..<6_000 {
            let text = (0..<random.below(9)).map { _ in random.pick(pieces) }.joined()
            let type = random.pick(types)
            let syntax = random.pick([NativeSyntax(type: type), .github(type), .gemnasium(type)])
            guard let syntax, let range = try? VersRange(native: text, in: syntax) else { continue }
            accepted += 1
            if (try? VersRange(parsing: range.description))?.constraints != range.constraints {
                Issue.record("seed \(seed): \(type) \(text) as \(range)")
            }
        }
        #expect(accepted > 300, "seed \(seed)")
    }
}

/// "Constraints simplification" and "Checking if a version is contained within a range", word by word on sorted lists.
private struct NaiveRange {
    private typealias Entry = (comparator: VersConstraint.Comparator, key: VersionKey)
    private var unequal: [Entry] = []
    private var rest: [Entry] = []
    private let all: [Entry]

    init(_ constraints: [VersConstraint]) throws {
        all = try constraints.map { ($0.comparator, try VersionKey(encoding: $0.version, in: .semver)) }
        for entry in all { if entry.comparator == .notEqual { unequal.append(entry) } else { rest.append(entry) } }
        var index = 0
        while index + 1 < rest.count {
            let (current, next) = (rest[index].comparator, rest[index + 1].comparator)
            if [.greater, .greaterOrEqual].contains(current), [.equal, .greater, .greaterOrEqual].contains(next) {
                rest.remove(at: index + 1)
            } else if [.equal, .less, .lessOrEqual].contains(current), [.less, .lessOrEqual].contains(next) {
                rest.remove(at: index)
                index = max(0, index - 1)
            } else {
                index += 1
            }
        }
    }

    func contains(_ version: VersionKey) -> Bool {
        if all.contains(where: { $0.key == version && [.equal, .lessOrEqual, .greaterOrEqual].contains($0.comparator) }) {
            return true
        }
        if unequal.contains(where: { $0.key == version }) { return false }
        if rest.isEmpty { return true }
        let bounds = rest.filter { $0.comparator != .equal }
        guard let first = bounds.first, let last = bounds.last else { return false }
        if first.comparator.isLess, version < first.key { return true }
        if last.comparator.isGreater, last.key < version { return true }
        return zip(bounds, bounds.dropFirst()).contains { current, next in
            current.comparator.isGreater && next.comparator.isLess && current.key < version && version < next.key
        }
    }
}

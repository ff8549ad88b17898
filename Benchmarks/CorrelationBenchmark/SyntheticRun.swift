import Correlation
import Foundation

/// Made-up findings, five of each vulnerability by different finders in different words, added one after another: what the
/// next finding costs as the set grows.
struct SyntheticRun {
    let count: Int
    private static let seed: UInt64 = 11
    /// Weights are counted on the first so many, as a running clearinghouse has them from what came before.
    private static let counted = 100_000
    private static let chunk = 1_000

    func run() {
        let make = SyntheticFindings(vulnerabilities: max(1, count / 5), seed: Self.seed)
        let extractor = FeatureExtractor()
        var statistics = TokenStatistics()
        for number in 0..<min(count, Self.counted) { statistics.add(extractor.features(of: make.finding(number))) }
        var index = CorrelationIndex(weights: statistics.weights(), expectedRecords: count)
        var (total, sinceLast, slowest, processor) = (0.0, 0.0, 0.0, 0.0)
        let step = max(Self.chunk, count / 10)
        var done = 0
        while done < count {
            let findings = (done..<min(count, done + Self.chunk)).map { make.finding($0) }
            let used = Self.processorTime()
            for finding in findings {
                let start = ContinuousClock.now
                _ = index.add(extractor.features(of: finding))
                let elapsed = (ContinuousClock.now - start) / .seconds(1)
                total += elapsed
                sinceLast += elapsed
                slowest = max(slowest, elapsed)
            }
            processor += Self.processorTime() - used
            done += findings.count
            guard done % step == 0 || done == count else { continue }
            print(
                """
                {"findings":\(done),"seconds":\(total),"cpu":\(processor),"perSecond":\(Double(done) / total),"lastPerSecond":\(Double(step) / sinceLast),\
                "slowestMilliseconds":\(slowest * 1_000),"comparisons":\(index.comparisonCount),"megabytes":\(Self.residentMegabytes())}
                """)
            sinceLast = 0
        }
        report(index)
    }

    /// Proposed duplicates against the vulnerabilities they were made from.
    private func report(_ index: CorrelationIndex) {
        let make = max(1, count / 5)
        var (right, wrong) = (0, 0)
        for relation in index.relations() where relation.kind == .duplicate {
            if Int(relation.first) % make == Int(relation.second) % make { right += 1 } else { wrong += 1 }
        }
        let truth = Double(make * 10)
        print(
            """
            {"duplicates":\(right + wrong),"precision":\(Double(right) / Double(max(1, right + wrong))),"recall":\(Double(right) / truth),\
            "peakMegabytes":\(Self.peakMegabytes())}
            """)
    }

    /// What this process has used: on a shared machine the wall tells what others do.
    private static func processorTime() -> Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
            + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6
    }

    private static func residentMegabytes() -> Int { megabytes("VmRSS:") }
    private static func peakMegabytes() -> Int { megabytes("VmHWM:") }

    private static func megabytes(_ field: String) -> Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix(field) }
        return (line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0) / 1_024
    }
}

/// Finding n is about vulnerability n modulo their number; its words are those of the vulnerability, some exchanged.
struct SyntheticFindings {
    let vulnerabilities: Int
    let seed: UInt64

    func finding(_ number: Int) -> CorrelationRecord {
        let vulnerability = number % vulnerabilities
        var base = Generator(state: seed &+ UInt64(vulnerability) &* 0x9E37_79B9)
        var own = Generator(state: seed ^ (UInt64(number) &* 0xD6E8_FEB8_6659_FD93))
        var record = CorrelationRecord(id: "F-\(number)")
        record.finder = "finder-\(number / vulnerabilities)"
        record.packages = [.init(scope: "npm", name: "package\(base.below(20_000))")]
        record.weaknesses = ["CWE-\(base.below(200) + 20)"]
        record.symbols = ["fn_\(base.below(5_000_000))"]
        record.fixedVersions = ["\(base.below(9)).\(base.below(30)).\(base.below(20) + 1)"]
        var words = (0..<45).map { _ in Self.word(&base) }
        for _ in 0..<3 { words[own.below(words.count)] = Self.word(&own) }
        record.text = words.joined(separator: " ") + " in fn_\(record.symbols[0].dropFirst(3))()"
        return record
    }

    /// Rank r of 60,000 words about as often as 1/r.
    private static func word(_ generator: inout Generator) -> String {
        let u = Double(generator.below(1 << 30) + 1) / Double(1 << 30)
        return "w\(Int(exp(u * 11)))"
    }

    struct Generator {
        var state: UInt64

        mutating func below(_ limit: Int) -> Int {
            state &+= 0x9E37_79B9_7F4A_7C15
            var word = state
            word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
            word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
            return Int((word ^ (word >> 31)) % UInt64(limit))
        }
    }
}

import TestSupport
import Testing

@testable import Correlation

/// Outputs are what a hostile program printed.
struct `Damaged traces` {
    @Test func `never break the reader, whatever was printed`() {
        let seed: UInt64 = 20
        var generator = SeededGenerator(seed: seed)
        let texts = CrashFixture.all.map { Array($0.text.utf8) }
        for round in 0..<600 {
            guard var text = texts.randomElement(using: &generator), let other = texts.randomElement(using: &generator) else {
                return
            }
            if Bool.random(using: &generator) {
                text =
                    text.prefix(.random(in: 0...text.count, using: &generator))
                    + other.suffix(.random(in: 0...other.count, using: &generator))
            }
            for _ in 0..<Int.random(in: 0...8, using: &generator) where !text.isEmpty { Self.damage(&text, &generator) }
            let settings = CrashSettings(countsExhaustion: .random(using: &generator), countsScriptErrors: true)
            let report = CrashReport(parsing: text, settings: settings)
            #expect(report.map { !$0.crashType.isEmpty && !$0.kind.isEmpty } ?? true, "seed \(seed), round \(round)")
            #expect(
                (report?.crashState ?? []).allSatisfy { $0.utf8.count <= 80 || $0.hasPrefix("Bad-cast") },
                "seed \(seed), round \(round)")
            #expect((report?.frames.count ?? 0) <= CrashReport.maximumFrameCount, "seed \(seed), round \(round)")
        }
    }

    private static func damage(_ text: inout [UInt8], _ generator: inout SeededGenerator) {
        let index = Int.random(in: 0..<text.count, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: text[index] = marks.randomElement(using: &generator) ?? 0
        case 1: text.remove(at: index)
        case 2: text.insert(marks.randomElement(using: &generator) ?? 0, at: index)
        default: text[index] = .random(in: 0...255, using: &generator)
        }
    }

    private static let marks = Array("()<>[]{}#/\\:+ .`'\"|\u{1B}\n\r\0x0".utf8)

    @Test func `are read whole wherever they are cut off`() {
        for fixture in CrashFixture.all {
            let bytes = Array(fixture.text.utf8)
            for length in stride(from: 0, through: bytes.count, by: 7) {
                _ = CrashReport(parsing: Array(bytes.prefix(length)), settings: fixture.settings)
            }
        }
    }

    @Test func `without an end are read in time that grows with their length`() {
        // Each would take hours if a rule looked back for every byte.
        let pieces = [
            "panic: ", "[", "a.c:1: assertion ", " in addr ", "0x", "Check failed: ", " on 0x", "(", "]", "::", " [0x1+",
            "runtime error: "
        ]
        for piece in pieces {
            let line = String(repeating: piece, count: 20_000 / piece.utf8.count)
            for prefix in [
                "", "#0 0x1 in ", "BUG: KASAN: ", "[1:FATAL:a.cc(1)] ", "==1==ERROR: AddressSanitizer: ", "# Fatal error in "
            ] {
                let clock = ContinuousClock()
                let time = clock.measure {
                    _ = CrashReport(parsing: Array("==1==ERROR: AddressSanitizer: ABRT (pc 0x1)\n\(prefix)\(line)\n".utf8))
                }
                #expect(time < .seconds(5), "\(prefix)\(piece)…: \(time)")
            }
        }
    }
}

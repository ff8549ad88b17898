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

    @Test func `with a heading that has no word for the crash are of the kind that their type says`() {
        let text =
            " 1==ERROR: AddressSanitizer> heap-buffer-overflow on address 0x602000000010 at pc 0x51\nREAD of size 4 at 0x6\n"
        let report = CrashReport(parsing: Array(text.utf8))
        #expect(report != nil && report?.kind.isEmpty == false, "\(report?.kind ?? "none")")
    }

    @Test func `without an end are read in time that grows with their length`() {
        // Each would take minutes if a rule looked back or ahead for every byte.
        for piece in Self.pieces {
            for prefix in Self.prefixes {
                let line = prefix + String(repeating: piece, count: 20_000 / piece.utf8.count) + " failed"
                let text = Array("==1==ERROR: AddressSanitizer: ABRT (pc 0x1)\n\(line)\n".utf8)
                let time = ContinuousClock().measure { _ = CrashReport(parsing: text) }
                #expect(time < .seconds(5), "\(prefix)\(piece)…: \(time)")
            }
        }
        let accesses = String(repeating: "READ of size 4 at 0x10\n", count: 4_000)
        let report = CrashReport(parsing: Array("==1==ERROR: AddressSanitizer: bad-word on address 0x1\n\(accesses)".utf8))
        #expect((report?.crashType.utf8.count ?? 0) < 1_000)
    }

    private static let pieces = [
        "panic: ", "[", "]", "a.c:1: assertion ", "x failed: ", " in addr ", "0x", "Check failed: ", " on 0x", "(", "::",
        " [0x1+",
        ": runtime error: ", " vs. ", "Sanitizer: ", ":", " "
    ]
    private static let prefixes = [
        "", "#0 0x1 in ", "BUG: KASAN: ", "[1:FATAL:a.cc(1)] Check failed: ", "==1==ERROR: AddressSanitizer: ",
        "# Fatal error in ", "F0101 12:34:56.7 1 a.cc", "  panic: "
    ]
}

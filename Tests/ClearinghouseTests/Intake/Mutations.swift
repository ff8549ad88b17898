import AdvisoryFormats
import Journal
import TestSupport
import Testing

@testable import Clearinghouse

/// Damaged documents: a reader refuses them or reads them; either way it comes back.
enum Mutations {
    static func check(_ sample: String, as format: FindingFormat, seed: UInt64 = .random(in: 0...UInt64.max)) {
        let bytes = Array(sample.utf8)
        for end in 0..<bytes.count { read(Array(bytes[..<end]), format) }
        print("mutations of \(format): seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<400 {
            var damaged = bytes
            for _ in 0...generator.below(4) { change(&damaged, &generator) }
            read(damaged, format)
        }
    }

    private static func read(_ bytes: [UInt8], _ format: FindingFormat) {
        do {
            let batch = try FindingReader.batch(in: bytes, as: format)
            #expect(batch.submissions.allSatisfy { !$0.report.title.isEmpty && $0.original.bytes == bytes })
        } catch {
            #expect(!error.reason.isEmpty && error.place != nil, "no place: \(error)")
        }
        _ = FindingFormat(guessing: bytes)
    }

    private static func change(_ bytes: inout [UInt8], _ generator: inout SeededGenerator) {
        guard !bytes.isEmpty else { return }
        let place = generator.below(bytes.count)
        switch generator.below(4) {
        case 0: bytes[place] = UInt8(truncatingIfNeeded: generator.next())
        case 1: bytes.remove(at: place)
        case 2: bytes.insert(bytes[generator.below(bytes.count)], at: place)
        default:
            let end = min(bytes.count, place + generator.below(40))
            bytes.insert(contentsOf: bytes[place..<end], at: generator.below(bytes.count))
        }
    }
}

import AdvisoryFormats
import TestSupport
import Testing

@Suite struct EPSSReaderTests {
    private static let feed = """
        #model_version:v2026.06.15,score_date:2026-09-29T12:00:22Z
        cve,epss,percentile
        CVE-2026-0001,0.5,0.9
        CVE-2026-2,0.5,0.9
        CVE-2026-0003,1.5,0.9
        CVE-2026-0004,0x1,nan
        CVE-2026-0005
        "CVE-2026-0006",1e-3,1\r

        CVE-2026-0007,0,0
        """

    private func read(_ text: String, chunk size: Int) -> (reader: EPSSReader, output: EPSSReader.Output) {
        var reader = EPSSReader()
        var output = EPSSReader.Output()
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: size) {
            let part = reader.consume(Array(bytes[start..<min(start + size, bytes.count)]))
            output.scores += part.scores
            output.faults += part.faults
        }
        let last = reader.finish()
        output.scores += last.scores
        output.faults += last.faults
        return (reader, output)
    }

    @Test func `reads the same from chunks of any size, and names every bad line`() {
        for size in [1, 2, 7, 64, 10_000] {
            let (reader, output) = read(Self.feed, chunk: size)
            #expect(reader.header.modelVersion == "v2026.06.15" && reader.header.scoreDate == "2026-09-29T12:00:22Z")
            #expect(output.scores.map(\.cve.text) == ["CVE-2026-0001", "CVE-2026-0006", "CVE-2026-0007"], "\(size)")
            #expect(output.scores.map(\.probability) == [0.5, 0.001, 0] && output.scores[0].percentile == 0.9)
            #expect(output.faults.map(\.line) == [4, 5, 6, 7], "\(size): \(output.faults)")
        }
    }

    @Test func `keeps no line that is too long`() {
        let (_, output) = read("cve,epss\n" + String(repeating: "x", count: 100_000) + "\nCVE-2026-0001,0.1\n", chunk: 1000)
        #expect(output.scores.count == 1 && output.scores[0].percentile == nil && output.faults.map(\.line) == [2])
    }

    @Test func `says that a feed has no header line`() {
        #expect(read("", chunk: 1).output.faults.count == 1)
        #expect(read("a,b\nc,d\n", chunk: 3).output.faults.map(\.line) == [1, 2, 2])
    }

    @Test(.enabled(if: SharedSuite.has("epss"), "the feed lies beside the project"))
    func `reads every line of the real feed`() throws {
        let (reader, output) = read(try SharedSuite.text("epss/epss_scores-sample.csv"), chunk: 100)
        #expect(output.faults.isEmpty && output.scores.count == reader.lineCount - 2 && output.scores.count == 49)
        #expect(reader.header.modelVersion == "v2026.06.15")
    }
}

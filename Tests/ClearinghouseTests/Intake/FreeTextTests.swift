import AdvisoryFormats
import JSONText
import Journal
import Testing

@testable import Clearinghouse

@Suite struct FreeTextTests {
    private static let mail = """
        From: =?utf-8?Q?Ad=C3=A8le?= <adele@lab.example>\r
        Subject: Re: =?utf-8?B?SGVhcCBvdmVyZmxvdyDigJM=?=\r
         =?utf-8?Q?_tide?=\r
        MIME-Version: 1.0\r
        Content-Type: multipart/mixed; boundary="b"\r
        \r
        --b\r
        Content-Type: text/plain; charset=utf-8\r
        Content-Transfer-Encoding: quoted-printable\r
        \r
        See https://github.com/example/tide/blob/main/a.c, CWE-122, na=C3=AFve. It is pkg:npm/tide@1=\r
        .2.\r
        Model: m-1\r
        Human reviewed: yes\r
        --b\r
        Content-Type: text/plain\r
        Content-Transfer-Encoding: base64\r
        \r
        RmlsZTogc3JjL2EuYzo0MgpGdW5jdGlvbjogcmVhZF9oZWFkZXIK\r
        --b\r
        Content-Type: image/png\r
        Content-Disposition: attachment\r
        \r
        x\r
        --b--\r
        """

    @Test func `a mail is read through its encodings, and what was found and what not is said`() throws {
        let batch = try FindingReader.batch(in: Array(Self.mail.utf8), as: .mail)
        let report = try #require(batch.submissions.first?.report)
        #expect(report.title == "Heap overflow – tide" && report.package == "pkg:npm/tide@1.2" && report.weakness == "CWE-122")
        #expect(report.repository == "https://github.com/example/tide" && report.detail.contains("naïve"))
        #expect(report.file == "src/a.c" && report.startLine == 42 && report.function == "read_header")
        #expect(report.provenance?["model"]?.string == "m-1" && report.provenance?["humanReviewed"]?.bool == true)
        #expect(report.doubts.count == 2 && report.doubts.last == "no crash trace was found in the text")
        #expect(batch.leftOut == ["/: a part of image/png is left out"])
        #expect(batch.submissions.first?.original.bytes == Array(Self.mail.utf8))
        #expect(FindingFormat(guessing: Array(Self.mail.utf8)) == .mail)
    }

    @Test func `a boundary that begins like another is another, and what has no readable header fields is told`() throws {
        let text = Self.mail.replacing("Model: m-1", with: "--bridge\r\nModel: m-1")
            .replacing("--b\r\nContent-Type: image/png", with: "--b\r\nno header\r\n\r\n--b\r\nContent-Type: image/png")
        let batch = try FindingReader.batch(in: Array(text.utf8), as: .mail)
        let report = try #require(batch.submissions.first?.report)
        #expect(report.detail.contains("--bridge") && report.provenance?["model"]?.string == "m-1")
        #expect(batch.leftOut.contains { $0.contains("1 parts are left out") }, "\(batch.leftOut)")
    }

    @Test func `the sender of a mail is credited`() throws {
        let report = try #require(try FindingReader.batch(in: Array(Self.mail.utf8), as: .mail).submissions.first?.report)
        #expect(report.credits == ["Adèle <adele@lab.example>"])
    }

    @Test(arguments: ["re:", " ", "\n ", "=?utf-8?Q?a?= "])
    func `a long subject takes time in proportion to its length`(part: String) throws {
        func seconds(_ count: Int) throws -> Double {
            let mail = Array("Subject: \(String(repeating: part, count: count))x\n\nIt crashes\n".utf8)
            let took = try (0..<3).map { _ in
                try ContinuousClock().measure { _ = try FindingReader.batch(in: mail, as: .mail) }
            }
            return (took.min() ?? .zero) / .seconds(1)
        }
        let (once, twice) = (try seconds(20_000), try seconds(40_000))
        #expect(twice < once * 3.2 + 0.1, "\(once) s and \(twice) s")
    }

    @Test(arguments: [
        ("src/a.c", "src/a.c", nil), ("src/a.c:42", "src/a.c", 42), ("src/a.c:42:7", "src/a.c", 42), ("C:", "C:", nil),
        ("C:/a.c:3", "C:/a.c", 3), ("a:0", "a:0", nil), ("a:+1", "a:+1", nil), (":1", ":1", nil), ("a:1:2:3", "a:1", 2)
    ])
    func `a place is a path, and a line where one stands`(text: String, file: String, line: Int?) {
        let location = FindingLocation(written: text)
        #expect(location.file == file && location.startLine == line)
    }

    @Test func `a text that names nothing is taken, nothing is guessed, and a person has to read it`() throws {
        let report = try #require(
            try FindingReader.batch(in: Array("# It crashes\nSometimes. See version 1.2 of example/tide.".utf8), as: .text)
                .submissions.first?.report
        )
        #expect(report.title == "It crashes")
        #expect([report.package, report.repository, report.weakness, report.file, report.function] == [nil, nil, nil, nil, nil])
        #expect(report.doubts.count == 7)
    }

    @Test func `a crash trace in the text gives file, function and line`() throws {
        let text = """
            tide crashes
            ==1==ERROR: AddressSanitizer: heap-buffer-overflow on address 0x602000000011 at pc 0x1 bp 0x2 sp 0x3
            READ of size 1 at 0x602000000011 thread T0
                #0 0x4f in read_header /src/tide/header.c:12:3
                #1 0x5f in main /src/tide/main.c:5:1
            SUMMARY: AddressSanitizer: heap-buffer-overflow /src/tide/header.c:12:3 in read_header
            """
        let report = try #require(try FindingReader.batch(in: Array(text.utf8), as: .text).submissions.first?.report)
        #expect(report.file == "/src/tide/header.c" && report.function == "read_header" && report.startLine == 12)
        #expect(!report.doubts.contains { $0.contains("crash") })
    }

    @Test func `refuses with the place what is no text, and what says nothing`() {
        for (bytes, format, place) in [
            (Array("ab\u{E9}".utf8.dropLast()), FindingFormat.text, "byte 3"), ([0x61, 0, 0x62], .text, "byte 1"),
            (Array(" \n".utf8), .text, "byte 0"), (Array("no header here".utf8), .mail, "byte 0")
        ] {
            let refusal = #expect(throws: Refusal.self) { try FindingReader.batch(in: bytes, as: format) }
            #expect(refusal?.code == .malformed && refusal?.place == place, "\(bytes): \(refusal as Any)")
        }
    }

    @Test func `a text is recorded, and its doubts are read back`() async throws {
        let house = try House()
        let lab = try await house.enrol("lab-a", as: .finder)
        let batch = try FindingReader.batch(in: Array("It crashes".utf8), as: .text)
        let receipt = try #require(try await house.discovery.submit(batch.submissions, by: lab).first).get()
        #expect(
            try await house.discovery.finding(receipt.finding, for: lab).report.doubts == batch.submissions.first?.report.doubts)
    }

    @Test func `every prefix and every mutation is refused or read`() { Mutations.check(Self.mail, as: .mail) }
}

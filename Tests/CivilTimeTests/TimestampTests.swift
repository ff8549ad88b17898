import CivilTime
import Testing

@Suite struct TimestampTests {
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0),
        ("2000-02-29T23:59:59.5Z", 951_868_799_500),
        ("2026-11-23T14:05:06+02:00", 1_795_435_506_000),
        ("1969-12-31T23:59:59.999Z", -1),
        ("2026-06-02t00:00:00.1239z", 1_780_358_400_123)
    ])
    func `reads an RFC 3339 moment`(text: String, milliseconds: Int64) {
        #expect(Timestamp(rfc3339: text)?.millisecondsSinceEpoch == milliseconds, "\(text)")
    }

    @Test(arguments: [
        "", "2026-11-23", "2026-11-23T14:05:06", "2026-02-29T00:00:00Z", "2026-11-23T24:00:00Z", "2026-11-23T23:59:60Z",
        "9999-12-31T23:59:59-01:00", "9999-12-31T00:01:00-23:59", "0000-01-01T00:00:00+00:01", "2026-11-23T14:05:06.Z",
        "2026-11-23T14:05:06Zx", "2026-11-23 14:05:06Z", "2026-13-01T00:00:00Z", "+026-11-23T00:00:00Z"
    ])
    func `refuses what is not one moment`(text: String) {
        #expect(Timestamp(rfc3339: text) == nil, "\(text)")
    }

    @Test func `prints what it reads, for every day of the years it can hold`() {
        for days in stride(from: Int64(-719_528), through: 2_932_896, by: 97) {
            let moment = Timestamp(millisecondsSinceEpoch: days * 86_400_000 + 3_723_004)
            #expect(Timestamp(rfc3339: moment.description) == moment, "\(moment)")
        }
    }

    @Test(arguments: [
        ("9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"), ("9999-12-31T22:59:59-01:00", "9999-12-31T23:59:59Z"),
        ("0000-01-01T00:00:00Z", "0000-01-01T00:00:00Z"), ("0000-01-01T01:00:00+01:00", "0000-01-01T00:00:00Z")
    ])
    func `prints the first and the last moment as it reads them`(text: String, printed: String) {
        let moment = Timestamp(rfc3339: text)
        #expect(moment?.description == printed)
        #expect(Timestamp(rfc3339: printed) == moment)
    }

    @Test func `knows the weekday`() {
        #expect(Timestamp(rfc3339: "2026-11-23T00:00:00Z")?.date.weekday == .monday)
        #expect(Timestamp(rfc3339: "1969-12-31T00:00:00Z")?.date.weekday == .wednesday)
        #expect(Timestamp(rfc3339: "2024-02-29T00:00:00Z")?.date.weekday == .thursday)
    }

    @Test func `advances by days and durations`() {
        let start = Timestamp(rfc3339: "2026-12-30T10:00:00Z")
        #expect(start?.advanced(byDays: 3).description == "2027-01-02T10:00:00Z")
        #expect(start?.advanced(by: .milliseconds(1_250)).description == "2026-12-30T10:00:01.250Z")
    }
}

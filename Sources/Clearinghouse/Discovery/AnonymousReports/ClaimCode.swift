import Sealing

/// What an anonymous reporter keeps instead of a token: whoever has it is the reporter.
///
/// Shown once; the clearinghouse keeps the SHA-256 of the secret and can't show it again.
package struct ClaimCode: Sendable {
    package let report: String
    package let text: String
    let secretDigest: Digest

    /// A code for a report that is about to be made, of 192 unpredictable bits.
    init(for report: String, random: (Int) -> [UInt8]) {
        self.init(report: report, secret: Hexadecimal.encode(random(24)))
    }

    /// - Throws: `notFound` for what is not written like one: what is no code leads to no report.
    package init(_ text: String) throws(Refusal) {
        let parts = text.split(separator: "_", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, parts[0] == "bwr", !parts[1].isEmpty, !parts[2].isEmpty else { throw ClaimCode.unknown }
        self.init(report: parts[1], secret: parts[2])
    }

    private init(report: String, secret: String) {
        self.report = report
        text = "bwr_\(report)_\(secret)"
        secretDigest = Digest(hashing: secret)
    }

    /// Says not whether the report never was, was withdrawn, or has another code.
    static var unknown: Refusal { Refusal(.notFound, "no report has this claim code", place: "claim code") }
}

/// Limits of anonymous reports, each with its reason.
package enum AnonymousReportLimits {
    /// Reports in an hour, of everybody together: nobody is known who could have a share of its own. What a desk can read in a day
    /// arrives in a few hours then, and not in a minute.
    package static let maximumCountPerHour: Int64 = 60
    /// Withdrawals by claim code in an hour, of everybody together: a few records each, and few reports are taken back.
    package static let maximumWithdrawalCountPerHour: Int64 = 30
    /// How long at least passes between two destructions of keys, with each of which every table is derived anew.
    package static let forgettingInterval: Duration = .seconds(86_400)
    /// One report: a long text. A finding of a member may be longer, because somebody answers for it.
    package static let maximumByteCount = 65_536
    /// One message.
    package static let maximumMessageByteCount = 16_384
    /// Messages of the reporter to one report. The clearinghouse's own answers don't count.
    package static let maximumMessageCount: Int64 = 100
}

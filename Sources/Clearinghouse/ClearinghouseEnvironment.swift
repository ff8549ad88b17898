package import CivilTime
package import Sealing

/// What the use cases are given from outside.
package struct ClearinghouseEnvironment: Sendable {
    package let now: @Sendable () -> Timestamp
    /// This many unpredictable bytes.
    package let random: @Sendable (Int) -> [UInt8]
    /// Keys the identifiers derived from what members hand in, so that nobody outside can compute them.
    package let identifierSecret: [UInt8]
    /// Signs verdicts and advisories.
    package let signingKey: SigningKey
    /// The name of this clearinghouse: the log's origin and the publisher of its advisories.
    package let origin: String

    package init(
        now: @escaping @Sendable () -> Timestamp, random: @escaping @Sendable (Int) -> [UInt8], identifierSecret: [UInt8],
        signingKey: SigningKey, origin: String
    ) {
        self.now = now
        self.random = random
        self.identifierSecret = identifierSecret
        self.signingKey = signingKey
        self.origin = origin
    }
}

extension ClearinghouseEnvironment {
    /// What every server of one clearinghouse must have in common, as values that may be seen: with another identifier secret a
    /// repeated submission would not find its first answer, and with another signing key nobody could verify the verdicts.
    package var agreements: [(name: String, value: String)] {
        [
            ("signing key", Hexadecimal.encode(signingKey.verificationKey.bytes)),
            ("identifier secret", keyedDigest(key: identifierSecret, message: Array("this journal's identifiers".utf8)).hex)
        ]
    }
}

/// What is different between the recorded answers of osv.dev and the corpus, name by name, with the reason.
enum KnownAnswers {
    /// Expected, and not called affected by what the corpus says of the package.
    static let undecided: [String: String] = [
        "PyPI django 1.11.29 GHSA-8x94-hmjh-97hq": "GitHub has an earlier beginning than PyPA's PYSEC-2022-245 in the corpus",
        "PyPI django 2.2.24 GHSA-8x94-hmjh-97hq": "GitHub has an earlier beginning than PyPA's PYSEC-2022-245 in the corpus",
        "RubyGems nokogiri 1.18.2 GHSA-8678-w3jw-xfc2": "RubySec limits it to JRuby, which the question does not say: unknown"
    ]

    /// Found and not recorded, although not published after the recording by date or number.
    static let explained: [String: String] = [
        "Go stdlib 1.18.1 GO-2026-5026": numberReserved,
        "Go stdlib 1.19 GO-2026-5026": numberReserved,
        "Go stdlib 1.22.4 GO-2026-5026": numberReserved,
        "Go stdlib 1.24.4 GO-2026-5026": numberReserved,
        "Go stdlib 1.26.0 GO-2026-5026": numberReserved,
        "PyPI urllib3 1.24.3 PYSEC-2021-108": "the corpus has PyPA's record of 2024; the answer of 2026 has no name of it",
        "RubyGems nokogiri 1.18.2 rubysec:gems/nokogiri/GHSA-g9g8-vgvw-g3vf":
            "of the same day as the last ones of the answer, which has them from GitHub",
        "npm cryo 0.0.6 nodejs-security-wg:npm/461": "recorded as GHSA-38f5-ghc2-fcmv, a name that the working group's file lacks"
    ]

    /// Numbers of Go's database are given out before an advisory is published: the answers hold later ones.
    private static let numberReserved = "published after the recording, under a number that was given out before"

    /// Expected, and known to the corpus for other packages only.
    static let elsewhere: [String: String] = Dictionary(
        uniqueKeysWithValues: ofOpenSSL.map {
            (
                "GIT github.com/openssl/openssl openssl-3.0.4 CVE-\($0)",
                "the corpus has it for openssl-src of crates.io and Bitnami's"
            )
        }
    ).merging([
        "Maven com.google.protobuf:protobuf-java 3.21.12 GHSA-735f-pc8j-v9w8":
            "the corpus has it for protobuf of crates.io (RUSTSEC-2024-0437); it holds no advisories of Maven"
    ]) { first, _ in first }

    private static let ofOpenSSL = [
        "2022-2097", "2022-2274", "2022-3358", "2022-3602", "2022-3786", "2022-4203", "2022-4304", "2022-4450", "2023-0215",
        "2023-0216", "2023-0217", "2023-0286", "2023-0401"
    ]
}

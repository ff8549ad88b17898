import PackageIdentity

/// A line of the fixtures that no order can keep together with others of the same scheme, and what holds here instead.
struct VersionOrderDeviation {
    let scheme: VersionScheme
    /// The line as it stands in the fixture.
    let line: String
    /// What the keys say.
    let relation: String

    /// The reasons stand at the schemes.
    ///
    /// - Maven: a release candidate with a dot would be above a version that continues its release with a hyphen, which is
    ///   above the release, which is above the candidate (`1.0.0` < `1.0.0-gradle…` < `1.0.0.RC7-3` < `1.0.0`). Maven 3.8.7 itself says
    ///   the opposite of 16 lines of the fixtures and of 4 comparisons of univers: of these three, and of 13 lines in which a
    ///   qualifier behind a dot meets one behind a hyphen or an empty one, and which are kept. `.qualifier` = `-qualifier` for those that
    ///   come before their release would agree with Maven on 3 of the 13, and break a fourth line, on which Maven agrees.
    /// - Packagist: `#` would equal a further number, and nothing, which is below that number (`1.2.3` < `1.2.3.1`).
    static let all = [
        VersionOrderDeviation(scheme: .maven, line: "1.0.0-gradle-rework-beta3 < 1.0.0.RC7-3", relation: ">"),
        VersionOrderDeviation(scheme: .maven, line: "2.9.0-1 < 2.9.0.RC1", relation: ">"),
        VersionOrderDeviation(scheme: .maven, line: "1.1.0-01-glassfish < 1.1.0.Beta1", relation: ">"),
        VersionOrderDeviation(scheme: .composer, line: "1.2.3.# = 1.2.3.1", relation: "<")
    ]
}

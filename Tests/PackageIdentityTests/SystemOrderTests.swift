import PackageIdentity
import Testing

/// The orders that no suite has pairs of, by what their sources say.
@Suite struct `Orders of systems` {
    /// Each line is versions in rising order; `=` joins equal ones.
    private func check(_ scheme: VersionScheme, _ lines: [String], sourceLocation: SourceLocation = #_sourceLocation) throws {
        for line in lines {
            let groups = try line.split(separator: " < ").map { group in
                try group.split(separator: " = ").map { (version: $0, key: try VersionKey(encoding: String($0), in: scheme)) }
            }
            for group in groups {
                for (version, key) in group.dropFirst() {
                    #expect(key == group[0].key, "\(scheme): \(group[0].version) = \(version)", sourceLocation: sourceLocation)
                }
            }
            for (left, right) in zip(groups, groups.dropFirst()) {
                #expect(
                    left[0].key < right[0].key, "\(scheme): \(left[0].version) < \(right[0].version)",
                    sourceLocation: sourceLocation)
            }
        }
    }

    @Test func `FreeBSD's is that of pkg`() throws {
        try check(
            .freebsd,
            [
                "10.a < 10 = 10.0 = 10.0.0 = 10_0 = 10,0 < 10_1 < 10.1 < 10a < 10b", "a < 0", "10alpha = 10.a < 10 < 10a",
                "pl11 < alpha3 < 0.1beta2 = 0.1.b2 < 0.1", "1.d2 = 1.dev2 = 1.Development2",
                "2.* < 2pl1 < 2alpha3 < 2 < 2.9f7 < 3.*",
                "10a1b2 = 10a1.b2", "10..1 = 10.1", "1.0.1:2003.09.16 < 1.0:2003.09.16 = 1.0.2003.09.16",
                "1.2.3 < 1.2.3_1 < 1.2.4 < 1.0,1 < 1.0_1,1 < 0.9,2", "1.0 = 1.0+0 < 1.0+1 < 1.0+2 < 1.0.1", "1.0+a < 1.0",
                "1.0.rc1 = 1.0rc1 < 1.0snap1 < 1.0 < 1.0p1 < 1.0s", "1.0.b1 < 1.0.p1 = 1.0pre1 < 1.0.r1 = 1.0.RC1",
                "14.3-BETA2 < 14.3-RC1 < 14.3-RELEASE = 14.3 < 14.3-RELEASE-p1 = 14.3_1 < 14.3-RELEASE-p10 < 14.4-RELEASE"
            ])
    }

    @Test func `Linux's has candidates before releases, and builds after them`() throws {
        try check(
            .linux,
            [
                "2.6.0-test11 < 2.6.0 < 2.6.32.9 < 2.6.39",
                "5.9 < 5.10-rc1 < 5.10-rc1-mm1 < 5.10-rc2 < 5.10-rc10 < v5.10 = 5.10.0 < 5.10.1",
                "2.4.10-pre1 < 2.4.10", "5.15 < 5.15.0-9-generic < 5.15.0-91-generic < 5.15.1", "6.6 < 6.6+ds < 6.6.1",
                "4.19.99 < 4.19.316"
            ])
    }

    @Test func `Android's goes by branches and then by patch levels`() throws {
        try check(
            .android,
            [
                ":0 < :2023-06-01 = 2023-06-01 < :2023-06-05 < 8.1.0:0 = 8.1 < 10:2023-06-01 < 11:0 < 12 = 12:0 < 12:2023-06-01",
                "12:2099-01-01 < 12L = 12L:0 < 12L:2023-06-01 < 12L:2023-06-05 < 12L:2023-10-01 < 13:0 < 16:2026-06-01 < 16-qpr2:0 < SoCVersion:0",
                "SoCVersion:0 < SoCVersion:2023-06-05"
            ])
    }

    @Test func `Perl's has decimals and dotted versions`() throws {
        try check(
            .perl,
            [
                "1.002003 = v1.2.3 = 1.2.3 = 1.2.3.0", "1.5 = v1.500 = 1.50 = 1.500000", "v1.5 < v1.10 < 1.1 = v1.100",
                "0.99 < 1.00_01 < 1.01",
                "1.02_03 = 1.0203", "v1.2_3 = v1.23", ".5 = 0.5", "1. = 1 = v1", "1.001-TRIAL < 1.001 < 1.002-TRIAL",
                "5.005_03 < v5.6.0"
            ])
        #expect(VersionScheme(versType: "cpan") == .perl)
        let range = try VersRange(parsing: "vers:cpan/>=1.5|<v2.0.0")
        #expect(range.containment(of: "1.500001") == .contained && range.containment(of: "1.10") == .notContained)
    }

    @Test func `Root's without an origin is SemVer's, and then the number of the rebuild`() throws {
        try check(
            Ecosystem("Root").versionScheme, ["1.2.3-rc1 < 1.2.3 < 1.2.3+root.io.1 = 1.2.3.root.io.1 < 1.2.3+root.io.2 < 1.2.4"])
    }
}

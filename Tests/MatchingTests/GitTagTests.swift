import Testing

@testable import Matching

@Suite struct `Git tag` {
    @Test func `names a version in one spelling, however the project writes it`() {
        let cases = [
            ("v1.2.3", "github.com/a/b", "1.2.3"), ("1.2.3", "github.com/a/b", "1.2.3"),
            ("openssl-3.0.4", "github.com/openssl/openssl", "3.0.4"), ("OpenSSL_1_1_1w", "github.com/openssl/openssl", "1.1.1w"),
            ("libssh2-1.11.1", "github.com/libssh2/libssh2", "1.11.1"), ("libssh2", "github.com/libssh2/libssh2", "2"),
            ("release-2-0-rc1", "github.com/a/b", "2.0-rc1"), ("Nightly", "github.com/a/b", "nightly"), ("", "", ""),
            ("FB085e6b351350816a6ad6e2f1a88e519b093382", "github.com/a/b", "fb085e6b351350816a6ad6e2f1a88e519b093382")
        ]
        for (tag, repository, version) in cases {
            #expect(GitTag.normalized(tag, ofRepository: repository) == version, "\(tag)")
        }
    }

    @Test(arguments: [("1.2.3", true), ("2022a", true), ("main", false), ("stable", false), ("4.x", false), ("", false)])
    func `is a version's, where it is not a branch's`(name: String, isVersion: Bool) {
        #expect(GitTag.namesVersion(Array(name.utf8)) == isVersion)
    }
}

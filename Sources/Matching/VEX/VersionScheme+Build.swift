import PackageIdentity

extension VersionScheme {
    /// Whether two versions are equal in this order and yet different builds: `1.2.3` and `1.2.3+patched.1` in SemVer, NuGet and
    /// whatever else gives build metadata no precedence (https://semver.org/spec/v2.0.0.html#spec-item-10).
    ///
    /// For an advisory builds are equal; a statement may be about the very thing in which they differ. Where the order
    /// judges what follows the `+` (PEP 440, dpkg, rpm), it has decided.
    func ignoresDifference(of one: String, from other: String) -> Bool {
        let (ends, others) = (one.firstIndex(of: "+"), other.firstIndex(of: "+"))
        guard ends != nil || others != nil, ends.map({ one[$0...] }) != others.map({ other[$0...] }) else { return false }
        guard (try? compare(one, other)) == .equal else { return false }
        func isIgnored(_ text: String, from end: String.Index?) -> Bool {
            end.map { (try? compare(text, String(text[..<$0]))) == .equal } ?? false
        }
        return isIgnored(one, from: ends) || isIgnored(other, from: others)
    }
}

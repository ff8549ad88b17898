/// Rules on identifiers: the prefixes of `$defs/prefix`, and commit hashes in GIT ranges.
enum OSVIdentifier {
    /// What an `id` begins with, as listed in the schema (https://ossf.github.io/osv-schema/#id-modified-fields).
    private static let prefixes: [StaticString] = [
        "x_", "ASB-A-", "PUB-A-", "ALPINE-", "ALSA-", "ALBA-", "ALEA-", "AZL-", "BELL-", "BIT-", "CGA-", "CLEANSTART-",
        "CLSA-", "CURL-", "CVE-", "DEBIAN-", "DHI-", "DRUPAL-", "DSA-", "DLA-", "ELA-", "DTSA-", "ECHO-", "EEF-",
        "FreeBSD-", "GHSA-", "GO-", "GSD-", "HSEC-", "JLSEC-", "KUBE-", "LBSEC-", "LSN-", "MAL-", "MINI-", "MGASA-",
        "OESA-", "OSEC-", "OSV-", "openSUSE-SU-", "PHSA-", "PSF-", "PYSEC-", "RHBA-", "RHEA-", "RHSA-", "RLSA-", "RXSA-",
        "RSEC-", "ROOT-", "RUSTSEC-", "SUSE-SU-", "SUSE-RU-", "SUSE-FU-", "SUSE-OU-", "UBUNTU-", "USN-", "V8-"
    ]

    /// Whether the text begins with a prefix; nothing is asked of what follows.
    static func hasKnownPrefix(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        for prefix in prefixes where text.starts(withText: prefix) { return true }
        return false
    }

    /// `^(0|[a-f0-9]{40}|[a-f0-9]{64})$`: before the first commit, or a full SHA-1 or SHA-256 hash.
    static func isCommitOrZero(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        if text.count == 1 { return text[0] == UInt8(ascii: "0") }
        guard text.count == 40 || text.count == 64 else { return false }
        for byte in text where !(byte &- 0x30 <= 9 || byte &- UInt8(ascii: "a") < 6) { return false }
        return true
    }
}

/// The ecosystems of `$defs/ecosystemWithSuffix`.
enum OSVEcosystemName {
    private static let names: [StaticString] = [
        "AlmaLinux", "Alpaquita", "Alpine", "Android", "Azure Linux", "BellSoft Hardened Containers", "Bioconductor",
        "Bitnami", "Chainguard", "CleanStart", "ConanCenter", "CRAN", "crates.io", "Debian", "Docker Hardened Images",
        "Echo", "FreeBSD", "GHC", "GitHub Actions", "Go", "Hackage", "Hex", "Julia", "Kubernetes", "Linux", "Mageia",
        "Maven", "MinimOS", "npm", "NuGet", "opam", "openEuler", "openSUSE", "OSS-Fuzz", "Packagist", "Photon OS", "Pub",
        "PyPI", "Red Hat", "Rocky Linux", "Root", "RubyGems", "SUSE", "SwiftURL", "TuxCare", "Ubuntu", "VSCode", "Wolfi",
        "GIT"
    ]

    /// Whether the text is a defined ecosystem, alone or with a suffix: `(:.+)?`, on one line.
    static func isDefined(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let end = text.firstIndex(of: UInt8(ascii: ":")) ?? text.count
        let name = UnsafeBufferPointer(rebasing: text[..<end])
        guard names.contains(where: { name.count == $0.utf8CodeUnitCount && name.starts(withText: $0) }) else {
            return false
        }
        if end == text.count { return true }
        return end + 1 < text.count && isOneLine(UnsafeBufferPointer(rebasing: text[(end + 1)...]))
    }

    /// The dot of an ECMA-262 pattern matches all but the four line terminators: LF, CR, U+2028 and U+2029.
    private static func isOneLine(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        for index in text.indices {
            let byte = text[index]
            if byte == 0x0A || byte == 0x0D { return false }
            if byte == 0xE2, index + 2 < text.count, text[index + 1] == 0x80, text[index + 2] & 0xFE == 0xA8 {
                return false
            }
        }
        return true
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Whether the bytes begin with the text.
    @inline(__always)
    func starts(withText text: StaticString) -> Bool {
        let length = text.utf8CodeUnitCount
        guard count >= length else { return false }
        for index in 0..<length where self[index] != text.utf8Start[index] { return false }
        return true
    }

    /// Whether the bytes are the text.
    @inline(__always)
    func equals(_ text: StaticString) -> Bool { count == text.utf8CodeUnitCount && starts(withText: text) }
}

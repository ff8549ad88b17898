/// The name of a tool's fingerprint, taken apart: SARIF 2.1.0 writes it as a versioned hierarchical string (3.5.4.2), whose last part
/// is `v` and a number.
///
/// Values of several versions may stand beside each other while a tool changes from one to the next; two results are compared by the
/// newest version that both have (3.27.17), because an older one is known to tell less.
struct FingerprintScheme {
    let name: String
    /// Nil where the name has none.
    let version: Int?

    init(_ text: String) {
        let last = text.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
        guard last.utf8.first == UInt8(ascii: "v"), last.utf8.count < text.utf8.count,
            last.utf8.dropFirst().allSatisfy({ (0x30...0x39).contains($0) }), let version = Int(last.dropFirst())
        else {
            (name, self.version) = (text, nil)
            return
        }
        (name, self.version) = (String(text.dropLast(last.count + 1)), version)
    }

    /// Each name with the versions above it, oldest first; of a scheme no more than `mostVersions` are looked at.
    static func newerVersions(among names: [String]) -> [String: [Int]] {
        var versions: [String: Set<Int>] = [:]
        let schemes = names.map { ($0, FingerprintScheme($0)) }
        for (_, scheme) in schemes { if let version = scheme.version { versions[scheme.name, default: []].insert(version) } }
        let newest = versions.mapValues { $0.sorted().suffix(mostVersions) }
        return Dictionary(
            schemes.map { name, scheme in
                (name, scheme.version.map { own in (newest[scheme.name] ?? []).filter { $0 > own } } ?? [])
            }
        ) { first, _ in first }
    }

    /// A tool has one version, and two while it changes; each pair of them is a row of the journal's table.
    private static let mostVersions = 4
}

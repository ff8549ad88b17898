import AdvisoryFormats
import PackageIdentity

/// The releases in which a document says something of packages, by their names.
struct CSAFReleases {
    /// Releases of one package beyond which none is looked at. Real documents have some dozens.
    private static let maximumReleases = 256

    private var releases: [String: Set<Ecosystem>] = [:]

    init(_ packages: [AffectedPackage]) {
        for package in packages { releases[package.name, default: []].insert(package.ecosystem) }
    }

    /// Whether one of them is the package's release, or can't be told from it.
    func mayHold(_ package: AffectedPackage) -> Bool {
        let named = releases[package.name] ?? []
        return named.count > Self.maximumReleases
            || named.contains {
                $0.coverage(of: package.ecosystem) != .different || package.ecosystem.coverage(of: $0) != .different
            }
    }
}

/// The words of the fixes that a vendor offers, by product.
struct CSAFFixes {
    /// Fixes of one product beyond which none is looked at: they only name the version that an end of a range is. Real
    /// documents have a few.
    private static let maximumFixes = 64

    private var words: [Set<Substring>] = []
    /// The places in `words`.
    private var fixes: [String: [Int]] = [:]
    private var offered: Set<String> = []

    init(_ vulnerability: CSAFVulnerability) {
        for remedy in vulnerability.remediations where remedy.category == "vendor_fix" {
            offered.formUnion(remedy.products)
            guard let text = remedy.details else { continue }
            for id in remedy.products where fixes[id, default: []].count < Self.maximumFixes {
                fixes[id, default: []].append(words.count)
            }
            words.append(Self.words(of: text))
        }
    }

    /// Without the letter that many put before a version, too.
    private static func words(of text: String) -> Set<Substring> {
        let words = text.split { $0 == " " || $0 == "," || $0 == "\n" || $0 == "(" || $0 == ")" || $0 == ";" }
            .map { $0.hasSuffix(".") ? $0.dropLast() : $0 }
        return Set(words + words.filter { $0.first == "v" || $0.first == "V" }.map { $0.dropFirst() })
    }

    /// Whether the vendor offers a fix of the product.
    func isOffered(for product: String) -> Bool { offered.contains(product) }

    /// Whether a fix of the product names this version.
    func name(_ version: String, for product: String) -> Bool {
        (fixes[product] ?? []).contains { words[$0].contains(version[...]) }
    }
}

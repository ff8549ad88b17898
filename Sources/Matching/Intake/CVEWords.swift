import AdvisoryFormats

/// Vendors and products as CVE records write them: free text, without what differs between publishers.
enum CVEWords {
    /// Lowercase, with one `_` between words: `Confluence Data Center` is `confluence_data_center`.
    static func folded(_ text: String?) -> String {
        (text ?? "").lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: "_")
    }

    /// Whether folded words name nothing: there are none, or they are the placeholder `n/a`.
    static func sayNothing(_ folded: String) -> Bool { folded.isEmpty || folded == "n_a" }

    /// A product's name without what differs between publishers, as a whole and without its vendor in front; none where it says
    /// nothing (`n/a`).
    static func spellings(of product: String?, by vendor: String?) -> Set<String> {
        let (product, vendor) = (folded(product), folded(vendor))
        if sayNothing(product) { return [] }
        let isPrefixed = !vendor.isEmpty && product.hasPrefix(vendor + "_")
        return isPrefixed ? [product, String(product.dropFirst(vendor.utf8.count + 1))] : [product]
    }

    /// The names in words of a vendor's product, as `ProductWords` has them; none where one of the two names nothing.
    static func names(of product: String?, by vendor: String?) -> Set<String> {
        let folded = folded(vendor)
        if sayNothing(folded) { return [] }
        return Set(spellings(of: product, by: vendor).map { ProductWords.name(vendor: folded, product: $0) })
    }
}

/// A vendor as a publisher spells it.
struct CVEVendor: Hashable {
    private let words: String

    init(_ text: String?) { words = CVEWords.folded(text) }

    /// Whether two spellings may be of one vendor: one begins with the words of the other (`Maker Inc.`), they differ in the spaces
    /// (`Red Hat`), or one of them names nobody.
    func mayBe(_ other: CVEVendor) -> Bool {
        if CVEWords.sayNothing(words) || CVEWords.sayNothing(other.words) { return true }
        if words.hasPrefix(other.words + "_") || other.words.hasPrefix(words + "_") { return true }
        return words.filter { $0 != "_" } == other.words.filter { $0 != "_" }
    }
}

extension CVEProduct {
    /// The CPE names of what the block is about: not those of a platform, whose package is named beside them.
    var cpesOfProduct: [String] { packageName != nil && isOfRedHat ? [] : cpes }

    private var isOfRedHat: Bool { collectionURL.map(CVECollection.isRedHat) ?? false }

    /// The module with its stream that Red Hat writes before a package: `nodejs:18` of `nodejs:18/nodejs`.
    var module: String? {
        guard isOfRedHat, let parts = packageName?.split(separator: "/"), parts.count == 2, parts[0].contains(":") else {
            return nil
        }
        return String(parts[0])
    }

    /// The package's name in the collection, as inventories have it.
    var nameInCollection: String? {
        module == nil ? packageName : packageName?.split(separator: "/").last.map { String($0) }
    }

    /// Whether the versions are those of a package that is another thing than the product, which it may be a part of.
    var isAboutPart: Bool { packageName.map { CVEWords.folded($0) != CVEWords.folded(product) } ?? false }

    /// Whether no bound of an entry of type `semver` has more numbers than SemVer has.
    var hasThreeNumbers: Bool {
        versions.allSatisfy { entry in
            let bounds = [entry.version, entry.lessThan ?? "", entry.lessThanOrEqual ?? ""] + entry.changes.map(\.at)
            return entry.versionType != "semver"
                || bounds.allSatisfy { bound in bound.prefix { $0 != "-" && $0 != "+" }.count { $0 == "." } <= 2 }
        }
    }

    /// Whether a block leaves to others which versions of its product are affected.
    var saysNothingOfVersions: Bool { versions.isEmpty && (defaultStatus ?? .unknown) == .unknown }
}

import AdvisoryFormats

/// Products of a document that are narrower than the vendor and name by which they are known in words, so that an inventory's
/// product of that name may be another one.
struct CSAFVariants {
    /// Categories of branches (CSAF 2.0, 3.1.2.2) that leave nothing of a product out, or what versions leave out.
    private static let wideCategories: Set<String> = [
        "product_family", "product_name", "product_version", "product_version_range", "vendor"
    ]

    private var models: [String: Set<String>] = [:]
    /// Names of several products that have different model numbers. Most documents that give model numbers give all of a product.
    private var varied: Set<String> = []

    init(_ products: [CSAFProduct]) {
        for product in products {
            for name in product.namesInWords
            where models.updateValue(product.models, forKey: name).map({ $0 != product.models }) ?? false {
                varied.insert(name)
            }
        }
    }

    /// Why not every product of its vendor and name is meant, or nil where each is.
    func doubt(of product: CSAFProduct) -> String? {
        if let branch = product.branches.first(where: { !Self.wideCategories.contains($0.category) }) {
            return "The document is about \(branch.category) '\(branch.name)' of the product, and the inventory does not say it."
        }
        if !product.serialNumbers.isEmpty { return "The document is about some serial numbers of the product." }
        guard !product.models.isEmpty, product.namesInWords.contains(where: varied.contains) else { return nil }
        return "The document tells products of this name apart by their model numbers, and the inventory does not say them."
    }
}

extension CSAFProduct {
    /// The names in words under which the product is found, by vendor and name.
    var namesInWords: Set<String> { CVEWords.names(of: branch("product_name"), by: branch("vendor")) }

    fileprivate var models: Set<String> { Set(modelNumbers + stockKeepingUnits) }
}

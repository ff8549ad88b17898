import JSONText
import PackageIdentity

/// The products as CSAF branches: vendor, product name, version (3.1.2). Vendors and names keep the order in which they
/// first occur.
struct CSAFProductTree {
    private struct Vendor {
        var name: String
        var products: [(name: String, products: [AdvisoryProduct])] = []
    }

    private var vendors: [Vendor] = []

    init(_ products: [AdvisoryProduct]) {
        var vendorIndex: [String: Int] = [:]
        var nameIndex: [[String]: Int] = [:]
        for product in products {
            let vendor = vendorIndex[product.vendor] ?? vendors.count
            if vendor == vendors.count {
                vendors.append(Vendor(name: product.vendor))
                vendorIndex[product.vendor] = vendor
            }
            let key = [product.vendor, product.name]
            let name = nameIndex[key] ?? vendors[vendor].products.count
            if name == vendors[vendor].products.count {
                vendors[vendor].products.append((product.name, []))
                nameIndex[key] = name
            }
            vendors[vendor].products[name].products.append(product)
        }
    }

    func write(to writer: inout JSONWriter) {
        writer.array("branches", ifNotEmpty: vendors) { writer, vendor in
            writer.object { writer in
                writer.key("branches")
                writer.beginArray()
                for (name, products) in vendor.products { write(name, products, to: &writer) }
                writer.endArray()
                writer.member("category", "vendor")
                writer.member("name", vendor.name)
            }
        }
    }

    /// A branch holds a product or further branches, never both: products without a version get branches of their own.
    private func write(_ name: String, _ products: [AdvisoryProduct], to writer: inout JSONWriter) {
        for product in products where product.version == .any {
            branch("product_name", name, &writer) { $0.object("product") { product.writeCSAF(to: &$0) } }
        }
        let versions = products.filter { $0.version != .any }
        if versions.isEmpty { return }
        branch("product_name", name, &writer) { writer in
            writer.array("branches", ifNotEmpty: versions) { writer, product in
                switch product.version {
                case .any: break
                case .exact(let version):
                    branch("product_version", version, &writer) { $0.object("product") { product.writeCSAF(to: &$0) } }
                case .range(let range):
                    branch("product_version_range", range, &writer) { writer in
                        writer.object("product") { product.writeCSAF(to: &$0) }
                    }
                }
            }
        }
    }

    private func branch(
        _ category: String, _ name: String, _ writer: inout JSONWriter, _ content: (inout JSONWriter) -> Void
    ) {
        writer.object { writer in
            content(&writer)
            writer.member("category", category)
            writer.member("name", name)
        }
    }
}

extension AdvisoryProduct {
    fileprivate func writeCSAF(to writer: inout JSONWriter) {
        writer.member("name", fullName)
        writer.member("product_id", id)
        if purl == nil, cpe == nil { return }
        writer.object("product_identification_helper") { writer in
            writer.member("cpe", ifPresent: cpe)
            writer.member("purl", ifPresent: purl?.description)
        }
    }
}

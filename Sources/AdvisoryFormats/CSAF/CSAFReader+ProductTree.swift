import JSONText

// Branches, products listed apart, groups, relationships of 2.0 and product paths of 2.1 (3.2.2).
extension CSAFReader {
    mutating func productTree(_ reader: inout JSONReader) throws(JSONError) {
        guard try isKind(.object, &reader) else { return }
        var composed: [CSAFProduct] = []
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "branches":
                // Below a branch they are gathered from the leaf up.
                for var product in try branches(&reader) {
                    product.branches.reverse()
                    document.products.append(product)
                }
            case "full_product_names":
                document.products += try list(&reader) { (this, reader) throws(JSONError) in try this.product(&reader) }
            case "product_groups": try productGroups(&reader)
            case "relationships":
                composed += try list(&reader) { (this, reader) throws(JSONError) in try this.relationship(&reader) }
            case "product_paths":
                composed += try list(&reader) { (this, reader) throws(JSONError) in try this.productPath(&reader) }
            // 2.1 allows extensions, both allow members that are not defined.
            default: try reader.skipValue()
            }
        }
        document.products += composed
    }

    /// The products of branches, each with the branches above it. A branch gives its name anywhere among its members, so what
    /// is below it gets it afterwards.
    private mutating func branches(_ reader: inout JSONReader) throws(JSONError) -> [CSAFProduct] {
        var products: [CSAFProduct] = []
        guard try isKind(.array, &reader) else { return [] }
        try reader.readArray { (reader) throws(JSONError) in
            let start = reader.offset
            guard try isKind(.object, &reader) else { return }
            var (category, name) = (String?.none, String?.none)
            var inside: [CSAFProduct] = []
            try reader.readObject { (reader, key) throws(JSONError) in
                switch key {
                case "category": category = try string(&reader)
                case "name": name = try string(&reader)
                case "product": if let product = try product(&reader) { inside.append(product) }
                case "branches": inside += try branches(&reader)
                default: try reader.skipValue()
                }
            }
            require(category != nil, "category", at: start)
            require(name != nil, "name", at: start)
            let branch = CSAFProduct.Branch(category: category ?? "", name: name ?? "")
            for index in inside.indices { inside[index].branches.append(branch) }
            products += inside
        }
        return products
    }

    private mutating func product(_ reader: inout JSONReader) throws(JSONError) -> CSAFProduct? {
        let start = reader.offset
        guard try isKind(.object, &reader) else { return nil }
        var (id, name) = (String?.none, String?.none)
        var product = CSAFProduct(id: "", name: "")
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "product_id": id = try string(&reader)
            case "name": name = try string(&reader)
            case "product_identification_helper": try helper(&product, &reader)
            default: try reader.skipValue()
            }
        }
        require(id != nil, "product_id", at: start)
        require(name != nil, "name", at: start)
        product.id = id ?? ""
        product.name = name ?? ""
        return product
    }

    /// `purl` of 2.0 and `purls` of 2.1, and what says that only some of a product's devices are meant.
    private mutating func helper(_ product: inout CSAFProduct, _ reader: inout JSONReader) throws(JSONError) {
        guard try isKind(.object, &reader) else { return }
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "purl": if let purl = try string(&reader) { product.purls.append(purl) }
            case "purls": product.purls += try strings(&reader)
            case "cpe": product.cpe = try string(&reader)
            case "model_numbers": product.modelNumbers = try strings(&reader)
            case "serial_numbers": product.serialNumbers = try strings(&reader)
            case "skus": product.stockKeepingUnits = try strings(&reader)
            default: try reader.skipValue()
            }
        }
    }

    private mutating func productGroups(_ reader: inout JSONReader) throws(JSONError) {
        guard try isKind(.array, &reader) else { return }
        try reader.readArray { (reader) throws(JSONError) in
            guard try isKind(.object, &reader) else { return }
            var id: String?
            var products: [String] = []
            try reader.readObject { (reader, key) throws(JSONError) in
                switch key {
                case "group_id": id = try string(&reader)
                case "product_ids": products = try strings(&reader)
                default: try reader.skipValue()
                }
            }
            if let id { groups[id] = products }
        }
    }

    private mutating func relationship(_ reader: inout JSONReader) throws(JSONError) -> CSAFProduct? {
        let start = reader.offset
        guard try isKind(.object, &reader) else { return nil }
        var product: CSAFProduct?
        var beginning = ""
        var step = CSAFProduct.Path.Step(category: "", product: "")
        var found: Set<String> = []
        try reader.readObject { (reader, key) throws(JSONError) in
            found.insert(key.string)
            switch key {
            case "category": step.category = try string(&reader) ?? ""
            case "full_product_name": product = try self.product(&reader)
            case "product_reference": beginning = try string(&reader) ?? ""
            case "relates_to_product_reference": step.product = try string(&reader) ?? ""
            default: try reader.skipValue()
            }
        }
        for name in ["category", "full_product_name", "product_reference", "relates_to_product_reference"] as [StaticString] {
            require(found.contains(name.description), name, at: start)
        }
        product?.path = CSAFProduct.Path(beginning: beginning, steps: [step])
        return product
    }

    private mutating func productPath(_ reader: inout JSONReader) throws(JSONError) -> CSAFProduct? {
        let start = reader.offset
        guard try isKind(.object, &reader) else { return nil }
        var product: CSAFProduct?
        var path = CSAFProduct.Path(beginning: "", steps: [])
        var found: Set<String> = []
        try reader.readObject { (reader, key) throws(JSONError) in
            found.insert(key.string)
            switch key {
            case "beginning_product_reference": path.beginning = try string(&reader) ?? ""
            case "full_product_name": product = try self.product(&reader)
            case "subpaths": path.steps = try list(&reader) { (this, reader) throws(JSONError) in try this.subpath(&reader) }
            default: try reader.skipValue()
            }
        }
        for name in ["beginning_product_reference", "full_product_name", "subpaths"] as [StaticString] {
            require(found.contains(name.description), name, at: start)
        }
        product?.path = path
        return product
    }

    private mutating func subpath(_ reader: inout JSONReader) throws(JSONError) -> CSAFProduct.Path.Step? {
        let start = reader.offset
        guard try isKind(.object, &reader) else { return nil }
        var (category, product) = (String?.none, String?.none)
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "category": category = try string(&reader)
            case "next_product_reference": product = try string(&reader)
            default: try reader.skipValue()
            }
        }
        require(category != nil, "category", at: start)
        require(product != nil, "next_product_reference", at: start)
        return CSAFProduct.Path.Step(category: category ?? "", product: product ?? "")
    }
}

import JSONText

/// Reads the model of an advisory in one pass; groups and references, which may stand before what they refer to, are resolved
/// at the end.
struct CSAFReader: DocumentReading {
    static let formatName = "CSAF"

    var log = ViolationLog()
    var document = CSAFDocument(version: "")
    /// Products by `group_id`.
    var groups: [String: [String]] = [:]

    /// How many products groups may stand for in all: a small document could name a big group a million times. The largest real
    /// documents name some 100,000 products.
    private static let maximumExpandedCount = 4_000_000
    private var expandedCount = 0

    mutating func document(_ reader: inout JSONReader) throws(JSONError) -> CSAFDocument? {
        let start = reader.offset
        guard try isKind(.object, &reader) else { return nil }
        var hasDocument = false
        var vulnerabilities: [PendingVulnerability] = []
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "document":
                hasDocument = true
                try head(&reader)
            case "product_tree": try productTree(&reader)
            case "vulnerabilities":
                vulnerabilities = try list(&reader) { (this, reader) throws(JSONError) in try this.vulnerability(&reader) }
            default: try reader.skipValue()
            }
        }
        require(hasDocument, "document", at: start)
        document.vulnerabilities = vulnerabilities.enumerated().map { index, pending in resolve(pending, index) }
        noteUndefinedParts()
        return document
    }

    private mutating func head(_ reader: inout JSONReader) throws(JSONError) {
        let start = reader.offset
        guard try isKind(.object, &reader) else { return }
        var found: Set<String> = []
        try reader.readObject { (reader, key) throws(JSONError) in
            found.insert(key.string)
            switch key {
            case "csaf_version":
                guard let token = try token(&reader) else { return }
                document.version = token.string
                if token != "2.0", token != "2.1" {
                    log.add(.unsupportedVersion, at: token.byteOffset, "CSAF is read in versions 2.0 and 2.1")
                }
            case "category": document.category = try string(&reader) ?? ""
            case "title": document.title = try string(&reader) ?? ""
            case "tracking": try tracking(&reader)
            case "publisher": try publisher(&reader)
            case "distribution": try distribution(&reader)
            default: try reader.skipValue()
            }
        }
        for name in ["category", "csaf_version", "publisher", "title", "tracking"] as [StaticString] {
            require(found.contains(name.description), name, at: start)
        }
    }

    private mutating func tracking(_ reader: inout JSONReader) throws(JSONError) {
        let start = reader.offset
        guard try isKind(.object, &reader) else { return }
        var found: Set<String> = []
        try reader.readObject { (reader, key) throws(JSONError) in
            found.insert(key.string)
            switch key {
            case "id": document.tracking.id = try string(&reader) ?? ""
            case "version": document.tracking.version = try string(&reader) ?? ""
            case "status": document.tracking.status = try string(&reader) ?? ""
            case "initial_release_date": document.tracking.initialReleaseDate = try writtenTimestamp(&reader)
            case "current_release_date": document.tracking.currentReleaseDate = try writtenTimestamp(&reader)
            case "aliases": document.tracking.aliases = try strings(&reader)
            default: try reader.skipValue()
            }
        }
        for name in ["id", "version", "status", "initial_release_date", "current_release_date"] as [StaticString] {
            require(found.contains(name.description), name, at: start)
        }
    }

    private mutating func publisher(_ reader: inout JSONReader) throws(JSONError) {
        let start = reader.offset
        guard try isKind(.object, &reader) else { return }
        var hasName = false
        try reader.readObject { (reader, key) throws(JSONError) in
            switch key {
            case "name":
                hasName = true
                document.publisher = try string(&reader) ?? ""
            case "namespace": document.publisherNamespace = try string(&reader)
            default: try reader.skipValue()
            }
        }
        require(hasName, "name", at: start)
    }

    private mutating func distribution(_ reader: inout JSONReader) throws(JSONError) {
        guard try isKind(.object, &reader) else { return }
        try reader.readObject { (reader, key) throws(JSONError) in
            guard key == "tlp" else { return _ = try reader.skipValue() }
            guard try isKind(.object, &reader) else { return }
            try reader.readObject { (reader, key) throws(JSONError) in
                guard key == "label" else { return _ = try reader.skipValue() }
                document.tlp = try string(&reader)
            }
        }
    }
}

// Resolving what may stand before its definition.
extension CSAFReader {
    private mutating func resolve(_ pending: PendingVulnerability, _ index: Int) -> CSAFVulnerability {
        var vulnerability = pending.vulnerability
        vulnerability.flags = pending.flags.map { remark($0, index) }
        vulnerability.threats = pending.threats.map { remark($0, index) }
        vulnerability.remediations = pending.remediations.map { remark($0, index) }
        let defined = Set(document.products.map(\.id))
        for (status, products) in vulnerability.productStatus.sorted(by: { $0.key < $1.key }) {
            for id in products where !defined.contains(id) {
                let pointer = "/vulnerabilities/\(index)/product_status/\(status)"
                document.misfits.append(Misfit(pointer: pointer, reason: "product \"\(id)\" is not defined"))
            }
        }
        return vulnerability
    }

    private mutating func remark(_ pending: PendingRemark, _ index: Int) -> CSAFVulnerability.Remark {
        var remark = pending.remark
        var seen = Set(remark.products)
        for group in pending.groups {
            if let products = groups[group] {
                expandedCount += products.count
                guard expandedCount <= Self.maximumExpandedCount else {
                    log.add(.badValue, at: 0, "groups stand for more than \(Self.maximumExpandedCount) products in all")
                    return remark
                }
                remark.products += products.filter { seen.insert($0).inserted }
            } else {
                let reason = "group \"\(group)\" is not defined"
                document.misfits.append(Misfit(pointer: "/vulnerabilities/\(index)", reason: reason))
            }
        }
        return remark
    }

    private mutating func noteUndefinedParts() {
        let defined = Set(document.products.map(\.id))
        for product in document.products {
            for id in product.path?.products ?? [] where !defined.contains(id) {
                let reason = "product \"\(id)\", of which \"\(product.id)\" is made, is not defined"
                document.misfits.append(Misfit(pointer: "/product_tree", reason: reason))
            }
        }
    }
}

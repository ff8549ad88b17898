import PackageIdentity

/// The mandatory tests of CSAF 2.0 (section 6.1) that an advisory can fail; the writer's way of writing satisfies the
/// others, and the schema check the rest.
enum CSAFRules {
    /// A broken rule: the place in the written document, and the test's number with what is wrong.
    struct Broken {
        let pointer: String
        let reason: String
    }

    static func broken(by advisory: AdvisoryDocument) -> [Broken] {
        var rules = Checker(advisory: advisory)
        rules.checkTracking()
        rules.checkProducts()
        for index in advisory.vulnerabilities.indices { rules.checkVulnerability(index) }
        rules.checkCVEs()
        rules.checkProfile()
        return rules.broken
    }

    struct Checker {
        let advisory: AdvisoryDocument
        let productIDs: Set<String>
        var broken: [Broken] = []

        init(advisory: AdvisoryDocument) {
            self.advisory = advisory
            productIDs = Set(advisory.products.map(\.id))
        }

        mutating func note(_ test: String, _ pointer: String, _ reason: String) {
            broken.append(Broken(pointer: pointer, reason: "\(reason) (test \(test))"))
        }
    }
}

extension CSAFRules.Checker {
    /// 6.1.14: sorted by date, the revisions' numbers ascend. They are numbered in the order given.
    fileprivate mutating func checkTracking() {
        let revisions = advisory.tracking.revisions
        for index in revisions.indices.dropFirst() where revisions[index].date < revisions[index - 1].date {
            note("6.1.14", "/document/tracking/revision_history/\(index)", "older than the revision before it")
        }
        if advisory.publisher.category == .translator {
            note("6.1.15", "/document/publisher/category", "a translator must name the source language")
        }
    }

    fileprivate mutating func checkProducts() {
        var seen: Set<String> = []
        for product in advisory.products {
            if !seen.insert(product.id).inserted {
                note("6.1.2", "/product_tree", "product \"\(product.id)\" is defined twice")
            }
            if case .exact(let version) = product.version, Self.looksLikeRange(version) {
                note("6.1.31", "/product_tree", "version of product \"\(product.id)\" is a range")
            }
            // Stricter than the schema, whose pattern lets text around the name pass.
            if let cpe = product.cpe, (try? CPE(parsing: cpe)) == nil {
                broken.append(
                    CSAFRules.Broken(pointer: "/product_tree", reason: "cpe of product \"\(product.id)\" is not a CPE name"))
            }
        }
    }

    /// 6.1.31: operators and words that make a version a range.
    private static func looksLikeRange(_ version: String) -> Bool {
        if version.contains(where: { $0 == "<" || $0 == ">" }) { return true }
        let words = version.lowercased().split { !$0.isLetter }
        return words.contains { ["after", "all", "before", "earlier", "later", "prior", "versions"].contains($0) }
    }

    fileprivate mutating func checkCVEs() {
        var seen: Set<CVEID> = []
        for (index, vulnerability) in advisory.vulnerabilities.enumerated() {
            guard let cve = vulnerability.cve, !seen.insert(cve).inserted else { continue }
            note("6.1.23", "/vulnerabilities/\(index)/cve", "\(cve) occurs twice")
        }
    }

    /// 6.1.27: what the profile asks for (section 4).
    fileprivate mutating func checkProfile() {
        switch advisory.category {
        case .base: break
        case .securityIncidentResponse, .informationalAdvisory:
            let wanted: Set<AdvisoryNote.Category> = [.description, .details, .general, .summary]
            if !advisory.notes.contains(where: { wanted.contains($0.category) }) {
                note("6.1.27.1", "/document", "the profile requires a note that describes or summarises")
            }
            if !advisory.references.contains(where: { $0.category == .external }) {
                note("6.1.27.2", "/document", "the profile requires an external reference")
            }
            if advisory.category == .informationalAdvisory, !advisory.vulnerabilities.isEmpty {
                note("6.1.27.3", "/vulnerabilities", "the profile forbids vulnerabilities")
            }
        case .securityAdvisory, .vex:
            if advisory.products.isEmpty { note("6.1.27.4", "", "the profile requires products") }
            if advisory.vulnerabilities.isEmpty { note("6.1.27.11", "", "the profile requires vulnerabilities") }
        }
    }
}

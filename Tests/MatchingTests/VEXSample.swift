import AdvisoryFormats
import Matching
import PackageIdentity

/// Statements about CVE-2026-1, and what they give for a match of it.
enum VEXSample {
    static let names = ["CVE-2026-1", "GHSA-1", "OSV-1"]

    /// A match by an advisory of these names.
    static func match(_ advisory: String = "GHSA-1", aliases: [String] = ["CVE-2026-1"]) throws -> Match {
        let affected = AffectedPackage(ecosystem: Ecosystem(name: "npm"), name: "a", explicitVersions: ["1.0.0"])
        let index = try AdvisoryIndex(of: [IndexedAdvisory(id: advisory, aliases: aliases, affected: [affected])])
        var matcher = Matcher(index)
        return matcher.matches(try Component(purl: "pkg:npm/a@1.0.0"))[0]
    }

    static func product(_ id: String, versions: [VEXVersion] = [], parts: [String] = []) -> VEXProduct {
        var product = VEXProduct(id: id)
        product.versions = versions
        product.subcomponents = parts.map { VEXProduct(id: $0) }
        return product
    }

    static func statement(
        _ status: VEXStatement.Status, _ products: [VEXProduct], about vulnerability: String = "CVE-2026-1",
        aliases: [String] = [], at time: String? = "2026-01-01T00:00:00Z", because impact: String? = "dead code",
        in document: String = "doc"
    ) -> VEXStatement {
        var statement = VEXStatement(vulnerability: vulnerability, status: status, documentID: document)
        statement.aliases = aliases
        statement.products = products
        statement.timestamp = time.flatMap { WrittenTimestamp($0) }
        if status == .notAffected { statement.impactStatement = impact }
        return statement
    }

    static func document(_ statements: [VEXStatement], _ format: VEXFormat = .openVEX) -> VEXDocument {
        var document = VEXDocument(format: format, formatVersion: nil, id: statements.first?.documentID ?? "")
        document.statements = statements
        return document
    }

    static func collected(_ documents: [VEXDocument]) -> VEXStatements {
        var statements = VEXStatements()
        for document in documents { _ = statements.add(document) }
        return statements
    }

    /// The status of the statement that counts.
    static func status(
        _ documents: [VEXDocument], of purl: String, subjects: [String] = [], names: [String] = names, match: Match? = nil
    ) throws -> VEXStatement.Status? {
        try status(documents, of: Component(purl: purl), subjects: subjects, names: names, match: match)
    }

    static func status(
        _ documents: [VEXDocument], of component: Component, subjects: [String] = [], names: [String] = names,
        match: Match? = nil
    ) throws -> VEXStatement.Status? {
        let match = try match ?? VEXSample.match()
        let subjects = subjects.map { VEXTarget(product: $0) }
        return collected(documents).statement(about: match, names: names, in: component, of: subjects)?.status
    }

    /// Whether a statement about one product suppresses the match in a component.
    static func isSuppressed(
        _ purl: String, by product: VEXProduct, as status: VEXStatement.Status = .notAffected, _ format: VEXFormat = .openVEX,
        subjects: [String] = []
    ) throws -> Bool {
        let found = try VEXSample.status([document([statement(status, [product])], format)], of: purl, subjects: subjects)
        return found?.suppresses ?? false
    }
}

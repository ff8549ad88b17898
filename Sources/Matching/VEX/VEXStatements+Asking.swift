package import AdvisoryFormats

extension VEXStatements {
    /// The statement that counts for a match, without its products; nil where none does.
    ///
    /// A group of aliases may hold several CVE identifiers, which are several vulnerabilities. A statement that names one of them
    /// says nothing about the others, so all that the advisory itself names must be suppressed before the match is.
    /// - Parameters:
    ///   - names: every identifier of the vulnerability, that of the advisory among them.
    ///   - link: the BOM-Link that leads to the component, or nil.
    ///   - commit: what the component was taken from, where it comes from a repository.
    ///   - subjects: what the inventory of the component describes.
    package func statement(
        about match: Match, names: [String], in component: Component, linked link: String? = nil, commit: Component? = nil,
        of subjects: [VEXTarget]
    ) -> VEXStatement? {
        let known = Set(names.flatMap { nameSetsOfName[$0] ?? [] })
        if known.isEmpty { return nil }
        let concerned = concerned(known, VEXTarget(component, linked: link, commit: commit), subjects)
        if concerned.isEmpty { return nil }
        let group = Set(names.filter(Self.isCVE))
        let own = Set([match.advisory] + match.aliases)
        let ownCVEs = own.filter(Self.isCVE)
        // Of an advisory about several vulnerabilities an alias may be the name of one of them.
        let certain = ownCVEs.count > 1 ? [match.advisory] : own
        let vulnerabilities: [String?] = ownCVEs.isEmpty ? (group.isEmpty ? [nil] : Array(group)) : Array(ownCVEs)
        let standing = vulnerabilities.map { vulnerability in
            let about = concerned.map { statements[$0] }.filter { $0.isAbout(vulnerability, of: group, own: certain) }
            return PlacedStatement.standing(about)
        }
        let open = standing.compactMap { $0 }.filter { !$0.statement.status.suppresses }
        if !open.isEmpty { return PlacedStatement.latest(open)?.statement }
        let suppressing = standing.compactMap { $0 }
        return suppressing.count == standing.count ? PlacedStatement.latest(suppressing)?.statement : nil
    }

    private static func isCVE(_ name: String) -> Bool { name.hasPrefix("CVE-") }

    /// The numbers of the statements that are about the component, in the order of the documents.
    private func concerned(_ nameSets: Set<UInt32>, _ component: VEXTarget, _ subjects: [VEXTarget]) -> [Int] {
        var found: Set<Int> = []
        for (target, isSubject) in [(component, false)] + subjects.map({ ($0, true) }) {
            for identity in target.identities.compactMap({ identities.number(ofKnown: $0) }) {
                for entry in nameSets.flatMap({ entries[Key(nameSet: $0, identity: identity)] ?? [] }) {
                    let isAbout =
                        isSubject ? isStatement(entry, aboutSubject: target) : isStatement(entry, about: target, subjects)
                    if isAbout { found.insert(entry.statement) }
                }
            }
        }
        return found.sorted()
    }

    /// What is said of the product that an inventory describes is said of everything in it.
    private func isStatement(_ entry: Entry, aboutSubject subject: VEXTarget) -> Bool {
        let status = statements[entry.statement].statement.status
        guard entry.whole == nil, let naming = products[Int(entry.part)].naming(of: subject, as: status) else { return false }
        return status != .fixed || naming == .version
    }

    /// What is said of a part of a product is said of the component only in that product. A fix is in the version that is named,
    /// of the part or of the product: without one it could be in any.
    private func isStatement(_ entry: Entry, about component: VEXTarget, _ subjects: [VEXTarget]) -> Bool {
        let status = statements[entry.statement].statement.status
        guard var naming = products[Int(entry.part)].naming(of: component, as: status) else { return false }
        if let whole = entry.whole {
            let targets = subjects + [component]
            let contexts = wholes[whole].flatMap { product in
                targets.compactMap { products[Int(product)].naming(of: $0, as: status) }
            }
            guard let context = contexts.max() else { return false }
            naming = max(naming, context)
        }
        return status != .fixed || naming == .version
    }
}

extension VEXStatement.Status {
    /// Whether nothing is to be done about the vulnerability.
    package var suppresses: Bool {
        switch self {
        case .notAffected, .fixed: true
        case .affected, .underInvestigation: false
        }
    }
}

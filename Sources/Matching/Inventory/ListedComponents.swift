package import AdvisoryFormats
import JSONText
package import PackageIdentity

/// What an inventory lists, as components that advisories can be asked about, and what can't be one, in words.
package struct ListedComponents: Sendable {
    /// Package URLs and CPE names of what the document is about, as they stand there.
    package private(set) var subjects: [String] = []
    /// What the document is about first, then its components in their order.
    package private(set) var components: [Component] = []
    /// Components that were asked about and not kept, because no advisory concerns them.
    package private(set) var passedCount = 0
    /// Entries that could not be read, that name no package and no product, or whose release is not known.
    package private(set) var problems: [String] = []
    /// How much of it can be compared; also of what was not kept.
    package private(set) var comparability = Comparability()

    /// What components from a repository were taken from, by their numbers.
    package private(set) var commits: [Int: Component] = [:]
    /// Those of them that BOM-Links lead to.
    package private(set) var linked: LinkedComponents

    /// Tells which products advisories name; nil where there is no index to ask.
    private var products: Matcher?
    private let release: Ecosystem?
    /// The one operating system that the document lists; nil where it lists none or several.
    private let system: InventorySystem?

    /// - Parameters:
    ///   - release: the distribution that packages of a system's own database come from (`Debian:12`), which no such database
    ///     says; without it they are problems.
    ///   - index: where it is given, components that none of its advisories concerns are counted and not kept.
    ///   - references: gives the references to components that are looked for in a document.
    package init(
        _ content: InventoryContent, release: Ecosystem?, concernedBy index: AdvisoryIndex? = nil,
        linkedBy references: (BOMIdentity) -> Set<String> = { _ in [] }
    ) {
        self.release = release
        products = index.map { Matcher($0) }
        system = content.systems.count == 1 ? content.systems.first : nil
        linked = LinkedComponents(content.bom, wanted: references)
        switch content {
        case .document(let document):
            for problem in document.problems { note(.unread, problem.pointer, problem.description) }
            components.reserveCapacity(document.subjects.count + document.components.count)
            take(subjects: document.subjects)
            for component in document.components { add(component) }
        case .outline(let outline):
            take(subjects: outline.subjects.map { InventoryComponent($0) })
            var filter = index.map { OutlineFilter($0) }
            for component in outline.components {
                if filter?.passes(component, noting: &comparability) == true {
                    passedCount += 1
                    if !linked.isEmpty { linked.note(component.bomReference.map { String($0) }, as: 0..<0) }
                } else {
                    add(InventoryComponent(component))
                }
            }
            filter?.note(in: &comparability)
        }
    }

    private mutating func note(_ obstacle: Comparability.Obstacle, _ name: String, _ problem: String) {
        comparability.note(obstacle, name)
        problems.append(problem)
    }

    /// Behind the first subject stands what that holds.
    private mutating func take(subjects: [InventoryComponent]) {
        self.subjects = subjects.first.map { $0.purls + $0.cpes } ?? []
        for (number, component) in subjects.enumerated() { add(component, isSubject: number == 0) }
    }

    private mutating func add(_ component: InventoryComponent, isSubject: Bool = false) {
        let first = components.count
        addNames(of: component)
        linked.note(component.bomReference, as: first..<components.count, isSubject: isSubject)
    }

    private mutating func addNames(of component: InventoryComponent) {
        let name = component.name.isEmpty ? "a component without a name" : component.name
        let first = components.count
        if let system = component.system {
            guard let release else {
                let problem = "\(name) is a package of \(system.manager.rawValue), and the release is not known"
                return note(.unknownRelease, name, problem)
            }
            guard system.manager.scheme == release.versionScheme else {
                let problem = "\(name) is a package of \(system.manager.rawValue), and \(release) has none"
                return note(.unknownRelease, name, problem)
            }
            components.append(Component(system, of: release, displayName: name))
        } else if let ecosystem = component.ecosystem {
            components.append(Component(ecosystem: ecosystem, name: name, version: component.version))
        } else if let vendor = component.vendor, let product = Component(product: name, of: vendor, version: component.version) {
            components.append(product)
            if products?.knows(product) == false { return comparability.note(.unknownProduct, product.displayName) }
        } else if component.purls.isEmpty, component.cpes.isEmpty, component.statedPurl == nil {
            note(.noIdentifier, name, "\(name) has no package URL")
        }
        for text in component.purls { add(purl: text, of: name, component.version) }
        if let text = component.statedPurl {
            let commit = components[first...].first
            add(purl: text, of: name, component.version, doubt: .stated)
            if let commit, let last = components.last, last.doubt == .stated { commits[components.count - 1] = commit }
        }
        if !components[first...].contains(where: \.isOfEcosystem) {
            for text in component.cpes { add(cpe: text, of: name, component.version) }
        }
        // An entry is compared where one of its names is; the others are further words for it.
        let named = components[first...]
        if let component = named.first(where: \.isOfKnownKind) ?? named.first { comparability.note(component) }
        // Its commit and its version are two questions, and advisories of either kind may be missing.
        if component.statedPurl != nil, named.count > 1, let stated = named.last { comparability.note(stated) }
    }

    /// - Parameter version: what the inventory says of it elsewhere, which counts where the package URL says none.
    private mutating func add(purl text: String, of name: String, _ version: String?, doubt: VersionDoubt? = nil) {
        do {
            var component = try Component(inventoryPurl: text)
            if component.version == nil, component.isOfEcosystem, version?.isEmpty == false { component.version = version }
            if let system { component.takeRelease(of: system) }
            component.doubt = doubt
            components.append(component)
        } catch {
            note(.invalidIdentifier, name, "\(name): \(text) is not a package URL (\(error.reason))")
        }
    }

    /// A product's CPE name is asked for where no package manager's advisories are about it: of a distribution's package those
    /// know which fixes it has, and its CPE name does not.
    /// - Parameter version: what the inventory says of it elsewhere, which counts where the CPE name leaves the version open.
    private mutating func add(cpe text: String, of name: String, _ version: String?) {
        do {
            let cpe = try CPE(parsing: text)
            if var product = Component(cpe, displayName: name) {
                // A version that no CPE name could have is none that a range can be asked about.
                if cpe[.version] == .any, let version, (try? CPEValue.literal(version)) != nil { product.version = version }
                components.append(product)
            } else {
                note(.invalidIdentifier, name, "\(name): \(text) names no vendor or no product")
            }
        } catch {
            note(.invalidIdentifier, name, "\(name): \(text) is not a CPE name (\(error.reason))")
        }
    }
}

/// Asks an index about components where they stand in their document.
private struct OutlineFilter {
    private var matcher: Matcher
    private var places: [MatchPlace] = []
    /// How many components were passed, one a plain purl's ecosystem.
    private var counts = Array(repeating: 0, count: PlainPurl.ecosystems.count)

    init(_ index: AdvisoryIndex) { matcher = Matcher(index) }

    /// Whether it is certain, without decoding anything, that no advisory concerns the component.
    /// Then its version is noted where it has no place in its order.
    mutating func passes(_ component: InventoryOutline.Component, noting comparability: inout Comparability) -> Bool {
        guard let purl = component.purl?.plainBytes.flatMap({ PlainPurl($0) }) else { return false }
        places.removeAll(keepingCapacity: true)
        matcher.find(purl, into: &places)
        guard places.isEmpty else { return false }
        counts[purl.ecosystemNumber] += 1
        Self.noteVersion(of: purl, component, in: &comparability)
        return true
    }

    private static func noteVersion(
        of purl: PlainPurl, _ component: InventoryOutline.Component, in comparability: inout Comparability
    ) {
        func name() -> String { component.name.map { String($0) } ?? "" }
        guard let version = purl.version else {
            return component.version == nil ? comparability.note(.noVersion, name()) : ()
        }
        if !Comparability.hasPlace(version.span, in: PlainPurl.ecosystems[purl.ecosystemNumber]) {
            comparability.note(.unreadableVersion, "\(name()) \(String(decoding: version, as: UTF8.self))")
        }
    }

    /// What was passed.
    func note(in comparability: inout Comparability) {
        for (ecosystem, count) in zip(PlainPurl.ecosystems, counts) where count > 0 { comparability.count(count, of: ecosystem) }
    }
}

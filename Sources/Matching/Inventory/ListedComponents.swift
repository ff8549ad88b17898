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

    private let release: Ecosystem?

    /// - Parameters:
    ///   - release: the distribution that packages of a system's own database come from (`Debian:12`), which no such database
    ///     says; without it they are problems.
    ///   - index: where it is given, components that none of its advisories concerns are counted and not kept.
    package init(_ content: InventoryContent, release: Ecosystem?, concernedBy index: AdvisoryIndex? = nil) {
        self.release = release
        switch content {
        case .document(let document):
            problems = document.problems.map(\.description)
            components.reserveCapacity(document.subjects.count + document.components.count)
            take(subjects: document.subjects)
            for component in document.components { add(component) }
        case .outline(let outline):
            take(subjects: outline.subjects.map { InventoryComponent($0) })
            var filter = index.map { OutlineFilter($0) }
            for component in outline.components {
                if filter?.passes(component) == true {
                    passedCount += 1
                } else {
                    add(InventoryComponent(component))
                }
            }
        }
    }

    /// Behind the first subject stands what that holds.
    private mutating func take(subjects: [InventoryComponent]) {
        self.subjects = subjects.first.map { $0.purls + $0.cpes } ?? []
        for component in subjects { add(component) }
    }

    private mutating func add(_ component: InventoryComponent) {
        let name = component.name.isEmpty ? "a component without a name" : component.name
        if let system = component.system {
            guard let release else {
                problems.append("\(name) is a package of \(system.manager.rawValue), and the release is not known")
                return
            }
            components.append(Component(system, of: release, displayName: name))
        } else if component.purls.isEmpty, component.cpes.isEmpty {
            problems.append("\(name) has no package URL")
        }
        var hasEcosystem = component.system != nil
        for text in component.purls {
            do {
                let package = try Component(inventoryPurl: text)
                components.append(package)
                hasEcosystem = hasEcosystem || package.isOfEcosystem
            } catch {
                problems.append("\(name): \(text) is not a package URL (\(error.reason))")
            }
        }
        if !hasEcosystem { for text in component.cpes { add(cpe: text, of: name) } }
    }

    /// A product's CPE name is asked for where no package manager's advisories are about it: of a distribution's package those
    /// know which fixes it has, and its CPE name does not.
    private mutating func add(cpe text: String, of name: String) {
        do {
            if let product = Component(try CPE(parsing: text), displayName: name) {
                components.append(product)
            } else {
                problems.append("\(name): \(text) names no vendor or no product")
            }
        } catch {
            problems.append("\(name): \(text) is not a CPE name (\(error.reason))")
        }
    }
}

/// Asks an index about components where they stand in their document.
private struct OutlineFilter {
    private var matcher: Matcher
    private var places: [MatchPlace] = []

    init(_ index: AdvisoryIndex) { matcher = Matcher(index) }

    /// Whether it is certain, without decoding anything, that no advisory concerns the component.
    mutating func passes(_ component: InventoryOutline.Component) -> Bool {
        guard let purl = component.purl?.plainBytes.flatMap({ PlainPurl($0) }) else { return false }
        places.removeAll(keepingCapacity: true)
        matcher.find(purl, into: &places)
        return places.isEmpty
    }
}

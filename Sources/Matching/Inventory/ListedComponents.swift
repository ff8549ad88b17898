package import AdvisoryFormats
package import PackageIdentity

/// What an inventory lists, as components that advisories can be asked about, and what can't be one, in words.
package struct ListedComponents: Sendable {
    /// What the document is about first, then its components in their order.
    package private(set) var components: [Component] = []
    /// Entries that could not be read, that name no package, or whose release is not known.
    package private(set) var problems: [String]

    /// - Parameter release: the distribution that packages of a system's own database come from (`Debian:12`), which no such
    ///   database says; without it they are problems.
    package init(_ document: InventoryDocument, release: Ecosystem?) {
        problems = document.problems.map(\.description)
        components.reserveCapacity(document.subjects.count + document.components.count)
        for component in document.subjects { add(component, release) }
        for component in document.components { add(component, release) }
    }

    private mutating func add(_ component: InventoryComponent, _ release: Ecosystem?) {
        let name = component.name.isEmpty ? "a component without a name" : component.name
        if let system = component.system {
            guard let release else {
                problems.append("\(name) is a package of \(system.manager.rawValue), and the release is not known")
                return
            }
            components.append(Component(system, of: release, displayName: name))
        } else if component.purls.isEmpty {
            problems.append("\(name) has no package URL")
        }
        for text in component.purls {
            do {
                components.append(try Component(inventoryPurl: text))
            } catch {
                problems.append("\(name): \(text) is not a package URL (\(error.reason))")
            }
        }
    }
}

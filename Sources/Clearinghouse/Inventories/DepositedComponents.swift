import JSONText
package import Journal
package import Matching
import PackageIdentity

/// What was understood of a deposited document: its components, each package and version once, in their order.
///
/// Kept as a content beside the document (`[ecosystem, name, version, purl, name for people]`, the version as `Component.keptVersion` has it, null where there is none). The
/// rows of an inventory are a function of it and not of the document, so that they can be taken away one by one years later,
/// whatever the readers of documents have learned since.
struct DepositedComponents: Sendable {
    let components: [Component]

    init(_ components: some Sequence<Component>) {
        var known: Set<Component> = []
        self.components = components.compactMap { component in
            // As it will be read, so that no two of them make the same row.
            var identity = component.withVersion(kept: component.keptVersion)
            // An inventory that says "" says no version.
            if identity.version?.isEmpty ?? true { (identity.version, identity.doubt) = (nil, nil) }
            let kept = identity
            (identity.purl, identity.displayName) = (nil, "")
            return known.insert(identity).inserted ? kept : nil
        }
    }

    /// Nil where the bytes are not what `bytes` gives.
    init?(parsing bytes: [UInt8]) {
        guard let list = (try? JSONValue(parsing: bytes))?.array else { return nil }
        components = list.compactMap { Component(deposited: $0) }
        guard components.count == list.count else { return nil }
    }

    var bytes: [UInt8] {
        var writer = JSONWriter()
        writer.array(components) { writer, component in
            let texts = [
                component.ecosystem.description, component.name, component.keptVersion, component.purl, component.displayName
            ]
            writer.array(texts) { writer, text in
                if let text { writer.string(text) } else { writer.null() }
            }
        }
        return writer.finish()
    }

    /// The rows, no two alike.
    var rows: [ComponentRow] { components.map(ComponentRow.init) }
}

extension Component {
    fileprivate init?(deposited entry: JSONValue) {
        guard let fields = entry.array, fields.count == 5, let ecosystem = fields[0].string, let name = fields[1].string else {
            return nil
        }
        // The name as it was written into the rows, which are to be found by it, whatever normalising makes of it today.
        self = Component(
            ecosystem: Ecosystem(ecosystem), normalizedName: name, version: nil, purl: fields[3].string,
            displayName: fields[4].string ?? name
        ).withVersion(kept: fields[2].string)
    }
}

/// A component as columns of `inventory_component`, without the inventory's number.
package struct ComponentRow: Hashable, Sendable {
    /// Bytes of all columns. An entry of a B-tree in PostgreSQL has at most 2,704 bytes (a third of a page), header included.
    private static let maximumByteCount = 2_600

    /// As advisories name it.
    package let name: String
    /// Name and release in their one spelling.
    package let ecosystem: String
    /// The place in the ecosystem's order; empty, and so before all others, where there is none.
    package let key: [UInt8]
    /// With what is in doubt about it (`Component.keptVersion`); empty where the inventory names none.
    package let version: String

    package init(_ component: Component) {
        name = component.name
        ecosystem = component.ecosystem.canonicalText
        key = component.placeKey.bytes
        version = component.keptVersion ?? ""
    }

    /// Whether every engine can store the row as it is.
    var isStorable: Bool { byteCount <= Self.maximumByteCount && [name, ecosystem, version].allSatisfy(\.canNameStream) }

    private var byteCount: Int { name.utf8.count + ecosystem.utf8.count + key.count + version.utf8.count }

    /// By bytes, as databases compare: to Swift two spellings of one accented letter are equal. The place in the order says nothing
    /// that the version does not.
    package static func == (left: ComponentRow, right: ComponentRow) -> Bool {
        left.version.utf8.elementsEqual(right.version.utf8) && left.name.utf8.elementsEqual(right.name.utf8)
            && left.ecosystem.utf8.elementsEqual(right.ecosystem.utf8)
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(name)
        hasher.combine(version)
    }

    /// The row of an inventory, in the order of the columns.
    package func values(of inventory: Int64) -> [SQLValue] {
        [.text(name), .text(ecosystem), .blob(key), .text(version), .integer(inventory)]
    }
}

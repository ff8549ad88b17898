/// A TOML 1.0 document (https://toml.io/en/v1.0.0). Tables lie in one array and name each other by their place in it, so that
/// a document of many thousand tables is built without copying any.
struct TOMLDocument {
    /// How a table came to be, which decides what may still be added to it.
    enum Origin {
        /// By the header of a table inside it: its own header may follow.
        case implied
        /// By a header `[name]` or `[[name]]`.
        case header
        /// By dotted keys.
        case dotted
        /// As `{…}`: complete.
        case inline
    }

    struct Table {
        var members: [String: TOMLValue] = [:]
        var origin: Origin
        /// Offset of the header's or the key's first byte.
        var byteOffset: Int
    }

    var tables = [Table(origin: .header, byteOffset: 0)]
    /// The elements of each `[[name]]`, as places in `tables`.
    var tableArrays: [[Int]] = []

    var root: TOMLTable { TOMLTable(document: self, index: 0) }
}

/// One value; a table as its place in the document.
enum TOMLValue {
    case string(String)
    case bool(Bool)
    /// A number, date or time as written; no lock file needs its value.
    case literal(String)
    case array([TOMLValue])
    case table(Int)
    case tableArray(Int)
}

/// One table of a document, to read from.
struct TOMLTable {
    private let document: TOMLDocument
    private let index: Int

    init(document: TOMLDocument, index: Int) {
        self.document = document
        self.index = index
    }

    var byteOffset: Int { document.tables[index].byteOffset }

    func has(_ key: String) -> Bool { document.tables[index].members[key] != nil }

    /// The string of this name; nil where there is none or it is something else.
    func string(_ key: String) -> String? {
        guard case .string(let text) = document.tables[index].members[key] else { return nil }
        return text
    }

    /// A string, or a number, date or truth value as written.
    func scalar(_ key: String) -> String? {
        guard case .literal(let text) = document.tables[index].members[key] else { return string(key) }
        return text
    }

    func table(_ key: String) -> TOMLTable? {
        guard case .table(let place) = document.tables[index].members[key] else { return nil }
        return TOMLTable(document: document, index: place)
    }

    /// The tables of an array, however it is written; nil where there is no array.
    func tables(_ key: String) -> [TOMLTable]? {
        switch document.tables[index].members[key] {
        case .tableArray(let place):
            return document.tableArrays[place].map { TOMLTable(document: document, index: $0) }
        case .array(let elements):
            return elements.compactMap { element in
                guard case .table(let place) = element else { return nil }
                return TOMLTable(document: document, index: place)
            }
        default: return nil
        }
    }
}

/// One reason to call two findings the same: findings that share a key are proposed as one vulnerability.
package struct FingerprintKey: Sendable, Hashable {
    /// Strongest first.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The program crashed in the same way at the same place.
        case crash
        /// Whoever keeps the tool's results says that they are one.
        case result
        /// The same tool gave it the same identity.
        case tool
        /// The same weakness in the same function of the same file.
        case function
        /// The same weakness on the same line of the same file: breaks with every edit above it.
        case line
    }

    package let kind: Kind
    /// What the caller hashes, in UTF-8: the version and kind, then one line for each part of the tuple in a fixed
    /// order. Line breaks and backslashes inside a part are escaped, so different tuples have different texts.
    package let canonicalText: String
    /// One sentence for the person who decides about a proposed merge.
    package let reason: String
    /// One text for each newer version of the same scheme that stands beside this key. They are kept with the key; where one of
    /// them is known, whoever laid it down has that newer version too, whose values decide then, and this key leads nowhere.
    package let newer: [String]

    /// Version 1 of the tuple. Any change of a normalisation that changes texts is a new version: old keys stay in the
    /// journal, and both are computed until the old ones are replayed.
    package static let version = 1

    /// - Parameter newer: versions of the same scheme that the finding has beside this one.
    init(_ kind: Kind, _ parts: [(name: String, value: String)], newer: [Int] = [], reason: String) {
        self.kind = kind
        self.reason = reason
        let text = parts.reduce("breakwater-finding/v\(Self.version)/\(kind.rawValue)") {
            $0 + "\n" + $1.name + "=" + Self.escaped($1.value)
        }
        canonicalText = text
        self.newer = newer.map { text + "\nnewer=v\($0)" }
    }

    static func escaped(_ value: String) -> String {
        var result = ""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

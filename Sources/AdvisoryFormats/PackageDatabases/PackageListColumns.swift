/// Which column of a list of packages says what, by the names in its first row.
struct PackageListColumns {
    enum Meaning: String, CaseIterable { case purl, cpe, ecosystem, group, name, vendor, product, version, firmware }

    /// The number of the column, from 0, for what some column says; of several that say the same, the one whose name stands first in
    /// `known`.
    private let places: [Meaning: Int]
    /// How many columns have a name.
    let count: Int
    /// As written.
    private let names: [String]

    /// Nil where the row is none of names: where no cell of it is one that is known, or where there are digits in it, unless two of its
    /// cells are known and have none (`name,version,sha256`).
    init?(_ row: [String]) {
        let bare = row.map { $0.lowercased().filter { !" _-.".contains($0) } }
        var places: [Meaning: Int] = [:]
        for (meaning, names) in Self.known { places[meaning] = names.lazy.compactMap { bare.firstIndex(of: $0) }.first }
        self.places = places
        let hasDigits = zip(bare, row).contains { bare, name in
            !Self.known.values.contains { $0.contains(bare) } && name.utf8.contains { $0 &- 0x30 < 10 }
        }
        guard !places.isEmpty, places.count > 1 || !hasDigits else { return nil }
        names = row
        count = 1 + (row.lastIndex { !$0.isEmpty } ?? 0)
    }

    /// Whether some column says which package a row is about; otherwise the order of the columns has to.
    var namePackages: Bool { [.purl, .cpe, .name].contains(where: has) || has(.vendor) && has(.product) }

    func has(_ meaning: Meaning) -> Bool { places[meaning] != nil }

    /// What the row says; nil where it has no such column, or nothing in it.
    func text(_ meaning: Meaning, of row: [String]) -> String? {
        guard let place = places[meaning], place < row.count, !row[place].isEmpty else { return nil }
        return row[place]
    }

    /// The column, for people: `column 3 (purl)`.
    func words(_ meaning: Meaning) -> String {
        places[meaning].map { "column \($0 + 1) (\(names[$0]))" } ?? "the column \(meaning.rawValue)"
    }

    /// The names that people and tools give to columns, in lowercase without blanks, hyphens and the like; the plainest first.
    private static let known: [Meaning: [String]] = [
        .purl: ["purl", "packageurl"],
        .cpe: ["cpe", "cpe23", "cpename"],
        .ecosystem: ["ecosystem", "packageecosystem", "ökosystem", "packagemanager", "packagetype", "type"],
        .group: ["group", "groupid", "namespace"],
        .name: [
            "name", "packagename", "package", "componentname", "component", "library", "dependency", "module", "artifactid",
            "artifact", "paketname", "paket", "komponente"
        ],
        .firmware: ["firmware", "firmwareversion", "softwareversion", "software"],
        .vendor: ["vendor", "manufacturer", "maker", "hersteller"],
        .product: ["product", "productname", "model", "device", "produkt", "modell", "gerät"],
        .version: [
            "version", "installedversion", "installed", "packageversion",
            "componentversion", "currentversion", "paketversion"
        ]
    ]
}

/// What a native range says where its VERS text is coarser: the versions by the rules of the tool that reads the syntax.
///
/// VERS compares, and the VERS project fixed how native ranges are written in it (`^1.2` is `>=1.2.0|<2.0.0`). Tools mean finer
/// places: before all pre-releases of 2.0.0, or behind all local versions of 1.0. Those have keys, though not always a text.
struct NativeMeaning: Sendable {
    let spans: VersionSpans
    /// Versions of which only this spelling is meant, in lowercase (PEP 440's `===`).
    var spellings: [(text: String, key: VersionKey)] = []

    /// Whether the version is one of those of which another spelling is meant.
    func excludesSpelling(_ version: String, _ key: VersionKey) -> Bool {
        let same = spellings.filter { $0.key == key }
        return !same.isEmpty && !same.contains { $0.text == version.lowercased() }
    }
}

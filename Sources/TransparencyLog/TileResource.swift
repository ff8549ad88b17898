/// A static resource of a tiled log, by its path below the log's prefix.
///
/// https://c2sp.org/tlog-tiles: `tile/<L>/<N>[.p/<W>]` and `tile/entries/<N>[.p/<W>]`. `N` is written in groups of three
/// digits of which all but the last start with `x`, so that index 1234067 becomes `x001/x234/067`.
public enum TileResource: Sendable, Hashable {
    /// Hashes of the tree.
    case tile(TileCoordinate)
    /// The entries under a tile of level 0.
    case entries(EntryBundleCoordinate)

    /// The longest path: the prefix, seven groups for the index, and the width.
    static let maximumPathByteCount = 64

    /// The path, in its one form.
    public var path: String {
        switch self {
        case .tile(let tile): "tile/\(tile.level)/" + TileResource.suffix(tile.index, tile.width)
        case .entries(let bundle): "tile/entries/" + TileResource.suffix(bundle.index, bundle.width)
        }
    }

    /// Reads a path. Two different paths never mean the same resource.
    ///
    /// - Throws: `malformedPath` for leading zeros, missing or superfluous groups, a level above 63, a width outside
    ///   1...255, an index above 2^64 - 1, or anything else around them.
    public init(path: String) throws(TransparencyLogError) {
        guard path.utf8.count <= TileResource.maximumPathByteCount, let resource = TileResource.parse(path) else {
            throw TransparencyLogError(.malformedPath, "not the path of a tile or an entry bundle")
        }
        self = resource
    }
}

extension TileResource {
    private static func suffix(_ index: UInt64, _ width: Int) -> String {
        var groups = threeDigits(index % 1000)
        var rest = index / 1000
        while rest > 0 {
            groups = "x" + threeDigits(rest % 1000) + "/" + groups
            rest /= 1000
        }
        return width < TileCoordinate.fullWidth ? groups + ".p/\(width)" : groups
    }

    private static func threeDigits(_ value: UInt64) -> String {
        (value < 10 ? "00" : value < 100 ? "0" : "") + "\(value)"
    }

    private static func parse(_ path: String) -> TileResource? {
        let parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard parts.count >= 3, parts[0].elementsEqual("tile".utf8) else { return nil }
        guard let (index, width) = parseSuffix(parts[2...]) else { return nil }
        if parts[1].elementsEqual("entries".utf8) {
            return .entries(EntryBundleCoordinate(knownIndex: index, width: width))
        }
        guard let level = ASCIIDecimal.parse(parts[1]), level <= UInt64(TileCoordinate.maximumLevel) else { return nil }
        return .tile(TileCoordinate(knownLevel: Int(level), index: index, width: width))
    }

    private static func parseSuffix(_ parts: ArraySlice<Substring.UTF8View>) -> (UInt64, Int)? {
        var groups = parts
        var width = TileCoordinate.fullWidth
        if groups.count >= 2, groups[groups.endIndex - 2].hasSuffix(".p") {
            guard let value = ASCIIDecimal.parse(groups.removeLast()), (1...255).contains(value) else { return nil }
            width = Int(value)
            groups[groups.endIndex - 1] = groups[groups.endIndex - 1].dropLast(2)
        }
        return parseIndex(groups).map { ($0, width) }
    }

    private static func parseIndex(_ groups: ArraySlice<Substring.UTF8View>) -> UInt64? {
        var index: UInt64 = 0
        for (position, group) in groups.enumerated() {
            var digits = group
            if position < groups.count - 1 {
                guard digits.popFirst() == UInt8(ascii: "x") else { return nil }
                // A first group of zeros would be a second form of a smaller index.
                if position == 0 && digits.elementsEqual("000".utf8) { return nil }
            }
            guard digits.count == 3 else { return nil }
            for digit in digits {
                guard let next = ASCIIDecimal.append(digit, to: index) else { return nil }
                index = next
            }
        }
        return index
    }
}

extension Substring.UTF8View {
    fileprivate func hasSuffix(_ text: StaticString) -> Bool {
        suffix(text.utf8CodeUnitCount).elementsEqual(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    fileprivate mutating func popFirst() -> UInt8? {
        guard let byte = first else { return nil }
        self = dropFirst()
        return byte
    }
}

import PackageIdentity

/// Products that advisories name by vendor and product in words, without a part: packages of the ecosystem of CPE names called
/// `*:vendor:product`, under which a product of any part is looked for too.
///
/// The words are those of `CVEWords.folded`: of a CPE name, lowercase and without a backslash, that is one `_` for what stands between letters
/// and digits.
///
/// An inventory may name products so, too: they are looked for in every part.
enum ProductWords {
    /// A name in words of what an advisory also names by CPE: for inventories that name the product in words. Of others the CPE name
    /// counts.
    static func besides(_ name: String) -> String { "=" + name.dropFirst() }
    /// How such a name begins.
    static let besides = UInt8(ascii: "=")

    /// Whether a name has no part.
    static func isWithoutPart(_ name: UnsafeRawBufferPointer) -> Bool { name.first == UInt8(ascii: "*") }

    /// Lends the names of a product whose part an inventory does not say, in each of them.
    static func withNames(ofProduct name: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Void) {
        withUnsafeTemporaryAllocation(byteCount: name.count, alignment: 1) { buffer in
            buffer.copyMemory(from: name)
            for part in "aho".utf8 {
                buffer[0] = part
                body(UnsafeRawBufferPointer(buffer))
            }
        }
    }

    /// - Parameters: folded words.
    static func name(vendor: String, product: String) -> String { "*:\(vendor):\(product)" }

    /// The name in words of a product.
    /// - Parameter name: `part:vendor:product`, as `CPEPackage.name` has it.
    static func name(ofProduct name: String) -> String {
        PackageName.withBytes(of: name) { name in withName(ofProduct: name) { String(decoding: $0, as: UTF8.self) } }
    }

    /// Lends the name in words of a product: in memory of the stack, because most products are in no advisory.
    @inline(__always)
    static func withName<Result>(
        ofProduct name: UnsafeRawBufferPointer, beginning: UInt8 = UInt8(ascii: "*"), _ body: (UnsafeRawBufferPointer) -> Result
    ) -> Result {
        withUnsafeTemporaryAllocation(byteCount: name.count + 1, alignment: 1) { buffer in
            var count = 0
            func append(_ byte: UInt8) {
                buffer[count] = byte
                count += 1
            }
            append(beginning)
            var (isEscaped, isBetween, isInName) = (false, false, false)
            for byte in name.drop(while: { $0 != UInt8(ascii: ":") }) {
                if byte == UInt8(ascii: ":"), !isEscaped {
                    append(byte)
                    (isBetween, isInName) = (false, false)
                } else if isWord(byte) {
                    if isBetween, isInName { append(UInt8(ascii: "_")) }
                    append(byte)
                    (isBetween, isInName) = (false, true)
                } else {
                    isBetween = true
                }
                isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
            }
            return body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        byte >= 0x80 || byte >= 0x30 && byte <= 0x39 || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A
    }
}

extension Component {
    /// A product that an inventory names by vendor and product in words, spelled as a CPE name would be; nil where one of the two names
    /// nothing.
    package init?(product: String, of vendor: String, version: String?) {
        if CVEWords.sayNothing(CVEWords.folded(vendor)) || CVEWords.sayNothing(CVEWords.folded(product)) { return nil }
        let prefix = vendor.lowercased() + " "
        let own = product.lowercased().hasPrefix(prefix) ? String(product.dropFirst(vendor.count + 1)) : product
        self.init(
            ecosystem: Ecosystem(name: CPEPackage.ecosystemName),
            name: "*:\(CPEPackage.spelled(vendor)):\(CPEPackage.spelled(own))", version: version.map(ProseRange.withoutLetter),
            displayName: product == own ? "\(vendor) \(product)" : product
        )
    }
}

extension CPEPackage {
    /// Words as a CPE name has them: in lowercase with `_` between, and a backslash before what it sets apart. What no CPE name could
    /// have, such as letters beyond ASCII, is folded.
    fileprivate static func spelled(_ words: String) -> String {
        let joined = words.lowercased().split { $0.isWhitespace }.joined(separator: "_")
        guard let value = try? CPEValue.literal(joined), let cpe = try? CPE([.product: value]) else {
            return CVEWords.folded(words)
        }
        return cpe.formatted(.product)
    }
}

extension Purl: CustomStringConvertible {
    /// The canonical spelling, as "How to build a PURL" prescribes; parsing it gives this purl again.
    public var description: String {
        var output: [UInt8] = []
        output.reserveCapacity(64)
        output.append(contentsOf: "pkg:".utf8)
        output.append(contentsOf: type.utf8)
        output.append(UInt8(ascii: "/"))
        if let namespace {
            PercentEncoding.append(namespace, to: &output, keepingSlashes: true)
            output.append(UInt8(ascii: "/"))
        }
        let hasSlash = name.utf8.contains(UInt8(ascii: "/"))
        PercentEncoding.append(name, to: &output, keepingSlashes: hasSlash && PurlTypeRule.rule(for: type).nameIsPath)
        if let version {
            output.append(UInt8(ascii: "@"))
            PercentEncoding.append(version, to: &output)
        }
        appendQualifiers(to: &output)
        if let subpath {
            output.append(UInt8(ascii: "#"))
            PercentEncoding.append(subpath, to: &output, keepingSlashes: true)
        }
        return String(decoding: output, as: UTF8.self)
    }

    private func appendQualifiers(to output: inout [UInt8]) {
        var mark = UInt8(ascii: "?")
        for qualifier in qualifiers {
            output.append(mark)
            output.append(contentsOf: qualifier.key.utf8)
            output.append(UInt8(ascii: "="))
            PercentEncoding.append(qualifier.value, to: &output)
            mark = UInt8(ascii: "&")
        }
    }
}

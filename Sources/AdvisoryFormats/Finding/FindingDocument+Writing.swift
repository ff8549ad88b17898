import JSONText
import PackageIdentity

extension FindingDocument {
    /// The finding as one line of JSON, without the line feed; fingerprints are sorted by name.
    ///
    /// - Throws: `FormatRefusal` when the model breaks the format, like an empty title; nothing is written then.
    public func bytes() throws(FormatRefusal) -> [UInt8] {
        var writer = JSONWriter()
        write(to: &writer)
        let bytes = writer.finish()
        _ = try FindingDocument(parsing: bytes)
        return bytes
    }

    private func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("title", title)
            writer.member("package", ifPresent: package?.description)
            writer.member("repository", ifPresent: repository)
            writer.member("commit", ifPresent: commit)
            writer.member("weakness", ifPresent: weakness?.description)
            if let location { writer.object("location") { location.write(to: &$0) } }
            writer.member("description", ifPresent: description)
            writer.member("patch", ifPresent: patch)
            writer.member("crash", ifPresent: crash)
            writer.array("renames", ifNotEmpty: renames) { writer, rename in
                writer.object { writer in
                    writer.member("from", rename.from)
                    writer.member("to", rename.to)
                }
            }
            writer.member("entry", ifPresent: entry)
            writer.member("sink", ifPresent: sink)
            writer.member("severity", ifPresent: severity?.rawValue)
            if !fingerprints.isEmpty {
                writer.object("fingerprints") { writer in
                    let names = fingerprints.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
                    for name in names { writer.member(name, ifPresent: fingerprints[name]) }
                }
            }
            if let provenance { writer.object("provenance") { provenance.write(to: &$0) } }
            writer.member("idempotencyKey", ifPresent: idempotencyKey)
            writer.member("discoveredAt", ifPresent: discoveredAt?.text)
            writer.extras(extra)
        }
    }
}

extension FindingLocation {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.member("file", file)
        writer.member("function", ifPresent: function)
        writer.member("startLine", ifPresent: startLine.map(Int64.init))
        writer.extras(extra)
    }
}

extension FindingProvenance {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.member("model", ifPresent: model)
        writer.member("version", ifPresent: version)
        writer.member("harness", ifPresent: harness)
        writer.member("harnessVersion", ifPresent: harnessVersion)
        writer.member("promptPolicyHash", ifPresent: promptPolicyHash)
        if let humanReviewed { writer.member("humanReviewed", humanReviewed) }
        writer.extras(extra)
    }
}

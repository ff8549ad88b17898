import JSONText

extension OSVRecord {
    /// The record as OSV JSON, checked against the schema by reading it back.
    ///
    /// - Throws: `FormatRefusal` when the model breaks the schema, like an unknown prefix or a range without an event.
    public func bytes(pretty: Bool = false) throws(FormatRefusal) -> [UInt8] {
        var writer = JSONWriter(pretty: pretty)
        write(to: &writer)
        let bytes = writer.finish()
        let violations = Self.violations(in: bytes, limits: JSONLimits(maximumBytes: .max))
        if !violations.isEmpty { throw FormatRefusal(format: OSVReader.formatName, violations: violations) }
        return bytes
    }

    private func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("schema_version", ifPresent: schemaVersion)
            writer.member("id", id)
            writer.member("modified", modified.text)
            writer.member("published", ifPresent: published?.text)
            writer.member("withdrawn", ifPresent: withdrawn?.text)
            writer.member("aliases", ifNotEmpty: aliases)
            writer.member("related", ifNotEmpty: related)
            writer.member("upstream", ifNotEmpty: upstream)
            writer.member("summary", ifPresent: summary)
            writer.member("details", ifPresent: details)
            writer.array("severity", ifNotEmpty: severity) { $1.write(to: &$0) }
            writer.array("affected", ifNotEmpty: affected) { $1.write(to: &$0) }
            writer.array("references", ifNotEmpty: references) { $1.write(to: &$0) }
            writer.array("credits", ifNotEmpty: credits) { $1.write(to: &$0) }
            writer.member("database_specific", databaseSpecific)
        }
    }
}

extension OSVSeverity {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("type", kind.rawValue)
            writer.member("score", score)
            writer.extras(extra)
        }
    }
}

extension OSVAffected {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { writer in
            if let package {
                writer.object("package") { writer in
                    writer.member("ecosystem", package.ecosystem)
                    writer.member("name", package.name)
                    writer.member("purl", ifPresent: package.purl)
                    writer.extras(package.extra)
                }
            }
            writer.array("severity", ifNotEmpty: severity) { $1.write(to: &$0) }
            writer.array("ranges", ifNotEmpty: ranges) { $1.write(to: &$0) }
            writer.member("versions", ifNotEmpty: versions)
            writer.member("ecosystem_specific", ecosystemSpecific)
            writer.member("database_specific", databaseSpecific)
            writer.extras(extra)
        }
    }
}

extension OSVRange {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("type", kind.rawValue)
            writer.member("repo", ifPresent: repository)
            writer.array("events", ifNotEmpty: events) { writer, event in
                writer.object { writer in
                    writer.member(event.kind.rawValue, event.version)
                    writer.extras(event.extra)
                }
            }
            writer.member("database_specific", databaseSpecific)
            writer.extras(extra)
        }
    }
}

extension OSVReference {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("type", kind.rawValue)
            writer.member("url", url)
            writer.extras(extra)
        }
    }
}

extension OSVCredit {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("name", name)
            writer.member("contact", ifNotEmpty: contact)
            writer.member("type", ifPresent: kind?.rawValue)
            writer.extras(extra)
        }
    }
}

import JSONText

extension AdvisoryNote {
    func writeCSAF(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("category", category.rawValue)
            writer.member("text", text)
            writer.member("title", ifPresent: title)
        }
    }
}

extension AdvisoryReference {
    func writeCSAF(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("category", category.rawValue)
            writer.member("summary", summary)
            writer.member("url", url)
        }
    }
}

extension AdvisoryAcknowledgment {
    func writeCSAF(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("names", ifNotEmpty: names)
            writer.member("organization", ifPresent: organization)
            writer.member("summary", ifPresent: summary)
            writer.member("urls", ifNotEmpty: urls)
        }
    }
}

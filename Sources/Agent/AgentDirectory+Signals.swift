import AdvisoryFormats
import Archive
import Matching

extension AgentDirectory {
    /// Keeps what files say of how vulnerabilities are exploited beside the verified advisories; editions replace older ones.
    /// - Returns: what was taken and left out, in lines.
    /// - Throws: `storage` where a file can't be read or the directory can't be written, `malformed` where a file is neither KEV nor EPSS,
    ///   or has nothing that can be read. Nothing of any file is kept then.
    package func keepSignals(_ files: [String]) throws -> [String] {
        let documents = try files.map(Self.signals)
        // Makes the index where there is none, and never one that names lines which it does not have.
        _ = try index.upToDate(with: advisoriesPath)
        let known = try index.signals()
        try index.add(signals: documents)
        return documents.flatMap { document in
            let newest = document.edition(in: known)
            let isOlder = newest.map { document.edition.isOlder(than: $0) } ?? false
            let summary = isOlder ? "\(document.summary): older than what is there, and not kept" : document.summary
            return [summary] + document.faults.map { "  left out \($0)" }
        }
    }

    private static func signals(_ file: String) throws -> SignalDocument {
        let bytes = try WholeFile.bytes(file)
        do {
            let text = try PackedDocument.unpacked(bytes, name: file)
            let format = AdvisoryFileFormat(of: text)
            if let format, let document = try SignalDocument(text, format: format) { return document }
            throw AgentError(.malformed, "\(file) is \(format.map { "\($0.rawValue), " } ?? "")neither KEV nor EPSS")
        } catch let error as AgentError {
            throw error
        } catch {
            throw AgentError(.malformed, "\(file): \(error)")
        }
    }
}

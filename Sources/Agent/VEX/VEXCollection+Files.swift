import AdvisoryFormats
import Archive
import Foundation

extension VEXCollection {
    /// Reads documents, compressed or not, and directories of them, at any depth: of a directory the files whose names end with
    /// `.json`, but for the ending of the compression.
    ///
    /// A directory may hold other things beside VEX, such as the feed of a CSAF provider: what is none, or makes no statement, is
    /// a source without statements there, with the reason.
    /// - Throws: `storage` where a file can't be read, `malformed` where one is damaged, or was named and is no VEX document, or
    ///   where nothing in a directory is, with every such file and place; nothing is kept then.
    package init(files paths: [String], products: [String] = []) throws {
        try self.init(products: products)
        var refusals: [String] = []
        for path in paths {
            let files = try Self.files(in: path)
            var hasDocument = false
            for file in files ?? [path] {
                switch try Self.read(file) {
                case .document(let document):
                    add(document, from: file)
                    hasDocument = true
                case .other(let reason) where files != nil: pass(file, reason)
                case .other(let reason), .damaged(let reason): refusals.append("\(file): \(reason)")
                }
            }
            if files != nil, !hasDocument { refusals.append("\(path): no file in this directory is a VEX document") }
        }
        if !refusals.isEmpty { throw AgentError(.malformed, refusals.joined(separator: "\n")) }
    }

    private enum Reading {
        case document(VEXDocument)
        /// Something else than a VEX document, and why.
        case other(String)
        case damaged(String)
    }

    private static func read(_ file: String) throws -> Reading {
        let bytes = try WholeFile.bytes(file)
        do {
            let document = try VEXDocument(parsing: PackedDocument.unpacked(bytes, name: file))
            // An SBOM that says nothing of vulnerabilities, named by mistake, must not look like VEX that was heeded.
            if document.statements.isEmpty { return .other("the \(document.format) document makes no VEX statement") }
            return .document(document)
        } catch let refusal as FormatRefusal where refusal.format == "VEX" && refusal.violations.map(\.code) == [.missingMember] {
            return .other("\(refusal)")
        } catch {
            return .damaged("\(error)")
        }
    }

    /// The files of a directory that may be documents, in order; nil where it is none.
    private static func files(in path: String) throws -> [String]? {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), isDirectory.boolValue else { return nil }
        let names = try FileManager.default.subpathsOfDirectory(atPath: path).sorted()
        return names.filter { PackedDocument.unpackedName($0).hasSuffix(".json") }.map { "\(path)/\($0)" }
    }
}

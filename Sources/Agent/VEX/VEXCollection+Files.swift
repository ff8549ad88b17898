import AdvisoryFormats
import Client
import Foundation

extension VEXCollection {
    /// Reads documents, compressed or not, and directories of them, at any depth: of a directory the files whose names end with
    /// `.json`, but for the ending of the compression.
    /// - Throws: `storage` where a file can't be read, `malformed` where one is no VEX document or makes no statement, with every
    ///   such file and place; nothing is kept then.
    package init(files paths: [String], products: [String] = []) throws {
        try self.init(products: products)
        var refusals: [String] = []
        for file in try paths.flatMap(Self.files) {
            do {
                add(try Self.document(file), from: file)
            } catch let error as AgentError {
                refusals.append(error.reason)
            }
        }
        if !refusals.isEmpty { throw AgentError(.malformed, refusals.joined(separator: "\n")) }
    }

    private static func document(_ file: String) throws -> VEXDocument {
        let bytes = try WholeFile.bytes(file)
        let document: VEXDocument
        do {
            document = try VEXDocument(parsing: PackedDocument.unpacked(bytes, name: file))
        } catch {
            throw AgentError(.malformed, "\(file): \(error)")
        }
        // An SBOM that says nothing of vulnerabilities, named by mistake, must not look like VEX that was heeded.
        if document.statements.isEmpty {
            throw AgentError(.malformed, "\(file): the \(document.format) document makes no VEX statement")
        }
        return document
    }

    private static func files(_ path: String) throws -> [String] {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), isDirectory.boolValue else {
            return [path]
        }
        let names = try FileManager.default.subpathsOfDirectory(atPath: path).sorted()
        let files = names.filter { PackedDocument.unpackedName($0).hasSuffix(".json") }.map { "\(path)/\($0)" }
        guard !files.isEmpty else { throw AgentError(.malformed, "\(path): there is no .json file in this directory") }
        return files
    }
}
